data "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
}

data "twilio_sip_ip_addresses" "gateways" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.gateways.sid
}

output "blocks" {
  description = "CIDR blocks of the list."
  value       = data.twilio_sip_ip_addresses.gateways.ip_addresses[*].cidr_block
}
