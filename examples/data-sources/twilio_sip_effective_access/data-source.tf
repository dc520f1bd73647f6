data "twilio_sip_domain" "calls" {
  domain_name = "example.sip.twilio.com"
}

data "twilio_sip_effective_access" "calls" {
  domain_sid = data.twilio_sip_domain.calls.sid
}

output "allowed" {
  value = data.twilio_sip_effective_access.calls.cidr_blocks
}

# Warn if more than 64 addresses can call.
check "calls" {
  assert {
    condition     = data.twilio_sip_effective_access.calls.address_count <= 64
    error_message = "${data.twilio_sip_effective_access.calls.address_count} addresses can call."
  }
}
