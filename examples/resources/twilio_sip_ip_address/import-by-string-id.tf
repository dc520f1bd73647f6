import {
  to = twilio_sip_ip_address.branch
  id = "AL0123456789abcdef0123456789abcdef/IP0123456789abcdef0123456789abcdef"
}
