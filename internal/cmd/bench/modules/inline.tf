# So many lists with so many addresses in each, as one map a list.

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

variable "addresses" {
  type = number
}

variable "name" {
  type        = string
  default     = "Gateway"
  description = "Name of the first address of the first list, which is what a change of one entry changes."
}

resource "twilio_sip_ip_access_control_list" "list" {
  count         = var.lists
  friendly_name = "List ${count.index}"

  ip_addresses = {
    for i in range(var.addresses) :
    "198.18.${count.index}.${i}" => count.index == 0 && i == 0 ? var.name : "Gateway"
  }
}
