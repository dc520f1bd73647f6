# Attaches a list to an Elastic SIP trunk in the provider's account.

terraform {
  required_providers {
    twilio = {
      source  = "twilio-sip/twilio"
      version = "~> 0.1"
    }
  }
}

variable "trunk_name" {
  description = "Name of the Elastic SIP trunk."
  type        = string
}

variable "list_sid" {
  description = "SID of the list (AL…)."
  type        = string
}

data "twilio_sip_trunking_trunk" "this" {
  friendly_name = var.trunk_name
}

resource "twilio_sip_trunking_ip_access_control_list" "this" {
  trunk_sid                  = data.twilio_sip_trunking_trunk.this.sid
  ip_access_control_list_sid = var.list_sid
}
