terraform {
  required_providers {
    twilio = {
      source  = "twilio-sip/twilio"
      version = "~> 0.1"
    }
  }
}

variable "domain_name" {
  description = "Name of the SIP domain, such as example.sip.twilio.com."
  type        = string
}

variable "allowed" {
  description = "IPv4 addresses and CIDR blocks that can call, each with a name."
  type        = map(string)
}

variable "lists" {
  description = "Number of lists: at least one for every 50 entries that you expect to have."
  type        = number
  default     = 8

  validation {
    condition     = var.lists >= 1 && var.lists == floor(var.lists)
    error_message = "lists must be a whole number of at least 1."
  }
}

locals {
  # The hash of an entry chooses its list. cidr_aggregate makes 203.0.113.10 and 203.0.113.10/32 the same entry.
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
      error_message = "List ${each.key} would have ${length(each.value)} entries, but a list can have at most 100. Increase the variable lists."
    }
  }
}

data "twilio_sip_domain" "calls" {
  domain_name = var.domain_name
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "calls" {
  domain_sid                  = data.twilio_sip_domain.calls.sid
  ip_access_control_list_sids = [for list in twilio_sip_ip_access_control_list.allowed : list.sid]

  # When the number of lists changes, attach the new lists before the old ones are detached and deleted.
  lifecycle {
    create_before_destroy = true
  }
}
