data "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
}

data "twilio_sip_ip_address" "carrier" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.gateways.sid
  cidr_block                 = "198.51.100.0/24"
}
