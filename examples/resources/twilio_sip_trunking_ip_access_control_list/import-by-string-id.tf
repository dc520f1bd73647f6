import {
  to = twilio_sip_trunking_ip_access_control_list.carrier
  id = "TK0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef"
}
