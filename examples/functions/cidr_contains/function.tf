data "twilio_sip_ip_access_control_list" "carriers" {
  friendly_name = "Carriers"
}

# Warn if the list does not allow every address of the office.
check "office_can_call" {
  assert {
    condition     = provider::twilio::cidr_contains(keys(data.twilio_sip_ip_access_control_list.carriers.ip_addresses), "198.51.100.0/24")
    error_message = "The list does not allow every address of the office."
  }
}

# Returns true, because the two blocks together contain the /24.
output "together" {
  value = provider::twilio::cidr_contains(["198.51.100.0/25", "198.51.100.128/25"], "198.51.100.0/24")
}
