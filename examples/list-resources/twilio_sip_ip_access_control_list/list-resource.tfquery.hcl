# terraform query -generate-config-out=lists.tf
list "twilio_sip_ip_access_control_list" "branches" {
  provider = twilio
  limit    = 1000

  config {
    friendly_name_prefix = "Branch "

    # Include the entries of each list in the generated configuration.
    include_ip_addresses = true
  }
}
