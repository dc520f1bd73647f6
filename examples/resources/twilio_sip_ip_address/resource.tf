resource "twilio_sip_ip_access_control_list" "partners" {
  friendly_name = "Partners"
}

# A single address.
resource "twilio_sip_ip_address" "branch" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.partners.sid
  friendly_name              = "Branch office"
  ip_address                 = "203.0.113.20"
}

# A block of 256 addresses, 198.51.100.0/24.
resource "twilio_sip_ip_address" "carrier" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.partners.sid
  friendly_name              = "Carrier"
  ip_address                 = "198.51.100.0"
  cidr_prefix_length         = 24
}
