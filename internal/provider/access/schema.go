// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access

import (
	"github.com/hashicorp/terraform-plugin-framework/datasource/schema"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
)

// authTypeNote is a part of the descriptions of both data sources. Its sources are the pages that it links to.
const authTypeNote = "\n\nWhat a call to a SIP domain needs depends on what is mapped to the domain: with " +
	"[IP access control lists](https://www.twilio.com/docs/voice/sip/api/sip-ipaccesscontrollistmapping-resource), an address that one of them allows; with " +
	"[credential lists](https://www.twilio.com/docs/voice/sip/api/sip-credentiallistmapping-resource), a user name and password from one of them. " +
	"With both, a call needs both. With credential lists alone, it may come from any address. " +
	"With [neither](https://www.twilio.com/docs/voice/sip/api/sip-domain-resource), no call gets through."

// orderNote says how to read what an apply leads to.
const orderNote = "\n\n-> In a configuration that manages these lists, name the resources in `depends_on`. Otherwise Terraform reads the data source " +
	"before it changes them. See [Check who may call](https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/check-who-may-call#warn-when-an-apply-breaks-a-rule)."

// modelAttributes are the attributes of a model, and further ones.
func modelAttributes(further map[string]schema.Attribute) map[string]schema.Attribute {
	further["address_count"] = schema.Int64Attribute{
		MarkdownDescription: "Number of addresses in `cidr_blocks`.",
		Computed:            true,
	}
	further["auth_type"] = attribute.Computed("How Twilio authenticates callers, separated by commas: `IP_ACL`, `CREDENTIAL_LIST`. Empty if no list is attached.")
	further["cidr_blocks"] = stringList("Addresses that the attached IP access control lists allow together, as the fewest CIDR blocks, sorted. " +
		"A single address has no prefix length. With credential lists alone, this is empty although callers with a password may have any address.")
	further["credential_list_sids"] = stringList("SIDs (`CL…`) of the attached credential lists, in the API's order.")
	further["ip_access_control_list_sids"] = stringList("SIDs (`AL…`) of the attached IP access control lists, in the API's order.")
	return further
}

func stringList(description string) schema.ListAttribute {
	return schema.ListAttribute{MarkdownDescription: description, ElementType: types.StringType, Computed: true}
}
