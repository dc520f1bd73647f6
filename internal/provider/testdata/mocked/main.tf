# A module with every type. Each argument that can be a computed value of another type is one.

terraform {
  required_providers {
    twilio = {
      source = "twilio-sip/twilio"
    }
    calls = {
      source = "rjpearson94/twilio"
    }
  }
}

variable "lists" {
  type    = set(string)
  default = ["Carriers", "Offices"]
}

locals {
  account = data.twilio_sip_domain.by_name.account_sid
}

# A domain and a trunk of another provider.

resource "twilio_sip_domain" "other" {
  provider    = calls
  domain_name = "other.sip.twilio.com"
}

resource "twilio_sip_trunking_trunk" "other" {
  provider      = calls
  friendly_name = "Other"
}

# Lists and entries

resource "twilio_sip_ip_access_control_list" "all" {
  for_each      = var.lists
  account_sid   = local.account
  friendly_name = each.key
}

resource "twilio_sip_ip_access_control_list" "copy" {
  friendly_name = data.twilio_sip_ip_access_control_list.by_name.friendly_name
  ip_addresses  = data.twilio_sip_ip_access_control_list.by_name.ip_addresses
}

resource "twilio_sip_ip_access_control_list" "entry" {
  friendly_name = "Entry"
  ip_addresses  = { (twilio_sip_ip_address.copy.cidr_block) = twilio_sip_ip_address.copy.friendly_name }
}

resource "twilio_sip_ip_access_control_list" "aggregated" {
  friendly_name = "Aggregated"
  ip_addresses  = { for block in provider::twilio::cidr_aggregate(data.twilio_sip_effective_access.domain.cidr_blocks) : block => "Caller" }
}

resource "twilio_sip_ip_address" "office" {
  for_each                   = var.lists
  account_sid                = local.account
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.all[each.key].sid
  friendly_name              = "Office"
  ip_address                 = "192.0.2.7"
}

resource "twilio_sip_ip_address" "copy" {
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
  friendly_name              = data.twilio_sip_ip_address.by_block.friendly_name
  ip_address                 = data.twilio_sip_ip_address.by_block.ip_address

  timeouts {
    create = "3m"
  }
}

resource "twilio_sip_ip_address" "each" {
  for_each                   = { for entry in data.twilio_sip_ip_addresses.all.ip_addresses : entry.sid => entry }
  ip_access_control_list_sid = each.value.ip_access_control_list_sid
  friendly_name              = each.value.friendly_name
  ip_address                 = each.value.ip_address
  cidr_prefix_length         = each.value.cidr_prefix_length
}

# Mappings and associations

resource "twilio_sip_domain_ip_access_control_list_mapping" "all" {
  for_each                   = var.lists
  account_sid                = local.account
  domain_sid                 = data.twilio_sip_domain.by_name.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.all[each.key].sid
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "other" {
  domain_sid                 = twilio_sip_domain.other.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
}

resource "twilio_sip_trunking_ip_access_control_list" "all" {
  for_each                   = var.lists
  account_sid                = local.account
  trunk_sid                  = data.twilio_sip_trunking_trunk.by_name.sid
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.all[each.key].sid
}

resource "twilio_sip_trunking_ip_access_control_list" "other" {
  trunk_sid                  = twilio_sip_trunking_trunk.other.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
}

resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" "calls" {
  account_sid                 = local.account
  domain_sid                  = twilio_sip_domain.other.sid
  ip_access_control_list_sids = [for list in twilio_sip_ip_access_control_list.all : list.sid]
}

resource "twilio_sip_trunking_ip_access_control_lists_exclusive" "carrier" {
  account_sid                 = local.account
  trunk_sid                   = twilio_sip_trunking_trunk.other.sid
  ip_access_control_list_sids = concat(data.twilio_sip_trunking_trunk.by_name.ip_access_control_list_sids, [data.twilio_sip_ip_access_control_list.by_name.sid])
}

# Look-ups by name, and by the SIDs of resources and other look-ups

data "twilio_sip_domain" "by_name" {
  domain_name = "example.sip.twilio.com"
}

data "twilio_sip_domain" "by_sid" {
  account_sid = local.account
  sid         = data.twilio_sip_domain.by_name.sid
}

data "twilio_sip_trunking_trunk" "by_name" {
  friendly_name = "Carrier"
}

data "twilio_sip_trunking_trunk" "by_sid" {
  account_sid = data.twilio_sip_trunking_trunk.by_name.account_sid
  sid         = twilio_sip_trunking_trunk.other.sid
}

data "twilio_sip_ip_access_control_list" "by_name" {
  account_sid   = local.account
  friendly_name = data.twilio_sip_domain.by_name.friendly_name
}

data "twilio_sip_ip_access_control_list" "by_sid" {
  for_each = var.lists
  sid      = twilio_sip_ip_access_control_list.all[each.key].sid
}

data "twilio_sip_ip_access_control_lists" "all" {
  account_sid = local.account
}

data "twilio_sip_ip_address" "by_block" {
  account_sid                = local.account
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
  cidr_block                 = "192.0.2.7"
}

data "twilio_sip_ip_address" "by_computed_block" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.copy.sid
  cidr_block                 = twilio_sip_ip_address.copy.cidr_block
}

data "twilio_sip_ip_address" "by_sid" {
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.copy.sid
  sid                        = twilio_sip_ip_address.copy.sid
}

data "twilio_sip_ip_addresses" "all" {
  account_sid                = local.account
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
}

data "twilio_sip_domain_ip_access_control_list_mapping" "one" {
  account_sid                = local.account
  domain_sid                 = data.twilio_sip_domain.by_name.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
}

data "twilio_sip_domain_ip_access_control_list_mappings" "all" {
  account_sid = local.account
  domain_sid  = twilio_sip_domain_ip_access_control_list_mapping.other.domain_sid
}

data "twilio_sip_trunking_ip_access_control_list" "one" {
  account_sid                = local.account
  trunk_sid                  = data.twilio_sip_trunking_trunk.by_name.sid
  ip_access_control_list_sid = data.twilio_sip_ip_access_control_list.by_name.sid
}

data "twilio_sip_trunking_ip_access_control_lists" "all" {
  account_sid = local.account
  trunk_sid   = twilio_sip_trunking_ip_access_control_list.other.trunk_sid
}

data "twilio_sip_effective_access" "domain" {
  account_sid = local.account
  domain_sid  = data.twilio_sip_domain.by_name.sid
}

data "twilio_sip_effective_access" "trunk" {
  trunk_sid = twilio_sip_trunking_ip_access_control_lists_exclusive.carrier.trunk_sid
}

data "twilio_sip_access_report" "all" {
  account_sid = local.account
}

output "resources" {
  value = {
    lists     = concat(values(twilio_sip_ip_access_control_list.all), [twilio_sip_ip_access_control_list.copy, twilio_sip_ip_access_control_list.aggregated])
    addresses = concat(values(twilio_sip_ip_address.office), [twilio_sip_ip_address.copy], values(twilio_sip_ip_address.each))
    mappings = concat(values(twilio_sip_domain_ip_access_control_list_mapping.all), [
      twilio_sip_domain_ip_access_control_list_mapping.other, twilio_sip_domain_ip_access_control_list_mappings_exclusive.calls,
    ])
    associations = concat(values(twilio_sip_trunking_ip_access_control_list.all), [
      twilio_sip_trunking_ip_access_control_list.other, twilio_sip_trunking_ip_access_control_lists_exclusive.carrier,
    ])
  }
}

output "data_sources" {
  value = {
    allowed = provider::twilio::cidr_contains(data.twilio_sip_effective_access.domain.cidr_blocks, "198.51.100.7")
    names   = { for domain in data.twilio_sip_access_report.all.domains : domain.sid => domain.friendly_name }
    lists   = [for list in data.twilio_sip_ip_access_control_list.by_sid : list.friendly_name]
    dates   = [data.twilio_sip_domain.by_sid.date_created, data.twilio_sip_trunking_trunk.by_sid.date_updated]
    entries = [data.twilio_sip_ip_address.by_computed_block.cidr_block, data.twilio_sip_ip_address.by_sid.ip_address]
  }
}
