# By the SIDs of the list and the entry.
terraform import twilio_sip_ip_address.branch AL0123456789abcdef0123456789abcdef/IP0123456789abcdef0123456789abcdef

# In a subaccount, by the SIDs of the subaccount, the list, and the entry.
terraform import twilio_sip_ip_address.branch AC0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef/IP0123456789abcdef0123456789abcdef

# By the path of the entry, with or without SIP.
terraform import twilio_sip_ip_address.branch /Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef
terraform import twilio_sip_ip_address.branch /Accounts/AC0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef

# By the uri in Twilio's responses, with or without the host.
terraform import twilio_sip_ip_address.branch /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef.json
terraform import twilio_sip_ip_address.branch https://api.twilio.com/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef.json
