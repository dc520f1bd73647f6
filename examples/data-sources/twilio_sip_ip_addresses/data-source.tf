data "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
}

data "twilio_sip_ip_addresses" "gateways" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.gateways.sid
}

output "blocks" {
  description = "What the list allows, as CIDR blocks."
  value       = data.twilio_sip_ip_addresses.gateways.ip_addresses[*].cidr_block
}
