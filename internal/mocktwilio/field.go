// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"net/http"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// field is a parameter of a create or an update.
type field struct {
	parameter string
	json      string // the name in the API's JSON
	parse     parser
	initial   any // the value of a new item for which the parameter is not given; nil is null
}

// parser checks the value of a parameter and returns what the JSON shows, nil
// for null.
type parser func(parameter, text string) (any, *answer)

// initial returns the values of a new item.
func initial(fields []field) map[string]any {
	values := make(map[string]any, len(fields))
	for _, f := range fields {
		values[f.json] = f.initial
	}
	return values
}

// setFields stores the parameters of a form in values. It refuses parameters that
// are missing, unknown, given twice or not in UTF-8.
func setFields(values map[string]any, form url.Values, fields []field, required []string) *answer {
	for _, name := range required {
		if form.Get(name) == "" {
			return invalidParameter("Missing required parameter %s in the post body", name)
		}
	}
	for name, given := range form {
		switch {
		case !slices.ContainsFunc(fields, func(f field) bool { return f.parameter == name }):
			return invalidParameter("Unknown parameter %s in the post body", name)
		case len(given) > 1:
			return invalidParameter("Parameter %s is given %d times", name, len(given))
		case !utf8.ValidString(given[0]):
			return invalidParameter("Parameter %s is not UTF-8", name)
		}
	}
	for _, f := range fields {
		if !form.Has(f.parameter) {
			continue
		}
		value, refusal := f.parse(f.parameter, form.Get(f.parameter))
		if refusal != nil {
			return refusal
		}
		values[f.json] = value
	}
	return nil
}

// friendlyName parses a name of at most limit characters.
func friendlyName(limit int) parser {
	return func(parameter, text string) (any, *answer) {
		if n := utf8.RuneCountInString(text); n < 1 || n > limit {
			return nil, refuse(http.StatusBadRequest, codeInvalidName,
				"%s must have 1 to %d characters, this one has %d", parameter, limit, n)
		}
		return text, nil
	}
}

// domainName parses a name below sip.twilio.com or pstn.twilio.com. It accepts
// localized names, such as example.sip.us1.twilio.com.
func domainName(product string) parser {
	pattern := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*\.` + product + `(\.[a-z0-9-]+)?\.twilio\.com$`)
	return func(parameter, text string) (any, *answer) {
		if !pattern.MatchString(text) {
			return nil, invalidParameter("%s %q must have letters, digits and - and end with %s.twilio.com", parameter, text, product)
		}
		return text, nil
	}
}

// webURL parses a URL; an empty one removes it.
func webURL(parameter, text string) (any, *answer) {
	if text == "" {
		return nil, nil
	}
	if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, invalidParameter("%s must be an http or https URL", parameter)
	}
	return text, nil
}

func oneOf(values ...string) parser {
	return func(parameter, text string) (any, *answer) {
		if !slices.Contains(values, text) {
			return nil, invalidParameter("%s must be one of %s", parameter, strings.Join(values, ", "))
		}
		return text, nil
	}
}

func boolean(parameter, text string) (any, *answer) {
	switch strings.ToLower(text) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return nil, invalidParameter("%s must be true or false", parameter)
}

// sidOf parses a SID; an empty one removes it.
func sidOf(prefix string) parser {
	return func(parameter, text string) (any, *answer) {
		if text == "" {
			return nil, nil
		}
		if !validSID(prefix, text) {
			return nil, invalidParameter("%s must be %s and 32 hexadecimal digits", parameter, prefix)
		}
		return text, nil
	}
}

// ipv4 parses four decimal numbers without leading zeros, and nothing else.
func ipv4(parameter, text string) (any, *answer) {
	if ip, err := netip.ParseAddr(text); err != nil || !ip.Is4() {
		return nil, invalidParameter("%s %q is not an IPv4 address in dotted decimal notation", parameter, text)
	}
	return text, nil
}

// prefixLength parses 0 to 32. Twilio stores 0 as 32 without an error.
func prefixLength(parameter, text string) (any, *answer) {
	n, err := strconv.ParseUint(text, 10, 8)
	if err != nil || n > fullPrefix {
		return nil, invalidParameter("%s must be a number from 0 to %d", parameter, fullPrefix)
	}
	if n == 0 {
		n = fullPrefix
	}
	return int(n), nil
}

// orNull returns nil, which JSON shows as null, for "".
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}
