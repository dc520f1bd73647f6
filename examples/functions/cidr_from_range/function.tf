# The range becomes "198.51.100.1", "198.51.100.2/31", "198.51.100.4/31", and "198.51.100.6".
resource "twilio_sip_ip_access_control_list" "carrier" {
  friendly_name = "Carrier"
  ip_addresses = {
    for block in provider::twilio::cidr_from_range("198.51.100.1", "198.51.100.6") : block => "Carrier"
  }
}
