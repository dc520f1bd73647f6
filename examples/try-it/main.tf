# A small but complete module: one list of the addresses that may send calls,
# kept as a map in a variable. It is what `make demo` applies, and its tests
# (tests/allowlist.tftest.hcl) run against a local stand-in for Twilio.

terraform {
  required_version = ">= 1.8"

  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

# Credentials come from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
provider "twilio" {}

variable "friendly_name" {
  description = "What the list is called in the Twilio Console."
  type        = string
  default     = "Session border controllers"
}

variable "gateways" {
  description = "Who may send calls: address or CIDR block => what it is."
  type        = map(string)
  default = {
    "203.0.113.10"    = "London SBC"
    "198.51.100.0/28" = "Frankfurt SBCs"
  }
}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = var.friendly_name
  ip_addresses  = var.gateways
}

output "list_sid" {
  description = "The list's SID, which mappings and trunks refer to."
  value       = twilio_sip_ip_access_control_list.gateways.sid
}
