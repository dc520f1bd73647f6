// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// ExactlyOne finds the one object of a collection that matches. If none or several match, it gives a diagnostic on the
// argument that was looked up by; what describes the object, for example: IP access control list with friendly_name
// "Office". An error of the collection itself is returned as it is.
func ExactlyOne[T any](objects iter.Seq2[T, error], matches func(T) bool, sid func(T) string, what string, argument path.Path) (T, diag.Diagnostics, error) {
	var (
		none  T
		found []T
		diags diag.Diagnostics
	)
	for object, err := range objects {
		if err != nil {
			return none, nil, err
		}
		if matches(object) {
			found = append(found, object)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil, nil
	case 0:
		diags.AddAttributeError(argument, "No match", "There is no "+what+".")
	default:
		sids := make([]string, len(found))
		for i, object := range found {
			sids[i] = "  " + sid(object)
		}
		diags.AddAttributeError(argument, "Several matches",
			fmt.Sprintf("There are %d of: %s. Look it up by its SID instead:\n%s", len(found), what, strings.Join(sids, "\n")))
	}
	return none, diags, nil
}

// Seq iterates over a collection that was fetched whole, or over the error of fetching it.
func Seq[T any](objects []T, err error) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		if err != nil {
			var none T
			yield(none, err)
			return
		}
		for _, object := range objects {
			if !yield(object, nil) {
				return
			}
		}
	}
}
