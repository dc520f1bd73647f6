# Manages one IP access control list. Its entries are a variable.

terraform {
  required_version = ">= 1.8"

  required_providers {
    twilio = {
      source  = "twilio-sip/twilio"
      version = "~> 0.1"
    }
  }
}

# The provider reads credentials from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN.
provider "twilio" {}

variable "friendly_name" {
  description = "Friendly name of the list."
  type        = string
  default     = "Session border controllers"
}

variable "gateways" {
  description = "IPv4 addresses and CIDR blocks that can call, each with a name."
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
  description = "SID of the list."
  value       = twilio_sip_ip_access_control_list.gateways.sid
}
