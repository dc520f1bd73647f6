# By domain name.
data "twilio_sip_domain" "calls" {
  domain_name = "example.sip.twilio.com"
}

# By SID, in a subaccount.
data "twilio_sip_domain" "subsidiary" {
  account_sid = "AC0123456789abcdef0123456789abcdef"
  sid         = "SD0123456789abcdef0123456789abcdef"
}

output "lists" {
  value = data.twilio_sip_domain.calls.ip_access_control_list_sids
}
