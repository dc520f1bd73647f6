locals {
  branches = {
    north = "192.0.2.7"
    south = "192.0.2.8"
  }
  office = [
    { name = "London SBC", address = "203.0.113.10", length = 32 },
    { name = "Frankfurt SBCs", address = "198.51.100.0", length = 28 },
  ]
}

resource "twilio_sip_ip_access_control_list" "office" {
  friendly_name = "Office"

  timeouts {
    create = "30m"
    update = "5m"
  }
}

moved {
  from = twilio_api_accounts_sip_ip_access_control_lists.office
  to   = twilio_sip_ip_access_control_list.office
}

resource "twilio_sip_ip_access_control_list" "branch" {
  for_each      = local.branches
  friendly_name = "Branch ${each.key}"
}

moved {
  from = twilio_api_accounts_sip_ip_access_control_lists.branch
  to   = twilio_sip_ip_access_control_list.branch
}

resource "twilio_sip_ip_access_control_list" "subsidiary" {
  account_sid   = "AC00000000000000000000000000000002"
  friendly_name = "Subsidiary"
}

moved {
  from = twilio_api_accounts_sip_ip_access_control_lists.subsidiary
  to   = twilio_sip_ip_access_control_list.subsidiary
}

resource "twilio_sip_ip_address" "office" {
  count                      = length(local.office)
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
  friendly_name              = local.office[count.index].name
  ip_address                 = local.office[count.index].address
  cidr_prefix_length         = local.office[count.index].length

  timeouts {
    create = "30m"
    update = "5m"
  }
}

moved {
  from = twilio_api_accounts_sip_ip_access_control_lists_ip_addresses.office
  to   = twilio_sip_ip_address.office
}

resource "twilio_sip_ip_address" "branch" {
  for_each                   = local.branches
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.branch[each.key].sid
  friendly_name              = "Branch ${each.key}"
  ip_address                 = each.value
}

moved {
  from = twilio_api_accounts_sip_ip_access_control_lists_ip_addresses.branch
  to   = twilio_sip_ip_address.branch
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "office" {
  domain_sid                 = "SD00000000000000000000000000000001"
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
}

moved {
  from = twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings.office
  to   = twilio_sip_domain_ip_access_control_list_mapping.office
}

resource "twilio_sip_domain_ip_access_control_list_mapping" "branch" {
  for_each                   = local.branches
  domain_sid                 = "SD00000000000000000000000000000001"
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.branch[each.key].sid
}

moved {
  from = twilio_api_accounts_sip_domains_ip_access_control_list_mappings.branch
  to   = twilio_sip_domain_ip_access_control_list_mapping.branch
}

resource "twilio_sip_trunking_ip_access_control_list" "office" {
  count                      = 1
  trunk_sid                  = "TK00000000000000000000000000000001"
  ip_access_control_list_sid = twilio_sip_ip_access_control_list.office.sid
}

moved {
  from = twilio_trunking_trunks_ip_access_control_lists_v1.office
  to   = twilio_sip_trunking_ip_access_control_list.office
}
