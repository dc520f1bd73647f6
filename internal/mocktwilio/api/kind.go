// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

// Kind is a kind of object: a list, an address, and so on.
type Kind struct {
	name   string // as in Twilio's parameters and messages
	key    string // of the objects in the JSON of a page and in saved files
	prefix string // of SIDs
	parent *Kind  // whose objects these belong to; nil: to the account
	fields []field
	// most is how many objects a parent can have, and full the code if it has as many. 0 is no limit.
	most, full int
	// inUse is the code if an object cannot be deleted because it is attached.
	inUse int

	// attaches is set if objects of this kind only attach a list to their parent.
	// The SID is then the list's.
	attaches *Kind

	// below are the paths of what belongs to an object.
	below []string
}

// object is a JSON object.
type object = map[string]any

// attachment describes what attaches lists to domains or trunks.
func attachment(parent, list *Kind, key string) *Kind {
	return &Kind{
		name: list.name, key: key, prefix: list.prefix, parent: parent, attaches: list,
		fields: []field{{parameter: list.name + "Sid", json: "sid", parse: sidOf(list.prefix), need: toCreate}},
	}
}
