# Attaches one IP access control list to an existing SIP domain and an existing Elastic SIP trunk.

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

variable "domain_name" {
  description = "Name of the SIP domain, such as example.sip.twilio.com."
  type        = string
}

variable "trunk_name" {
  description = "Name of the Elastic SIP trunk."
  type        = string
}

variable "gateways" {
  description = "IPv4 addresses and CIDR blocks that can call, each with a name."
  type        = map(string)
  default = {
    "203.0.113.10"    = "London SBC"
    "198.51.100.0/28" = "Frankfurt SBCs"
  }
}

data "twilio_sip_domain" "calls" {
  domain_name = var.domain_name
}

data "twilio_sip_trunking_trunk" "carrier" {
  friendly_name = var.trunk_name
}

resource "twilio_sip_ip_access_control_list" "gateways" {
  friendly_name = "Gateways"
  ip_addresses  = var.gateways
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "calls" {
  domain_sid                 = data.twilio_sip_domain.calls.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.gateways.sid
}

resource "twilio_sip_trunking_ip_access_control_list" "carrier" {
  trunk_sid                  = data.twilio_sip_trunking_trunk.carrier.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.gateways.sid
}

# Other lists that are attached to the domain. Their addresses can call too.
output "other_lists" {
  description = "SIDs of the other lists that are attached to the domain."
  value = setsubtract(
    data.twilio_sip_domain.calls.ip_access_control_list_sids,
    [twilio_sip_ip_access_control_list.gateways.sid],
  )
}
