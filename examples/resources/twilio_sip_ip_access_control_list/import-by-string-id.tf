import {
  to = twilio_sip_ip_access_control_list.gateways
  id = "AL0123456789abcdef0123456789abcdef"
}
