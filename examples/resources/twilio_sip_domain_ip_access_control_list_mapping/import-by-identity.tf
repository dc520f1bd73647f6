import {
  to = twilio_sip_domain_ip_access_control_list_mapping.calls
  identity = {
    domain_sid                 = "SD0123456789abcdef0123456789abcdef"
    ip_access_control_list_sid = "AL0123456789abcdef0123456789abcdef"

    # Optional. Defaults to the provider's account.
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}
