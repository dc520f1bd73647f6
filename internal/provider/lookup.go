// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"
	"iter"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
)

// only walks a collection for the one object that matches. That none or several match is a diagnostic on the argument
// that was looked up by; what describes it, for example: IP access control list with friendly_name "Office".
// An error of the walk itself is returned as it is.
func only[T any](walk iter.Seq2[T, error], matches func(T) bool, sid func(T) string, what string, argument path.Path) (T, diag.Diagnostics, error) {
	var (
		none  T
		found []T
		diags diag.Diagnostics
	)
	for object, err := range walk {
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

// each walks a collection that was fetched whole.
func each[T any](objects []T, err error) iter.Seq2[T, error] {
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
