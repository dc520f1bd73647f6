// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func TestEntry(t *testing.T) {
	t.Parallel()
	fields := twilio.IPAddressFields{IPAddress: "203.0.113.7", CIDRPrefixLength: 24, FriendlyName: "a"}
	if entry, err := Entry(twilio.IPAddress{SID: "IP1", IPAddressFields: fields}); err != nil || entry != (ipblock.Entry{SID: "IP1", Block: ipblock.MustParse("203.0.113.7/24"), Name: "a"}) {
		t.Errorf("%v, %v", entry, err)
	}
	fields.IPAddress = "::1"
	if _, err := Entry(twilio.IPAddress{SID: "IP1", IPAddressFields: fields}); err == nil || !strings.Contains(err.Error(), "IP1") {
		t.Errorf("IPv6: %v", err)
	}
}
