# Run with `mocktwilio -- terraform test`: every `apply` below is a real one,
# against a Twilio that lives in memory and is gone afterwards.

run "creates_the_list" {
  assert {
    condition     = startswith(output.list_sid, "AL")
    error_message = "The list has no SID."
  }

  assert {
    condition     = length(twilio_sip_ip_access_control_list.gateways.ip_addresses) == 2
    error_message = "The list does not hold the two entries of the variable's default."
  }
}

run "renames_in_place" {
  variables {
    friendly_name = "Carrier gateways"
  }

  assert {
    condition     = output.list_sid == run.creates_the_list.list_sid
    error_message = "A rename must keep the SID: calls are refused while a list is replaced."
  }
}

run "replaces_a_gateway" {
  variables {
    friendly_name = "Carrier gateways"
    gateways = {
      "203.0.113.10" = "London SBC"
      "203.0.113.11" = "London SBC, second"
    }
  }

  assert {
    condition     = output.list_sid == run.creates_the_list.list_sid
    error_message = "Changing the entries must keep the SID."
  }

  assert {
    condition     = !contains(keys(twilio_sip_ip_access_control_list.gateways.ip_addresses), "198.51.100.0/28")
    error_message = "Frankfurt may still send calls."
  }
}
