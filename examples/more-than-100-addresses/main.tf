terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

variable "allowed" {
  description = "IPv4 addresses and CIDR blocks that may send calls, in any order and number."
  type        = list(string)
}

variable "lists" {
  description = "Over how many lists the addresses are spread. Leave room: with 4, up to about 300 blocks."
  type        = number
  default     = 4
}

locals {
  # The fewest blocks that allow exactly the same addresses, sorted.
  blocks = provider::twilio::cidr_aggregate(var.allowed)

  # The first number of an address decides on its list, so that a block stays where it is whatever comes or goes.
  groups = { for block in local.blocks : tonumber(split(".", block)[0]) % var.lists + 1 => block... }

  # A list holds 100 entries. A group that has more goes on in further lists: "3", "3-2", "3-3".
  lists = merge([
    for group, blocks in local.groups : {
      for i, chunk in chunklist(blocks, 100) : i == 0 ? group : "${group}-${i + 1}" => chunk
    }
  ]...)
}

resource "twilio_sip_ip_access_control_list" "allowed" {
  for_each = local.lists

  friendly_name = "Allowed ${each.key}"
  ip_addresses  = { for block in each.value : block => "Allowed ${each.key}" }
}

output "ip_access_control_list_sids" {
  description = "The lists to put in force: a domain or trunk with several lists accepts calls from the addresses of all of them."
  value       = { for key, list in twilio_sip_ip_access_control_list.allowed : key => list.sid }
}
