// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// PrefixLimit is the provider's setting shortest_prefix_length. The zero PrefixLimit allows every prefix length.
type PrefixLimit struct {
	// Shortest is the shortest prefix length that an entry may have, or 0.
	Shortest int
	// Source is where the setting is set: "shortest_prefix_length in the provider block".
	Source string
}

// Check adds an error if the prefix length of an entry is too short. entry names the entry as the subject of a sentence. exists
// reports whether the resource exists, so that it can be destroyed.
func (l PrefixLimit) Check(entry string, prefixLength int, exists bool, at path.Path, diags *diag.Diagnostics) {
	if prefixLength >= l.Shortest {
		return
	}
	advice := ""
	if exists {
		advice = DestroyAdvice
	}
	diags.AddAttributeError(at, "Prefix length too short",
		fmt.Sprintf("%s has prefix length %d, but %s requires at least %d. Use narrower blocks that contain only the addresses your calls come from. "+
			"If this entry must be this wide, lower the setting.%s", entry, prefixLength, l.Source, l.Shortest, advice))
}
