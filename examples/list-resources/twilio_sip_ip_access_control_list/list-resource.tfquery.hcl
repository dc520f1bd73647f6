# terraform query -generate-config-out=lists.tf
list "twilio_sip_ip_access_control_list" "branches" {
  provider         = twilio
  include_resource = true

  config {
    friendly_name_prefix = "Branch "

    # Writes each allowlist into the configuration; it takes one request more for each list.
    include_ip_addresses = true
  }
}
