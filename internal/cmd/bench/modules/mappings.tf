# Lists that are all attached to all domains. The domains already exist.

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

variable "domain_sids" {
  type = list(string)
}

resource "twilio_sip_ip_access_control_list" "list" {
  count         = var.lists
  friendly_name = "List ${count.index}"
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "mapping" {
  count                      = var.lists * length(var.domain_sids)
  domain_sid                 = var.domain_sids[floor(count.index / var.lists)]
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.list[count.index % var.lists].sid
}
