data "twilio_sip_trunking_ip_access_control_list" "carrier" {
  trunk_sid                  = "TK0123456789abcdef0123456789abcdef"
  ip_access_control_list_sid = "AL0123456789abcdef0123456789abcdef"
}
