# terraform query -generate-config-out=associations.tf
list "twilio_sip_trunking_ip_access_control_list" "carrier" {
  provider         = twilio
  include_resource = true

  config {
    trunk_sid = "TK0123456789abcdef0123456789abcdef"
  }
}
