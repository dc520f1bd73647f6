// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
)

// ExactlyOne gives the one object that matches. If none or several do, Operation.Diagnostic puts the error on the argument
// that was looked up by, with the advice. What describes the object: IP access control list with friendly_name "Office".
func ExactlyOne[T any](objects []T, matches func(T) bool, sid func(T) string, what string, argument path.Path, advice string) (T, error) {
	var found []T
	for _, object := range objects {
		if matches(object) {
			found = append(found, object)
		}
	}
	switch len(found) {
	case 1:
		return found[0], nil
	case 0:
		var none T
		return none, &matchError{argument, "No match", Paragraphs("There is no "+what+".", advice)}
	}
	sids := make([]string, len(found))
	for i, object := range found {
		sids[i] = "  " + sid(object)
	}
	return found[0], &matchError{argument, "Several matches",
		Paragraphs(fmt.Sprintf("There are %d of: %s. Look it up by its SID instead:\n%s", len(found), what, strings.Join(sids, "\n")), advice)}
}

// matchError says that not exactly one object matched.
type matchError struct {
	argument        path.Path
	summary, detail string
}

func (e *matchError) Error() string { return e.detail }
