terraform {
  required_providers {
    twilio = {
      source  = "twilio-sip/twilio"
      version = "~> 0.1"
    }
  }
}

# Credentials come from the environment: TWILIO_ACCOUNT_SID and either
# TWILIO_AUTH_TOKEN or TWILIO_API_KEY and TWILIO_API_SECRET.
provider "twilio" {}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Session border controllers"

  ip_addresses = {
    "203.0.113.10"    = "London SBC"
    "198.51.100.0/28" = "Frankfurt SBCs"
  }
}
