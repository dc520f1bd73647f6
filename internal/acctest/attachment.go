// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"fmt"
	"strings"
)

// Attachment is one of the two kinds of attachment, for tests that cover both.
type Attachment struct {
	// ParentAttribute is the argument with the SID of the domain or trunk.
	ResourceType, ParentAttribute string
	// ExclusiveType is the type of the resource that manages all attachments of a parent.
	ExclusiveType string
	// NewParent creates a domain or a trunk and returns its SID.
	NewParent func(m *Mock) string
	// Lists returns the SIDs of the attached lists. Attach and Detach change them outside of Terraform.
	Lists          func(m *Mock, parent string) []string
	Attach, Detach func(m *Mock, parent, list string)
	// Collection is the path of the collection, as in Mock.RequestLines.
	Collection string
	// ImportIDs returns the import ID of an attachment in every form.
	ImportIDs func(account, parent, list string) []string
	// ExclusiveImportIDs returns the import ID of the exclusive resource in every form.
	ExclusiveImportIDs func(account, parent string) []string
}

// Attachments has both kinds of attachment, as "domain" and "trunk".
var Attachments = map[string]Attachment{
	"domain": {
		ResourceType: "twilio_sip_domain_ip_access_control_list_mapping", ParentAttribute: "domain_sid",
		ExclusiveType: "twilio_sip_domain_ip_access_control_list_mappings_exclusive",
		NewParent:     func(m *Mock) string { return m.CreateDomain("", "example.sip.twilio.com", "Example").SID },
		Lists: func(m *Mock, parent string) []string {
			var sids []string
			for _, mapping := range m.Mappings("", parent) {
				sids = append(sids, mapping.ListSID)
			}
			return sids
		},
		Attach:     func(m *Mock, parent, list string) { m.MapList("", parent, list) },
		Detach:     func(m *Mock, parent, list string) { m.UnmapList("", parent, list) },
		Collection: "/Domains/SD/Auth/Calls/IpAccessControlListMappings",
		ImportIDs: func(account, parent, list string) []string {
			return []string{
				parent + "/" + list,
				account + "/" + parent + "/" + list,
				"/Accounts/" + account + "/Domains/" + parent + "/Auth/Calls/IpAccessControlListMappings/" + list,
				"/Accounts/" + account + "/SIP/Domains/" + parent + "/Auth/Calls/IpAccessControlListMappings/" + list,
			}
		},
		ExclusiveImportIDs: func(account, parent string) []string {
			return []string{parent, account + "/" + parent, "/Accounts/" + account + "/SIP/Domains/" + parent}
		},
	},
	"trunk": {
		ResourceType: "twilio_sip_trunking_ip_access_control_list", ParentAttribute: "trunk_sid",
		ExclusiveType: "twilio_sip_trunking_ip_access_control_lists_exclusive",
		NewParent:     func(m *Mock) string { return m.CreateTrunk("", "Example", "example.pstn.twilio.com").SID },
		Lists: func(m *Mock, parent string) []string {
			var sids []string
			for _, association := range m.Associations("", parent) {
				sids = append(sids, association.ListSID)
			}
			return sids
		},
		Attach:     func(m *Mock, parent, list string) { m.AssociateList("", parent, list) },
		Detach:     func(m *Mock, parent, list string) { m.DissociateList("", parent, list) },
		Collection: "/Trunks/TK/IpAccessControlLists",
		ImportIDs: func(_, parent, list string) []string {
			return []string{parent + "/" + list, "/Trunks/" + parent + "/IpAccessControlLists/" + list}
		},
		ExclusiveImportIDs: func(_, parent string) []string { return []string{parent, "/Trunks/" + parent} },
	},
}

// Block returns a resource block with literal SIDs and additional lines.
func (a Attachment) Block(name, parent, list string, more ...string) string {
	return fmt.Sprintf("resource %q %q {\n  %s = %q\n  ip_access_control_list_sid = %q\n%s\n}\n", a.ResourceType, name, a.ParentAttribute, parent, list, strings.Join(more, "\n"))
}

// ExclusiveBlock returns the block of an exclusive resource with literal SIDs.
func (a Attachment) ExclusiveBlock(name, parent string, lists ...string) string {
	quoted := make([]string, len(lists))
	for i, list := range lists {
		quoted[i] = fmt.Sprintf("%q", list)
	}
	return fmt.Sprintf("resource %q %q {\n  %s = %q\n  ip_access_control_list_sids = [%s]\n}\n", a.ExclusiveType, name, a.ParentAttribute, parent, strings.Join(quoted, ", "))
}
