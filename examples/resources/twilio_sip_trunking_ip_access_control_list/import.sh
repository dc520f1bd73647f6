# By the SIDs of the trunk and the list. The credentials decide the account.
terraform import twilio_sip_trunking_ip_access_control_list.carrier TK0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef

# By the path in Twilio's API.
terraform import twilio_sip_trunking_ip_access_control_list.carrier /Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef

# By the url in Twilio's responses, with or without the host.
terraform import twilio_sip_trunking_ip_access_control_list.carrier https://trunking.twilio.com/v1/Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef
terraform import twilio_sip_trunking_ip_access_control_list.carrier /v1/Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef
