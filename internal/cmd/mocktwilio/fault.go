// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// parseFault parses METHOD PATH KIND[=VALUE] [OPTION…], as described by --help.
func parseFault(text string) (mocktwilio.Fault, error) {
	var fault mocktwilio.Fault
	words := strings.Fields(text)
	if len(words) < 3 {
		return fault, errors.New("must be METHOD PATH KIND, such as 'POST IpAddresses status=503'")
	}
	if words[0] != "*" {
		fault.Method = words[0]
	}
	if words[1] != "*" {
		fault.Path = words[1]
	}
	if err := setKind(&fault, words[2]); err != nil {
		return fault, err
	}
	for _, word := range words[3:] {
		if err := setOption(&fault, word); err != nil {
			return fault, err
		}
	}
	return fault, fault.Validate()
}

func setKind(fault *mocktwilio.Fault, word string) (err error) {
	kind, value, given := strings.Cut(word, "=")
	fault.Kind = mocktwilio.FaultKind(kind)
	switch fault.Kind {
	case mocktwilio.FaultStatus, mocktwilio.FaultHTML, mocktwilio.FaultEmpty:
		if given {
			fault.Status, err = number(word, value)
		} else if fault.Kind == mocktwilio.FaultStatus {
			err = errors.New("status needs a value, such as status=503")
		}
	case mocktwilio.FaultHang, mocktwilio.FaultDelay:
		if given {
			fault.Delay, err = duration(word, value)
		} else if fault.Kind == mocktwilio.FaultDelay {
			err = errors.New("delay needs a value, such as delay=2s")
		}
	case mocktwilio.FaultCloseBefore, mocktwilio.FaultCloseAfter, mocktwilio.FaultTruncate, mocktwilio.FaultCutJSON:
		if given {
			err = fmt.Errorf("%s: %s takes no value", word, kind)
		}
	}
	return err // Validate reports an unknown kind
}

func setOption(fault *mocktwilio.Fault, word string) (err error) {
	name, value, given := strings.Cut(word, "=")
	switch {
	case word == "after":
		fault.AfterWork = true
	case word == "x*":
		fault.Count = -1
	case name == "skip" && given:
		fault.Skip, err = number(word, value)
	case name == "code" && given:
		fault.Code, err = number(word, value)
	case name == "wait" && given:
		fault.Delay, err = duration(word, value)
	case name == "header" && given:
		header, content, ok := strings.Cut(value, ":")
		if !ok || header == "" {
			return fmt.Errorf("%s: must be header=NAME:VALUE", word)
		}
		if fault.Header == nil {
			fault.Header = make(http.Header)
		}
		fault.Header.Add(header, content)
	case strings.HasPrefix(word, "x") && !given:
		fault.Count, err = number(word, word[1:])
		if err == nil && fault.Count == 0 {
			err = fmt.Errorf("%s: must affect at least one request", word)
		}
	default:
		err = fmt.Errorf("%s: unknown option", word)
	}
	return err
}

func number(word, value string) (int, error) {
	n, err := strconv.ParseUint(value, 10, 31)
	if err != nil {
		return 0, fmt.Errorf("%s: must be a number; got %q", word, value)
	}
	return int(n), nil
}

func duration(word, value string) (time.Duration, error) {
	d, err := time.ParseDuration(value)
	if err != nil {
		return 0, fmt.Errorf("%s: must be a duration such as 200ms or 30s; got %q", word, value)
	}
	return d, nil
}
