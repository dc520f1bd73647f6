// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"time"

	"github.com/hashicorp/terraform-plugin-testing/knownvalue"
	"github.com/hashicorp/terraform-plugin-testing/statecheck"
	"github.com/hashicorp/terraform-plugin-testing/tfjsonpath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// WriteFaults has every kind of fault that can happen to a write.
var WriteFaults = []mocktwilio.Fault{
	{Kind: mocktwilio.FaultStatus, Status: http.StatusTooManyRequests, Code: 20429},
	{Kind: mocktwilio.FaultStatus, Status: http.StatusInternalServerError},
	{Kind: mocktwilio.FaultStatus, Status: http.StatusServiceUnavailable, AfterWork: true},
	{Kind: mocktwilio.FaultHTML},
	{Kind: mocktwilio.FaultHTML, AfterWork: true},
	{Kind: mocktwilio.FaultEmpty, Status: http.StatusBadGateway},
	{Kind: mocktwilio.FaultEmpty, Status: http.StatusBadGateway, AfterWork: true},
	{Kind: mocktwilio.FaultCloseBefore},
	{Kind: mocktwilio.FaultCloseAfter},
	{Kind: mocktwilio.FaultTruncate},
	{Kind: mocktwilio.FaultCutJSON},
	{Kind: mocktwilio.FaultHang},
	{Kind: mocktwilio.FaultHang, AfterWork: true},
	{Kind: mocktwilio.FaultDelay, Delay: 50 * time.Millisecond},
}

// ExpectStrings checks string attributes of a resource or data source.
func ExpectStrings(resourceAddress string, attributes map[string]string) []statecheck.StateCheck {
	var checks []statecheck.StateCheck
	for name, value := range attributes {
		checks = append(checks, statecheck.ExpectKnownValue(resourceAddress, tfjsonpath.New(name), knownvalue.StringExact(value)))
	}
	return checks
}

// SIDList checks that an attribute is a list of exactly these SIDs in this order.
func SIDList(sids ...string) knownvalue.Check {
	checks := make([]knownvalue.Check, len(sids))
	for i, sid := range sids {
		checks[i] = knownvalue.StringExact(sid)
	}
	return knownvalue.ListExact(checks)
}
