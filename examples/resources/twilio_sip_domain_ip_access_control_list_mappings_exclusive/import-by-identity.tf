import {
  to = twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls
  identity = {
    domain_sid = "SD0123456789abcdef0123456789abcdef"

    # Optional. Defaults to the provider's account.
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}
