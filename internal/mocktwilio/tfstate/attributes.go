// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"maps"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// attributes are the attributes of a resource, or of an object in one of its attributes.
type attributes map[string]any

// text returns an attribute, or "" if it is not a string.
func (a attributes) text(name string) string {
	text, _ := a[name].(string)
	return text
}

// texts returns the strings of a list or set.
func (a attributes) texts(name string) []string {
	var texts []string
	elements, _ := a[name].([]any)
	for _, element := range elements {
		if text, ok := element.(string); ok {
			texts = append(texts, text)
		}
	}
	return texts
}

// objects returns the objects of a list or set.
func (a attributes) objects(name string) []attributes {
	var objects []attributes
	elements, _ := a[name].([]any)
	for _, element := range elements {
		if object, ok := element.(map[string]any); ok {
			objects = append(objects, object)
		}
	}
	return objects
}

// sid returns the first of several attributes, or of the parts of an ID, that is a SID.
func (a attributes) sid(prefix string, names ...string) string {
	for _, name := range names {
		for part := range strings.SplitSeq(a.text(name), "/") {
			if validSID(prefix, part) {
				return part
			}
		}
	}
	return ""
}

// account returns the account of an object, or "" if it is unknown.
func (a attributes) account() string { return a.sid("AC", "account_sid", "path_account_sid", "uri") }

// flat returns the attributes with Twilio's names. RJPearson94/twilio has some of them in blocks.
func (a attributes) flat() attributes {
	flat := maps.Clone(a)
	for block, prefix := range map[string]string{"voice": "voice_", "emergency": "emergency_"} {
		for _, nested := range a.objects(block) {
			for name, value := range nested {
				flat[prefix+name] = value
			}
		}
	}
	for _, recording := range a.objects("recording") {
		flat["recording"] = map[string]any{"mode": recording.text("mode"), "trim": recording.text("trim")}
	}
	if length, ok := a["cidr_length_prefix"]; ok {
		flat["cidr_prefix_length"] = length
	}
	return flat
}

// fields returns the fields of an object of a kind that are stored in a snapshot.
func (a attributes) fields(k *kind) snapshot.Object {
	flat, fields := a.flat(), snapshot.Object{}
	for _, name := range k.fields {
		// The other providers store "" for null.
		if value := flat[name]; value != nil && value != "" {
			fields[name] = value
		}
	}
	for _, name := range []string{"date_created", "date_updated"} {
		if date, err := time.Parse(time.RFC3339, a.text(name)); err == nil {
			fields[name] = date.UTC().Format(time.RFC3339)
		}
	}
	return fields
}

func validSID(prefix, sid string) bool {
	return len(sid) == 34 && strings.HasPrefix(sid, prefix) && strings.Trim(sid[2:], "0123456789abcdefABCDEF") == ""
}
