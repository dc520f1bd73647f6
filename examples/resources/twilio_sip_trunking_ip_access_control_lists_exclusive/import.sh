# By the SID of the trunk.
terraform import twilio_sip_trunking_ip_access_control_lists_exclusive.carrier TK0123456789abcdef0123456789abcdef

# By the path of the trunk.
terraform import twilio_sip_trunking_ip_access_control_lists_exclusive.carrier /Trunks/TK0123456789abcdef0123456789abcdef

# By the url of the trunk in Twilio's responses, with or without the host.
terraform import twilio_sip_trunking_ip_access_control_lists_exclusive.carrier /v1/Trunks/TK0123456789abcdef0123456789abcdef
terraform import twilio_sip_trunking_ip_access_control_lists_exclusive.carrier https://trunking.twilio.com/v1/Trunks/TK0123456789abcdef0123456789abcdef
