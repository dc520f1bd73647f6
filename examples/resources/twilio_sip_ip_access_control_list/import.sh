# By the SID of the list.
terraform import twilio_sip_ip_access_control_list.gateways AL0123456789abcdef0123456789abcdef

# In a subaccount, by the SIDs of the subaccount and the list.
terraform import twilio_sip_ip_access_control_list.gateways AC0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef

# By the path of the list.
terraform import twilio_sip_ip_access_control_list.gateways /Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef

# By the uri in Twilio's responses, with or without the host.
terraform import twilio_sip_ip_access_control_list.gateways /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef.json
terraform import twilio_sip_ip_access_control_list.gateways https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef.json
