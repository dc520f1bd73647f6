# A list with all of its entries. The next apply removes any other entries.
resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"

  ip_addresses = {
    "203.0.113.10"    = "London SBC"
    "203.0.113.11"    = "Frankfurt SBC"
    "198.51.100.0/24" = "Carrier"
  }
}

# A list whose entries are managed elsewhere, for example by twilio_sip_ip_address resources.
resource "twilio_sip_ip_access_control_list" "partners" {
  friendly_name = "Partners"
}
