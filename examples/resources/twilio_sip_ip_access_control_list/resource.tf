# The whole allowlist in one readable map. What else is in the list is removed at the next apply.
resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"

  ip_addresses = {
    "203.0.113.10"    = "London SBC"
    "203.0.113.11"    = "Frankfurt SBC"
    "198.51.100.0/24" = "Carrier"
  }
}

# Without ip_addresses the entries are somebody else's business, for example of twilio_sip_ip_address resources.
resource "twilio_sip_ip_access_control_list" "partners" {
  friendly_name = "Partners"
}
