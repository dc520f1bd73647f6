// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// parser checks the value of a parameter and returns its value in JSON, where nil is null.
type parser func(parameter, text string) (any, *problem)

// problem is what is wrong with a value: Twilio's error code and a message.
type problem struct {
	code    int
	message string
}

func invalid(format string, arguments ...any) *problem {
	return &problem{codeInvalidParameter, fmt.Sprintf(format, arguments...)}
}

// name parses a name of up to limit characters.
func name(limit int) parser {
	return func(parameter, text string) (any, *problem) {
		if n := utf8.RuneCountInString(text); n < 1 || n > limit {
			return nil, &problem{codeInvalidName, fmt.Sprintf("%s must have 1 to %d characters; got %d", parameter, limit, n)}
		}
		return text, nil
	}
}

// domainName parses a name below sip.twilio.com or pstn.twilio.com. It accepts regional names such as example.sip.us1.twilio.com.
func domainName(product string) parser {
	pattern := regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9.-]*\.` + product + `(\.[a-z0-9-]+)?\.twilio\.com$`)
	return func(parameter, text string) (any, *problem) {
		if !pattern.MatchString(text) {
			return nil, invalid("%s %q must be a host name that ends with .%s.twilio.com", parameter, text, product)
		}
		return text, nil
	}
}

// orNull parses a value that can be cleared with an empty one.
func orNull(parse parser) parser {
	return func(parameter, text string) (any, *problem) {
		if text == "" {
			return nil, nil
		}
		return parse(parameter, text)
	}
}

// webURL parses a URL.
func webURL(parameter, text string) (any, *problem) {
	if u, err := url.Parse(text); err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return nil, invalid("%s must be an http or https URL", parameter)
	}
	return text, nil
}

// sipURL parses a SIP URI. Twilio does not support sips.
func sipURL(parameter, text string) (any, *problem) {
	if u, err := url.Parse(text); err != nil || u.Scheme != "sip" || u.Opaque == "" && u.Host == "" {
		return nil, invalid("%s must be a SIP address such as sip:example.com", parameter)
	}
	return text, nil
}

func oneOf(values ...string) parser {
	return func(parameter, text string) (any, *problem) {
		if !slices.Contains(values, text) {
			return nil, invalid("%s must be one of %s", parameter, strings.Join(values, ", "))
		}
		return text, nil
	}
}

func boolean(parameter, text string) (any, *problem) {
	switch strings.ToLower(text) {
	case "true":
		return true, nil
	case "false":
		return false, nil
	}
	return nil, invalid("%s must be true or false", parameter)
}

func sidOf(prefix string) parser {
	return func(parameter, text string) (any, *problem) {
		if !ValidSID(prefix, text) {
			return nil, invalid("%s must be %s followed by 32 hexadecimal digits", parameter, prefix)
		}
		return text, nil
	}
}

func number(least, most int) parser {
	return func(parameter, text string) (any, *problem) {
		n, err := strconv.Atoi(text)
		if err != nil || n < least || n > most {
			return nil, invalid("%s must be a number from %d to %d", parameter, least, most)
		}
		return n, nil
	}
}

// ipv4 parses four decimal numbers without leading zeros.
func ipv4(parameter, text string) (any, *problem) {
	if ip, err := netip.ParseAddr(text); err != nil || !ip.Is4() {
		return nil, invalid("%s %q is not an IPv4 address in dotted decimal notation", parameter, text)
	}
	return text, nil
}

const fullPrefix = 32

// prefixLength parses 0 to 32. Twilio silently stores 0 as 32.
func prefixLength(parameter, text string) (any, *problem) {
	n, wrong := number(0, fullPrefix)(parameter, text)
	if n == 0 {
		n = fullPrefix
	}
	return n, wrong
}

// password checks the rules for passwords that Twilio documents. The message does not contain the password.
func password(parameter, text string) (any, *problem) {
	if utf8.RuneCountInString(text) < 12 ||
		!strings.ContainsFunc(text, unicode.IsDigit) || !strings.ContainsFunc(text, unicode.IsUpper) || !strings.ContainsFunc(text, unicode.IsLower) {
		return nil, invalid("%s must have at least 12 characters, a digit, and upper-case and lower-case letters", parameter)
	}
	return nil, nil
}
