// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"net/url"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// Request is the JSON object of a finished request, in /_mock/requests and in the log.
type Request struct {
	Seq        int        `json:"seq"`
	RequestID  string     `json:"request_id"`
	Time       time.Time  `json:"time"`
	Method     string     `json:"method"`
	Path       string     `json:"path"`
	Query      url.Values `json:"query"`
	Form       url.Values `json:"form"`
	AccountSID string     `json:"account_sid"`
	Endpoint   string     `json:"endpoint"`
	Status     int        `json:"status"`
	Code       int        `json:"code"`
	Done       bool       `json:"done"`
	Fault      string     `json:"fault"`
	InFlight   int        `json:"in_flight"`
	DurationMS float64    `json:"duration_ms"`
}

// Describe returns the JSON object of a request.
func Describe(r mocktwilio.Request) Request {
	return Request{
		Seq:        r.Seq,
		RequestID:  r.RequestID,
		Time:       r.Time.UTC(),
		Method:     r.Method,
		Path:       r.Path,
		Query:      orEmpty(r.Query),
		Form:       orEmpty(r.Form),
		AccountSID: r.Account,
		Endpoint:   r.Endpoint,
		Status:     r.Status,
		Code:       r.Code,
		Done:       r.Done,
		Fault:      string(r.Fault),
		InFlight:   r.InFlight,
		DurationMS: float64(r.Duration.Microseconds()) / 1000,
	}
}

// orEmpty returns an empty object instead of nil, which would be null in JSON.
func orEmpty(values url.Values) url.Values {
	if values == nil {
		return url.Values{}
	}
	return values
}
