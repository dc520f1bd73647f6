data "twilio_sip_ip_access_control_list" "carriers" {
  friendly_name = "Carriers"

  # If the same configuration manages the entries of the list, name the resources
  # in depends_on. Otherwise this is read before they are changed.
}

# A plan warns if the list does not allow every address of the office.
check "office_may_call" {
  assert {
    condition     = provider::twilio::cidr_contains(keys(data.twilio_sip_ip_access_control_list.carriers.ip_addresses), "198.51.100.0/24")
    error_message = "The list does not allow every address of the office."
  }
}

# true: neither block contains the /24, but both together do.
output "together" {
  value = provider::twilio::cidr_contains(["198.51.100.0/25", "198.51.100.128/25"], "198.51.100.0/24")
}
