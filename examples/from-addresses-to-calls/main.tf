# One allowlist for a SIP domain and an Elastic SIP trunk that exist already.

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

variable "domain_name" {
  description = "The SIP domain, as calls are addressed to it."
  type        = string
}

variable "trunk_name" {
  description = "The Elastic SIP trunk's friendly name in the Twilio Console."
  type        = string
}

variable "gateways" {
  description = "Who may send calls: address or CIDR block => what it is."
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

# What else may send calls to the domain: lists that were mapped to it elsewhere.
output "other_lists" {
  description = "SIDs of further lists in force for the domain."
  value = setsubtract(
    data.twilio_sip_domain.calls.ip_access_control_list_sids,
    [twilio_sip_ip_access_control_list.gateways.sid],
  )
}
