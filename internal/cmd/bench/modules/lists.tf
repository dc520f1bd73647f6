# Empty lists.

terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

variable "lists" {
  type = number
}

resource "twilio_sip_ip_access_control_list" "list" {
  count         = var.lists
  friendly_name = "List ${count.index}"
}
