// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// maxBody is much larger than faults need.
const maxBody = 1 << 20

// fault is the JSON object of a mocktwilio.Fault.
type fault struct {
	Method    string            `json:"method"`
	Path      string            `json:"path"`
	Kind      string            `json:"kind"`
	Status    int               `json:"status"`
	Code      int               `json:"code"`
	Message   string            `json:"message"`
	Body      string            `json:"body"`
	Header    map[string]string `json:"header"`
	Skip      int               `json:"skip"`
	Count     int               `json:"count"`
	Delay     string            `json:"delay"`
	AfterWork bool              `json:"after_work"`
}

// faults adds all faults in the body, or none if one of them is invalid.
func (c *controls) faults(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody))
	if err != nil {
		refuse(w, http.StatusBadRequest, "Cannot read the request body: "+err.Error()+".")
		return
	}
	faults, err := parseFaults(body)
	if err != nil {
		refuse(w, http.StatusBadRequest, err.Error())
		return
	}
	for _, f := range faults {
		c.server.AddFault(f)
	}
	answer(w, http.StatusCreated, map[string]int{"added": len(faults)})
}

// parseFaults parses a fault or a list of faults.
func parseFaults(body []byte) ([]mocktwilio.Fault, error) {
	body = bytes.TrimSpace(body)
	if !bytes.HasPrefix(body, []byte("[")) {
		f, err := parseFault(body)
		return []mocktwilio.Fault{f}, err
	}
	var list []json.RawMessage
	if err := decode(body, &list); err != nil {
		return nil, err
	}
	faults := make([]mocktwilio.Fault, len(list))
	for i, one := range list {
		var err error
		if faults[i], err = parseFault(one); err != nil {
			return nil, fmt.Errorf("fault %d of %d: %w", i+1, len(list), err)
		}
	}
	return faults, nil
}

func parseFault(body []byte) (mocktwilio.Fault, error) {
	var f fault
	if !bytes.HasPrefix(body, []byte("{")) {
		return mocktwilio.Fault{}, errors.New(`a fault must be a JSON object such as {"method": "POST", "kind": "status", "status": 503}`)
	}
	if err := decode(body, &f); err != nil {
		return mocktwilio.Fault{}, err
	}
	if f.Kind == "" {
		return mocktwilio.Fault{}, errors.New("kind is missing")
	}
	result := mocktwilio.Fault{
		Method: anything(f.Method), Path: anything(f.Path), Skip: f.Skip, Count: f.Count,
		Kind: mocktwilio.FaultKind(f.Kind), AfterWork: f.AfterWork,
		Status: f.Status, Code: f.Code, Message: f.Message, Body: f.Body,
	}
	if f.Delay != "" {
		delay, err := time.ParseDuration(f.Delay)
		if err != nil {
			return mocktwilio.Fault{}, fmt.Errorf("delay must be a duration such as 200ms or 30s; got %q", f.Delay)
		}
		result.Delay = delay
	}
	for name, value := range f.Header {
		if result.Header == nil {
			result.Header = make(http.Header)
		}
		result.Header.Set(name, value)
	}
	return result, result.Validate()
}

// anything makes * match any method or path, as in the flag -fault.
func anything(text string) string {
	if text == "*" {
		return ""
	}
	return text
}

// decode decodes JSON. Its error names the field, because people write this JSON by hand.
func decode(body []byte, to any) error {
	decoder := json.NewDecoder(bytes.NewReader(body))
	decoder.DisallowUnknownFields()
	err := decoder.Decode(to)
	if err == nil && decoder.More() {
		return errors.New("the body has more than one JSON value; to add several faults, send a list")
	}
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return fmt.Errorf("%s must be %s; got a JSON %s", wrong.Field, typeName(wrong), wrong.Value)
	}
	if err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "json: "))
	}
	return nil
}

// typeName returns the JSON type of a field.
func typeName(wrong *json.UnmarshalTypeError) string {
	switch wrong.Type.String() {
	case "int":
		return "a whole number"
	case "bool":
		return "true or false"
	case "string":
		return "a string"
	default:
		return "an object with a string for each header"
	}
}
