# Values of computed attributes for `mock_provider "twilio"` in `terraform test`, with Terraform 1.7 or later. The guide "Try it
# without an account" shows how to use them. Every instance of a type gets the same values, except for arguments that the
# configuration sets.
#
# Lists of objects, such as `entries`, are not set, because Terraform gives a mocked provider empty lists for them.

mock_resource "twilio_sip_ip_access_control_list" {
  defaults = {
    account_sid  = "AC0123456789abcdef0123456789abcdef"
    date_created = "2026-01-15T09:30:00Z"
    date_updated = "2026-01-15T09:30:00Z"
    id           = "AL0123456789abcdef0123456789abcdef"
    ip_addresses = null
    sid          = "AL0123456789abcdef0123456789abcdef"
    subresource_uris = {
      ip_addresses = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses.json"
    }
    uri = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef.json"
  }
}

mock_resource "twilio_sip_ip_address" {
  defaults = {
    account_sid        = "AC0123456789abcdef0123456789abcdef"
    cidr_block         = "192.0.2.7/32"
    cidr_prefix_length = 32
    date_created       = "2026-01-15T09:30:00Z"
    date_updated       = "2026-01-15T09:30:00Z"
    id                 = "IP0123456789abcdef0123456789abcdef"
    sid                = "IP0123456789abcdef0123456789abcdef"
    uri                = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef.json"
  }
}

mock_resource "twilio_sip_domain_ip_access_control_list_mapping" {
  defaults = {
    account_sid   = "AC0123456789abcdef0123456789abcdef"
    date_created  = "2026-01-15T09:30:00Z"
    date_updated  = "2026-01-15T09:30:00Z"
    friendly_name = "Office"
    id            = "SD0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef"
    sid           = "AL0123456789abcdef0123456789abcdef"
  }
}

mock_resource "twilio_sip_domain_ip_access_control_list_mappings_exclusive" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
    id          = "SD0123456789abcdef0123456789abcdef"
  }
}

mock_resource "twilio_sip_trunking_ip_access_control_list" {
  defaults = {
    account_sid   = "AC0123456789abcdef0123456789abcdef"
    date_created  = "2026-01-15T09:30:00Z"
    date_updated  = "2026-01-15T09:30:00Z"
    friendly_name = "Office"
    id            = "TK0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef"
    sid           = "AL0123456789abcdef0123456789abcdef"
    url           = "https://trunking.twilio.com/v1/Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef"
  }
}

mock_resource "twilio_sip_trunking_ip_access_control_lists_exclusive" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
    id          = "TK0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_ip_access_control_list" {
  defaults = {
    account_sid   = "AC0123456789abcdef0123456789abcdef"
    date_created  = "2026-01-15T09:30:00Z"
    date_updated  = "2026-01-15T09:30:00Z"
    friendly_name = "Office"
    id            = "AL0123456789abcdef0123456789abcdef"
    ip_addresses = {
      "192.0.2.7"       = "Router"
      "198.51.100.0/28" = "Session border controllers"
    }
    sid = "AL0123456789abcdef0123456789abcdef"
    subresource_uris = {
      ip_addresses = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses.json"
    }
    uri = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef.json"
  }
}

mock_data "twilio_sip_ip_access_control_lists" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_ip_address" {
  defaults = {
    account_sid        = "AC0123456789abcdef0123456789abcdef"
    cidr_block         = "192.0.2.7/32"
    cidr_prefix_length = 32
    date_created       = "2026-01-15T09:30:00Z"
    date_updated       = "2026-01-15T09:30:00Z"
    friendly_name      = "Router"
    id                 = "IP0123456789abcdef0123456789abcdef"
    ip_address         = "192.0.2.7"
    sid                = "IP0123456789abcdef0123456789abcdef"
    uri                = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/IpAccessControlLists/AL0123456789abcdef0123456789abcdef/IpAddresses/IP0123456789abcdef0123456789abcdef.json"
  }
}

mock_data "twilio_sip_ip_addresses" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_domain" {
  defaults = {
    account_sid                 = "AC0123456789abcdef0123456789abcdef"
    auth_type                   = "IP_ACL"
    date_created                = "2026-01-15T09:30:00Z"
    date_updated                = "2026-01-15T09:30:00Z"
    domain_name                 = "example.sip.twilio.com"
    friendly_name               = "Example"
    id                          = "SD0123456789abcdef0123456789abcdef"
    ip_access_control_list_sids = ["AL0123456789abcdef0123456789abcdef"]
    secure                      = false
    sid                         = "SD0123456789abcdef0123456789abcdef"
    uri                         = "/2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef/SIP/Domains/SD0123456789abcdef0123456789abcdef.json"
    voice_url                   = "https://example.com/voice"
  }
}

mock_data "twilio_sip_domain_ip_access_control_list_mapping" {
  defaults = {
    account_sid   = "AC0123456789abcdef0123456789abcdef"
    date_created  = "2026-01-15T09:30:00Z"
    date_updated  = "2026-01-15T09:30:00Z"
    friendly_name = "Office"
    id            = "SD0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef"
    sid           = "AL0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_domain_ip_access_control_list_mappings" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_trunking_trunk" {
  defaults = {
    account_sid                 = "AC0123456789abcdef0123456789abcdef"
    auth_type                   = "IP_ACL"
    date_created                = "2026-01-15T09:30:00Z"
    date_updated                = "2026-01-15T09:30:00Z"
    domain_name                 = "example.pstn.twilio.com"
    friendly_name               = "Carrier"
    id                          = "TK0123456789abcdef0123456789abcdef"
    ip_access_control_list_sids = ["AL0123456789abcdef0123456789abcdef"]
    secure                      = false
    sid                         = "TK0123456789abcdef0123456789abcdef"
    url                         = "https://trunking.twilio.com/v1/Trunks/TK0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_trunking_ip_access_control_list" {
  defaults = {
    account_sid   = "AC0123456789abcdef0123456789abcdef"
    date_created  = "2026-01-15T09:30:00Z"
    date_updated  = "2026-01-15T09:30:00Z"
    friendly_name = "Office"
    id            = "TK0123456789abcdef0123456789abcdef/AL0123456789abcdef0123456789abcdef"
    sid           = "AL0123456789abcdef0123456789abcdef"
    url           = "https://trunking.twilio.com/v1/Trunks/TK0123456789abcdef0123456789abcdef/IpAccessControlLists/AL0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_trunking_ip_access_control_lists" {
  defaults = {
    account_sid = "AC0123456789abcdef0123456789abcdef"
  }
}

mock_data "twilio_sip_effective_access" {
  defaults = {
    account_sid                 = "AC0123456789abcdef0123456789abcdef"
    address_count               = 17
    auth_type                   = "IP_ACL"
    cidr_blocks                 = ["192.0.2.7", "198.51.100.0/28"]
    credential_list_sids        = []
    ip_access_control_list_sids = ["AL0123456789abcdef0123456789abcdef"]
  }
}

mock_data "twilio_sip_access_report" {
  defaults = {
    account_sid                            = "AC0123456789abcdef0123456789abcdef"
    unattached_ip_access_control_list_sids = []
  }
}
