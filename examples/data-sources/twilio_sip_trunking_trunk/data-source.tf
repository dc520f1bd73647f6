data "twilio_sip_trunking_trunk" "carrier" {
  friendly_name = "Carrier"
}

# Trunks may share a friendly name; a domain name has one trunk.
data "twilio_sip_trunking_trunk" "office" {
  domain_name = "example.pstn.twilio.com"
}

output "lists_in_force" {
  value = data.twilio_sip_trunking_trunk.carrier.ip_access_control_list_sids
}
