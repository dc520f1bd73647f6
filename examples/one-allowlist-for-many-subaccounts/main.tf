# Creates the same allowlist in many subaccounts, and attaches it to a SIP
# domain in each of them.

terraform {
  required_version = ">= 1.8"

  required_providers {
    twilio = {
      source  = "twilio-sip/twilio"
      version = "~> 0.1"
    }
  }
}

# The parent account, from TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN. Its auth
# token gives access to the lists and domains of every subaccount.
provider "twilio" {}

variable "subaccounts" {
  description = "Map from a name of your choice to a subaccount and its SIP domain."
  type = map(object({
    account_sid = string
    domain_name = string
  }))
}

variable "gateways" {
  description = "IPv4 addresses and CIDR blocks that can call, each with a name."
  type        = map(string)
  default = {
    "203.0.113.10"    = "London SBC"
    "198.51.100.0/28" = "Frankfurt SBCs"
  }
}

# A list belongs to one account, so each subaccount needs its own copy.
resource "twilio_sip_ip_access_control_list" "gateways" {
  for_each = var.subaccounts

  account_sid   = each.value.account_sid
  friendly_name = "Gateways"
  ip_addresses  = var.gateways
}

data "twilio_sip_domain" "calls" {
  for_each = var.subaccounts

  account_sid = each.value.account_sid
  domain_name = each.value.domain_name
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "calls" {
  for_each = var.subaccounts

  account_sid                = each.value.account_sid
  domain_sid                 = data.twilio_sip_domain.calls[each.key].sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.gateways[each.key].sid
}
