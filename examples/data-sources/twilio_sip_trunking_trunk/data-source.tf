# By name.
data "twilio_sip_trunking_trunk" "carrier" {
  friendly_name = "Carrier"
}

# By domain name, which is unique.
data "twilio_sip_trunking_trunk" "office" {
  domain_name = "example.pstn.twilio.com"
}

output "lists" {
  value = data.twilio_sip_trunking_trunk.carrier.ip_access_control_list_sids
}
