data "twilio_sip_trunking_trunk" "carrier" {
  friendly_name = "Carrier"
}

data "twilio_sip_trunking_ip_access_control_lists" "carrier" {
  trunk_sid = data.twilio_sip_trunking_trunk.carrier.sid
}

output "lists_by_name" {
  value = {
    for association in data.twilio_sip_trunking_ip_access_control_lists.carrier.ip_access_control_lists :
    association.friendly_name => association.ip_access_control_list_sid...
  }
}
