// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"errors"
	"strings"
)

// fetched turns the answer to a read or an update of the object sid into our own type. An answer about another object
// is an error: a gateway may answer anything.
func fetched[W any, T any](w *W, err error, convert func(*W) T, sidOf func(T) string, sid string) (T, error) {
	var none T
	if err != nil {
		return none, failure(err)
	}
	object := convert(w)
	if !strings.EqualFold(sidOf(object), sid) {
		return none, misshapen("asked for " + sid + ", was given \"" + sidOf(object) + "\"")
	}
	return object, nil
}

// made turns the answer to a create into our own type. Without a SID nobody can tell what was made.
func made[W any, T any](w *W, err error, convert func(*W) T, sidOf func(T) string) (T, error) {
	var none T
	if err != nil {
		return none, failure(err)
	}
	object := convert(w)
	if sidOf(object) == "" {
		return none, misshapen("a created object without a SID")
	}
	return object, nil
}

// convert keeps a nil slice nil: it tells a page without its collection from an empty one.
func convert[W any, T any](wires []W, one func(*W) T) []T {
	if wires == nil {
		return nil
	}
	items := make([]T, len(wires))
	for i := range wires {
		items[i] = one(&wires[i])
	}
	return items
}

// unknownFate reports whether a create that ended in err may nevertheless have been carried out.
func unknownFate(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.unknownFate()
}
