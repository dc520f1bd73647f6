// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import "github.com/twilio-sip/terraform-provider-twilio/internal/twilio"

// Import IDs of the objects of each type.
var (
	AccessList = Forms{
		noun: "an IP access control list",
		ids: []form{
			"{AL}",
			"{AC}/{AL}",
			"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}",
		},
		identity: map[string]string{"account_sid": twilio.PrefixAccount, "sid": twilio.PrefixIPAccessControlList},
	}
	IPAddress = Forms{
		noun: "an IP address entry",
		ids: []form{
			"{AL}/{IP}",
			"{AC}/{AL}/{IP}",
			"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}/IpAddresses/{IP}",
			"/Accounts/{AC}/IpAccessControlLists/{AL}/IpAddresses/{IP}",
		},
		identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "sid": twilio.PrefixIPAddress,
		},
	}
	DomainMapping = Forms{
		noun: "a SIP domain mapping",
		ids: []form{
			"{SD}/{AL}",
			"{AC}/{SD}/{AL}",
			"/Accounts/{AC}/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
			"/Accounts/{AC}/SIP/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
			"/Accounts/{AC}/SIP/Domains/{SD}/IpAccessControlListMappings/{AL}",
		},
		identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "domain_sid": twilio.PrefixDomain, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList,
		},
	}
	// DomainMappings identifies all mappings of a domain by the domain.
	DomainMappings = Forms{
		noun:     "the set of lists of a SIP domain",
		ids:      []form{"{SD}", "{AC}/{SD}", "/Accounts/{AC}/SIP/Domains/{SD}"},
		identity: map[string]string{"account_sid": twilio.PrefixAccount, "domain_sid": twilio.PrefixDomain},
	}
	TrunkAssociation = Forms{
		noun: "an Elastic SIP trunk association",
		ids: []form{
			"{TK}/{AL}",
			"/Trunks/{TK}/IpAccessControlLists/{AL}",
		},
		identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "trunk_sid": twilio.PrefixTrunk,
		},
	}
	// TrunkAssociations identifies all associations of a trunk by the trunk.
	TrunkAssociations = Forms{
		noun:     "the set of lists of an Elastic SIP trunk",
		ids:      []form{"{TK}", "/Trunks/{TK}"},
		identity: map[string]string{"account_sid": twilio.PrefixAccount, "trunk_sid": twilio.PrefixTrunk},
	}
)
