# By the SIDs of the trunk and the list. The credentials decide the account.
terraform import twilio_sip_trunking_ip_access_control_list.carrier TK0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef

# The spelling of Twilio's addresses is understood as well.
terraform import twilio_sip_trunking_ip_access_control_list.carrier /Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef
