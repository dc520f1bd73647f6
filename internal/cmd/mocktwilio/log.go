// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strconv"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/control"
)

// logFormat is the value of -log: how requests are printed. "" means that they are not printed.
type logFormat string

const (
	logText logFormat = "text"
	logJSON logFormat = "json"
)

// String is part of flag.Value.
func (f *logFormat) String() string { return string(*f) }

// IsBoolFlag allows -log without a value, which Set then gets as "true".
func (f *logFormat) IsBoolFlag() bool { return true }

// Set is part of flag.Value.
func (f *logFormat) Set(text string) error {
	on, err := strconv.ParseBool(text) // -log=false, as for any flag that may have no value
	switch {
	case err == nil && !on:
		*f = ""
	case err == nil, text == string(logText):
		*f = logText
	case text == string(logJSON):
		*f = logJSON
	default:
		return fmt.Errorf("must be %s or %s", logText, logJSON)
	}
	return nil
}

// joinLogFormat joins -log json and -log text into one argument, because a flag that may have no value only takes a value after
// an equals sign.
func joinLogFormat(args []string) []string {
	formats := []string{string(logText), string(logJSON)}
	joined := slices.Clone(args)
	for i, arg := range joined {
		if i+1 < len(joined) && (arg == "-log" || arg == "--log") && slices.Contains(formats, joined[i+1]) {
			return slices.Concat(joined[:i], []string{arg + "=" + joined[i+1]}, joined[i+2:])
		}
	}
	return joined
}

// print prints a request.
func (f logFormat) print(w io.Writer, r mocktwilio.Request) {
	switch f {
	case logText:
		_, _ = fmt.Fprintln(w, logLine(r))
	case logJSON:
		encoder := json.NewEncoder(w)
		encoder.SetEscapeHTML(false)
		_ = encoder.Encode(control.Describe(r)) // like all messages, it is lost if no one reads it
	}
}

func logLine(r mocktwilio.Request) string {
	path, status := printable(r.Path), "no response"
	if len(r.Query) > 0 {
		path += "?" + r.Query.Encode()
	}
	if r.Status != 0 {
		status = strconv.Itoa(r.Status)
	}
	line := fmt.Sprintf("%s %-6s %s %s %s %s",
		r.Time.Format("15:04:05.000"), r.Method, path, status, r.Duration.Round(10_000), r.RequestID)
	if r.Code != 0 {
		line += fmt.Sprintf(" code=%d", r.Code)
	}
	if r.Fault != "" {
		line += fmt.Sprintf(" fault=%s", r.Fault)
	}
	if len(r.Form) > 0 {
		line += " " + r.Form.Encode()
	}
	return line
}
