locals {
  carriers = [
    "198.51.100.0/25",
    "198.51.100.128/25",
    "203.0.113.10",
    "203.0.113.11/32",
    "203.0.113.10/32",
  ]
}

# Returns ["198.51.100.0/24", "203.0.113.10/31"].
output "blocks" {
  value = provider::twilio::cidr_aggregate(local.carriers)
}
