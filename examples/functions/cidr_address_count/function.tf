variable "carriers" {
  description = "Map from IPv4 address or CIDR block to a name."
  type        = map(string)

  validation {
    condition     = provider::twilio::cidr_address_count(keys(var.carriers)) <= 64
    error_message = "Allow at most 64 addresses."
  }
}

# Returns 257, because 198.51.100.7 is in the block.
output "count" {
  value = provider::twilio::cidr_address_count(["198.51.100.0/24", "198.51.100.7", "203.0.113.10"])
}
