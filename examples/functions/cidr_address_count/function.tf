variable "carriers" {
  description = "IPv4 addresses and CIDR blocks => their names."
  type        = map(string)

  validation {
    condition     = provider::twilio::cidr_address_count(keys(var.carriers)) <= 64
    error_message = "Allow at most 64 addresses."
  }
}

# 257: the address 198.51.100.7 is in the block and counts once.
output "count" {
  value = provider::twilio::cidr_address_count(["198.51.100.0/24", "198.51.100.7", "203.0.113.10"])
}
