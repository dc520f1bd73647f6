# Puts a list in force for a trunk of the account that the provider is for.

terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

variable "trunk_name" {
  description = "The trunk's friendly name."
  type        = string
}

variable "list_sid" {
  description = "SID (AL…) of the list."
  type        = string
}

data "twilio_sip_trunking_trunk" "this" {
  friendly_name = var.trunk_name
}

resource "twilio_sip_trunking_ip_access_control_list" "this" {
  trunk_sid                  = data.twilio_sip_trunking_trunk.this.sid
  ip_access_control_list_sid = var.list_sid
}
