# Lists with one resource for each address.

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
  description = "Number of the first list, for applies in parts."
}

variable "name" {
  type        = string
  default     = "Gateway"
  description = "Description of the first address of the first list. Changing it changes one entry."
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
