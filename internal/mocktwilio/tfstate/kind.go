// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

// kind is a kind of object at Twilio.
type kind struct {
	noun   string // name in notes
	prefix string // prefix of SIDs
	// key is the name of the collection in a snapshot.
	key string
	// parent is the kind of the parent, or nil if it is the account.
	parent *kind
	// parentSID is the attribute with the SID of the parent.
	parentSID string
	// attaches is set if objects of this kind only attach a list to their parent. Their SID is the SID of the list.
	attaches *kind
	// sid is an attribute with the SID, in addition to sid and id.
	sid string
	// fields are copied from the attributes of the same name. Other attributes, such as passwords, are not copied.
	fields []string
}

var (
	lists = &kind{
		noun: "IP access control list", prefix: "AL", key: "ip_access_control_lists",
		fields: []string{"friendly_name"},
	}
	entries = &kind{
		noun: "entry", prefix: "IP", key: "ip_addresses", parent: lists, parentSID: "ip_access_control_list_sid",
		fields: []string{"friendly_name", "ip_address", "cidr_prefix_length"},
	}
	credentialLists = &kind{
		noun: "credential list", prefix: "CL", key: "credential_lists",
		fields: []string{"friendly_name"},
	}
	credentials = &kind{
		noun: "credential", prefix: "CR", key: "credentials", parent: credentialLists, parentSID: "credential_list_sid",
		fields: []string{"username"},
	}
	domains = &kind{
		noun: "SIP domain", prefix: "SD", key: "domains",
		fields: []string{
			"domain_name", "friendly_name", "secure", "sip_registration", "byoc_trunk_sid", "emergency_calling_enabled", "emergency_caller_sid",
			"voice_url", "voice_method", "voice_fallback_url", "voice_fallback_method", "voice_status_callback_url", "voice_status_callback_method",
		},
	}
	domainLists = &kind{
		noun: "mapping", prefix: "AL", key: "ip_access_control_list_mappings", parent: domains, parentSID: "domain_sid",
		attaches: lists, sid: "ip_access_control_list_sid",
	}
	domainCredentialLists = &kind{
		noun: "mapping", prefix: "CL", key: "credential_list_mappings", parent: domains, parentSID: "domain_sid",
		attaches: credentialLists, sid: "credential_list_sid",
	}
	domainRegistrations = &kind{
		noun: "mapping", prefix: "CL", key: "registration_credential_list_mappings", parent: domains, parentSID: "domain_sid",
		attaches: credentialLists, sid: "credential_list_sid",
	}
	trunks = &kind{
		noun: "Elastic SIP trunk", prefix: "TK", key: "trunks",
		fields: []string{
			"domain_name", "friendly_name", "secure", "cnam_lookup_enabled", "disaster_recovery_url", "disaster_recovery_method",
			"transfer_mode", "transfer_caller_id", "recording",
		},
	}
	trunkLists = &kind{
		noun: "association", prefix: "AL", key: "ip_access_control_lists", parent: trunks, parentSID: "trunk_sid",
		attaches: lists, sid: "ip_access_control_list_sid",
	}
	trunkCredentialLists = &kind{
		noun: "association", prefix: "CL", key: "credential_lists", parent: trunks, parentSID: "trunk_sid",
		attaches: credentialLists, sid: "credential_list_sid",
	}
	originationURLs = &kind{
		noun: "origination URL", prefix: "OU", key: "origination_urls", parent: trunks, parentSID: "trunk_sid",
		fields: []string{"friendly_name", "sip_url", "priority", "weight", "enabled"},
	}
)

// listsOf and credentialListsOf return the kinds that attach lists to a domain or trunk.
func listsOf(parent *kind) *kind {
	if parent == trunks {
		return trunkLists
	}
	return domainLists
}

func credentialListsOf(parent *kind) *kind {
	if parent == trunks {
		return trunkCredentialLists
	}
	return domainCredentialLists
}
