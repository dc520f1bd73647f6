terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

# With TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (or TWILIO_API_KEY and
# TWILIO_API_SECRET) in the environment, nothing else is needed.
provider "twilio" {}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Session border controllers"

  ip_addresses = {
    "203.0.113.10"    = "London SBC"
    "198.51.100.0/28" = "Frankfurt SBCs"
  }
}
