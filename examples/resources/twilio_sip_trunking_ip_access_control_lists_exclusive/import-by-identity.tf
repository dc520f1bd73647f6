import {
  to = twilio_sip_trunking_ip_access_control_lists_exclusive.carrier
  identity = {
    trunk_sid = "TK0123456789abcdef0123456789abcdef"
  }
}
