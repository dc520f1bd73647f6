data "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
}

output "allowed" {
  description = "Entries of the list, with their names."
  value       = data.twilio_sip_ip_access_control_list.gateways.ip_addresses
}
