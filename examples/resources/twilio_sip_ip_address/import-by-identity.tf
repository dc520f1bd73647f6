import {
  to = twilio_sip_ip_address.branch
  identity = {
    ip_access_control_list_sid = "AL0123456789abcdef0123456789abcdef"
    sid                        = "IP0123456789abcdef0123456789abcdef"

    # Optional. Defaults to the provider's account.
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}
