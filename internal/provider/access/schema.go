// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// notes end the descriptions of both data sources. Their source is Twilio's documentation.
const notes = "\nSee [SIP IpAccessControlListMapping](https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollistmapping-resource) and " +
	"[SIP CredentialListMapping](https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource) for SIP domains, and " +
	"[IpAccessControlList](https://www.twilio.com/docs/sip-trunking/api/ipaccesscontrollist-resource) for Elastic SIP trunks, in Twilio's documentation." +
	`

A SIP domain accepts a call if it meets the requirements of the attached lists:

- IP access control lists only: the call comes from an address that one of them allows.
- Credential lists only: the caller has a user name and password from one of them. The call can come from any address.
- Both: the call must meet both requirements.
- Neither: the domain [rejects all calls](https://www.twilio.com/docs/voice/sip/api/sip-domain-resource).

` +
	"-> If the same configuration manages the lists, add their resources to `depends_on`. Otherwise Terraform reads the data source before it changes the lists. " +
	"See [Check who can call you](https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/check-who-may-call#warn-when-an-apply-breaks-a-rule)."

// modelAttributes returns the attributes of a model and additional ones.
func modelAttributes(further map[string]schema.Attribute) map[string]schema.Attribute {
	further["address_count"] = schema.Int64Attribute{
		MarkdownDescription: "Number of addresses in `cidr_blocks`.",
		Computed:            true,
	}
	further["auth_type"] = attribute.Computed("Authentication methods for calls, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. Empty if no list is attached.")
	further["cidr_blocks"] = stringList("Addresses that the attached IP access control lists allow, as the shortest sorted list of CIDR blocks. " +
		"Single addresses have no prefix length. Empty if only credential lists are attached, although calls can then come from any address.")
	further["credential_list_sids"] = stringList("SIDs of the attached credential lists (`CL…`), in API order.")
	further["ip_access_control_list_sids"] = stringList("SIDs of the attached IP access control lists (`AL…`), in API order.")
	return further
}

func stringList(description string) schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}
