data "twilio_sip_domain_ip_access_control_list_mapping" "calls" {
  domain_sid                 = "SD0123456789abcdef0123456789abcdef"
  ip_access_control_list_sid = "AL0123456789abcdef0123456789abcdef"
}
