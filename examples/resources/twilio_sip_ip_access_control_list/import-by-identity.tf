import {
  to = twilio_sip_ip_access_control_list.gateways
  identity = {
    sid = "AL0123456789abcdef0123456789abcdef"

    # Optional. Defaults to the provider's account.
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}
