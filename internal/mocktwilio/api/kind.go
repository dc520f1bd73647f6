// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

// Kind is a kind of object: a list, an address, and so on.
type Kind struct {
	name   string // name in Twilio's parameters and messages
	key    string // name of the objects in the JSON of a page and in saved files
	prefix string // prefix of SIDs
	parent *Kind  // kind of the objects that these belong to; nil if they belong to the account
	fields []field
	// most is the maximum number of objects of a parent, and full is the error code if there are more. 0 means no limit.
	most, full int
	// inUse is the error code if an object cannot be deleted because it is attached.
	inUse int

	// attaches is set if objects of this kind only attach a list to their parent. Their SID is the SID of the list.
	attaches *Kind

	// below are the paths of the collections that belong to an object.
	below []string
}

// object is a JSON object.
type object = map[string]any

// attachment returns a kind that attaches lists to domains or trunks.
func attachment(parent, list *Kind, key string) *Kind {
	return &Kind{
		name: list.name, key: key, prefix: list.prefix, parent: parent, attaches: list,
		fields: []field{{parameter: list.name + "Sid", json: "sid", parse: sidOf(list.prefix), need: toCreate}},
	}
}
