// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/path"
)

// ExactlyOne returns the only object that matches. If there is not exactly one, it returns an error that Operation.Diagnostic
// reports at the argument of the lookup, with the advice. noun is the kind of object, and criterion is what matches looks for:
// `with domain_name "a"`.
func ExactlyOne[T any](objects []T, matches func(T) bool, sid func(T) string, noun, criterion string, argument path.Path, advice string) (T, error) {
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
		return none, &matchError{argument, "No match found", Paragraphs(fmt.Sprintf("There is no %s %s.", noun, criterion), advice)}
	}
	sids := make([]string, len(found))
	for i, object := range found {
		sids[i] = "  " + sid(object)
	}
	return found[0], &matchError{argument, "Several matches found",
		Paragraphs(fmt.Sprintf("There are %d %s %s. Set sid to one of these instead:\n%s", len(found), plural(noun), criterion, strings.Join(sids, "\n")), advice)}
}

func plural(noun string) string {
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		return stem + "ies"
	}
	return noun + "s"
}

// matchError is the error if no object or several objects match.
type matchError struct {
	argument        path.Path
	summary, detail string
}

func (e *matchError) Error() string { return e.detail }
