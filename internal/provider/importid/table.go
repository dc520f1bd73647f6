// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import "github.com/twilio-sip/terraform-provider-twilio/internal/twilio"

// How the objects of each type are named for import.
var (
	AccessList = Forms{
		Noun: "an IP access control list",
		Strings: []Form{
			"{AL}",
			"{AC}/{AL}",
			"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}",
		},
		Identity: map[string]string{"account_sid": twilio.PrefixAccount, "sid": twilio.PrefixIPAccessControlList},
	}
	IPAddress = Forms{
		Noun: "an IP address",
		Strings: []Form{
			"{AL}/{IP}",
			"{AC}/{AL}/{IP}",
			"/Accounts/{AC}/SIP/IpAccessControlLists/{AL}/IpAddresses/{IP}",
			"/Accounts/{AC}/IpAccessControlLists/{AL}/IpAddresses/{IP}",
		},
		Identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "sid": twilio.PrefixIPAddress,
		},
	}
	DomainMapping = Forms{
		Noun: "a SIP domain mapping",
		Strings: []Form{
			"{SD}/{AL}",
			"{AC}/{SD}/{AL}",
			"/Accounts/{AC}/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
			"/Accounts/{AC}/SIP/Domains/{SD}/Auth/Calls/IpAccessControlListMappings/{AL}",
		},
		Identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "domain_sid": twilio.PrefixDomain, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList,
		},
	}
	TrunkAssociation = Forms{
		Noun: "a SIP trunk association",
		Strings: []Form{
			"{TK}/{AL}",
			"/Trunks/{TK}/IpAccessControlLists/{AL}",
		},
		Identity: map[string]string{
			"account_sid": twilio.PrefixAccount, "ip_access_control_list_sid": twilio.PrefixIPAccessControlList, "trunk_sid": twilio.PrefixTrunk,
		},
	}
)
