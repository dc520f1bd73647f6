# Lists with addresses in maps.

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

  ip_addresses = {
    for i in range(var.addresses) :
    "198.18.${(var.first + count.index) % 256}.${i}" => count.index == 0 && i == 0 ? var.name : "Gateway"
  }
}
