import {
  to = twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls
  id = "SD0123456789abcdef0123456789abcdef"
}
