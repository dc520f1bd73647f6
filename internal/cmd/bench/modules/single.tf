# So many lists with so many addresses in each, as one resource an address.

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

variable "first" {
  type        = number
  default     = 0
  description = "Number of the first list: the state is made in parts."
}

variable "name" {
  type        = string
  default     = "Gateway"
  description = "Name of the first address of the first list, which is what a change of one entry changes."
}

resource "twilio_sip_ip_access_control_list" "list" {
  count         = var.lists
  friendly_name = "List ${var.first + count.index}"
}

resource "twilio_sip_ip_address" "address" {
  count                      = var.lists * var.addresses
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.list[floor(count.index / var.addresses)].sid
  friendly_name              = count.index == 0 ? var.name : "Gateway"
  ip_address                 = "198.18.${var.first + floor(count.index / var.addresses)}.${count.index % var.addresses}"
}
