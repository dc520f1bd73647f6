data "twilio_sip_domain" "calls" {
  domain_name = "example.sip.twilio.com"
}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"

  ip_addresses = {
    "203.0.113.10" = "London SBC"
  }
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "calls" {
  domain_sid                  = data.twilio_sip_domain.calls.sid
  ip_access_control_list_sids = [twilio_sip_ip_access_control_list.gateways.sid]

  # When you remove a list, detach it before Terraform deletes it.
  lifecycle {
    create_before_destroy = true
  }
}
