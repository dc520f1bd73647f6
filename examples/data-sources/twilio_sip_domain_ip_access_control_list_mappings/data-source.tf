data "twilio_sip_domain" "calls" {
  domain_name = "example.sip.twilio.com"
}

data "twilio_sip_domain_ip_access_control_list_mappings" "calls" {
  domain_sid = data.twilio_sip_domain.calls.sid
}

output "lists_by_name" {
  value = {
    for mapping in data.twilio_sip_domain_ip_access_control_list_mappings.calls.ip_access_control_list_mappings :
    mapping.friendly_name => mapping.ip_access_control_list_sid...
  }
}
