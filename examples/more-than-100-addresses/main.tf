terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
  }
}

variable "domain_name" {
  description = "SIP domain that the addresses may call, such as example.sip.twilio.com."
  type        = string
}

variable "allowed" {
  description = "IPv4 addresses and CIDR blocks that may send calls, and a name for each."
  type        = map(string)
}

variable "lists" {
  description = "Number of lists: at least one for each 50 entries that you expect to have."
  type        = number
  default     = 8

  validation {
    condition     = var.lists >= 1 && var.lists == floor(var.lists)
    error_message = "lists must be a whole number, 1 or more."
  }
}

locals {
  # A hash of the entry alone chooses its list. cidr_aggregate gives all spellings of an entry the same hash.
  chosen = {
    for entry in keys(var.allowed) : entry =>
    parseint(substr(md5(provider::twilio::cidr_aggregate([entry])[0]), 0, 8), 16) % var.lists + 1
  }

  lists = {
    for number in range(1, var.lists + 1) : "${number} of ${var.lists}" => {
      for entry, name in var.allowed : entry => name if local.chosen[entry] == number
    }
  }
}

resource "twilio_sip_ip_access_control_list" "allowed" {
  for_each = local.lists

  friendly_name = "Allowed ${each.key}"
  ip_addresses  = each.value

  lifecycle {
    precondition {
      condition     = length(each.value) <= 100
      error_message = "List ${each.key} would have ${length(each.value)} entries, and a list holds at most 100. Raise the variable lists."
    }
  }
}

data "twilio_sip_domain" "calls" {
  domain_name = var.domain_name
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "calls" {
  domain_sid                  = data.twilio_sip_domain.calls.sid
  ip_access_control_list_sids = [for list in twilio_sip_ip_access_control_list.allowed : list.sid]

  # When the number of lists changes, attach all new lists before the old ones are detached and deleted.
  lifecycle {
    create_before_destroy = true
  }
}
