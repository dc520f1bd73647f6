# terraform query -generate-config-out=mappings.tf
list "twilio_sip_domain_ip_access_control_list_mapping" "calls" {
  provider         = twilio
  include_resource = true

  config {
    domain_sid = "SD0123456789abcdef0123456789abcdef"
  }
}
