data "twilio_sip_trunking_trunk" "carrier" {
  friendly_name = "Carrier"
}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"

  ip_addresses = {
    "203.0.113.10" = "London SBC"
  }
}

resource "twilio_sip_trunking_ip_access_control_lists_exclusive" "carrier" {
  trunk_sid                   = data.twilio_sip_trunking_trunk.carrier.sid
  ip_access_control_list_sids = [twilio_sip_ip_access_control_list.gateways.sid]

  # When you remove a list, detach it before Terraform deletes it.
  lifecycle {
    create_before_destroy = true
  }
}
