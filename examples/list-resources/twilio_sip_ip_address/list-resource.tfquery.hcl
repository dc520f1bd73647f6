# terraform query -generate-config-out=addresses.tf
list "twilio_sip_ip_address" "partners" {
  provider         = twilio
  include_resource = true

  config {
    ip_access_control_list_sid = "AL0123456789abcdef0123456789abcdef"
  }
}
