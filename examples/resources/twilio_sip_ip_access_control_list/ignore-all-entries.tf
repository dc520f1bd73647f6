resource "twilio_sip_ip_access_control_list" "partners" {
  friendly_name = "Partners"

  ip_addresses = {
    "203.0.113.10" = "London SBC"
  }

  lifecycle {
    ignore_changes = [ip_addresses]
  }
}
