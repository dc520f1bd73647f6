# By the SID of the domain.
terraform import twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls SD0123456789abcdef0123456789abcdef

# In a subaccount, by the SIDs of the subaccount and the domain.
terraform import twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls AC0123456789abcdef0123456789abcdef/SD0123456789abcdef0123456789abcdef

# By the path of the domain.
terraform import twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls /Accounts/AC0123456789abcdef0123456789abcdef/SIP/Domains/SD0123456789abcdef0123456789abcdef

# By the uri of the domain in Twilio's responses, with or without the host.
terraform import twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/Domains/SD0123456789abcdef0123456789abcdef.json
terraform import twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/Domains/SD0123456789abcdef0123456789abcdef.json
