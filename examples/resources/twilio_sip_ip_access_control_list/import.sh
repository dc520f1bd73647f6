# By the list's SID, in the provider's account.
terraform import twilio_sip_ip_access_control_list.gateways AL0123456789abcdef0123456789abcdef

# In a subaccount, with the subaccount's SID before it.
terraform import twilio_sip_ip_access_control_list.gateways AC0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef

# The path in Twilio's addresses is understood as well.
terraform import twilio_sip_ip_access_control_list.gateways /Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef
