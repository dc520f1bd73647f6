// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// field is a field of a kind of object, and the parameter that sets it.
type field struct {
	parameter string // "" if clients cannot set it here
	json      string // name in the API's JSON; "" if the value is checked but not stored, like a password
	parse     parser
	initial   any // value in a new object if none is given; nil means null
	need      need
	nested    []field // if set, the value is an object with these fields, and parse is nil
}

// need is whether a parameter is required and must not be empty.
type need int

const (
	optional need = iota
	toCreate
	toCreateOnly // updates do not accept the parameter
	always
)

// initialValues returns the values of a new object.
func initialValues(fields []field) map[string]any {
	values := make(map[string]any, len(fields))
	for _, f := range fields {
		switch {
		case f.nested != nil:
			values[f.json] = initialValues(f.nested)
		case f.json != "":
			values[f.json] = f.initial
		}
	}
	return values
}

// setFields stores the parameters of a form in values. It rejects parameters that are missing, unknown, given twice, or not valid
// UTF-8.
func setFields(values map[string]any, form url.Values, fields []field, creating bool) *Answer {
	for _, f := range fields {
		if required := f.need == always || f.need != optional && creating; required && form.Get(f.parameter) == "" {
			return refuse(codeInvalidParameter, "Missing required parameter %s in the post body", f.parameter)
		}
	}
	for name, given := range form {
		known := name != "" && slices.ContainsFunc(fields, func(f field) bool {
			return f.parameter == name && (creating || f.need != toCreateOnly)
		})
		switch {
		case !known:
			return refuse(codeInvalidParameter, "Unknown parameter %s in the post body", name)
		case len(given) > 1:
			return refuse(codeInvalidParameter, "Parameter %s is given %d times", name, len(given))
		case !utf8.ValidString(given[0]):
			return refuse(codeInvalidParameter, "Parameter %s is not UTF-8", name)
		}
	}
	for _, f := range fields {
		if !form.Has(f.parameter) {
			continue
		}
		value, wrong := f.parse(f.parameter, form.Get(f.parameter))
		if wrong != nil {
			return refuse(wrong.code, "%s", wrong.message)
		}
		if f.json != "" {
			values[f.json] = value
		}
	}
	return nil
}

// passwords are the parameters whose values are not stored.
var passwords = func() (names []string) {
	for _, k := range kinds {
		for _, f := range k.fields {
			if f.json == "" {
				names = append(names, f.parameter)
			}
		}
	}
	return names
}()

// withoutPasswords returns the parameters for the log. It compares names loosely, because a password that is sent with a
// misspelled name is also a password.
func withoutPasswords(values url.Values) url.Values {
	values = maps.Clone(values)
	for name := range values {
		if slices.ContainsFunc(passwords, func(password string) bool {
			return strings.Contains(strings.ToLower(name), strings.ToLower(password))
		}) {
			values.Set(name, "REDACTED")
		}
	}
	return values
}
