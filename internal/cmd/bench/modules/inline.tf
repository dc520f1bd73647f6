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

  ip_addresses = {
    for i in range(var.addresses) :
    "198.18.${(var.first + count.index) % 256}.${i}" => count.index == 0 && i == 0 ? var.name : "Gateway"
  }
}
