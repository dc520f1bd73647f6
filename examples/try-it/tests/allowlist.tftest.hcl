# Run these tests against a mock of Twilio: mocktwilio -- terraform test

run "creates_the_list" {
  assert {
    condition     = startswith(output.list_sid, "AL")
    error_message = "The list has no SID."
  }

  assert {
    condition     = length(twilio_sip_ip_access_control_list.gateways.ip_addresses) == 2
    error_message = "The list does not have the two default entries."
  }
}

run "renames_the_list" {
  variables {
    friendly_name = "Carrier gateways"
  }

  assert {
    condition     = twilio_sip_ip_access_control_list.gateways.friendly_name == "Carrier gateways"
    error_message = "The list still has its old name."
  }
}

run "replaces_a_gateway" {
  variables {
    gateways = {
      "203.0.113.10" = "London SBC"
      "203.0.113.11" = "London SBC, second"
    }
  }

  assert {
    condition     = !contains(keys(twilio_sip_ip_access_control_list.gateways.ip_addresses), "198.51.100.0/28")
    error_message = "198.51.100.0/28 is still in the list."
  }
}
