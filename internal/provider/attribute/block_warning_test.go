// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attribute

import (
	"fmt"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

const interconnect = " Twilio Interconnect requires public addresses as well (https://www.twilio.com/docs/interconnect/crossconnect)."

// warnings returns the summaries and details of the warnings about blocks.
func warnings(t *testing.T, warn func([]ipblock.Block, string, path.Path, *diag.Diagnostics), texts, subject string) string {
	t.Helper()
	var (
		blocks []ipblock.Block
		diags  diag.Diagnostics
		got    []string
	)
	for text := range strings.FieldsSeq(texts) {
		blocks = append(blocks, ipblock.MustParse(text))
	}
	warn(blocks, subject, path.Root("ip_addresses"), &diags)
	for _, d := range diags {
		if d.Severity() != diag.SeverityWarning {
			t.Errorf("%v is no warning", d)
		}
		got = append(got, d.Summary()+": "+d.Detail())
	}
	return strings.Join(got, "\n")
}

func TestWarnOfSpecial(t *testing.T) {
	t.Parallel()
	const begin, end = ": Calls from the Internet never come from these addresses:\n", "\n\nTwilio sees the public address of your network. Use that address instead, or remove the entry."
	var many []string
	for i := range 12 {
		many = append(many, fmt.Sprintf("127.0.0.%d", i))
	}
	for blocks, want := range map[string]string{
		"":                            "",
		"198.51.100.7 203.0.113.0/24": "",
		"10.0.0.0/7":                  "",
		"127.0.0.1 198.51.100.7":      "No calls can come from 127.0.0.1" + begin + "  127.0.0.1 (loopback)" + end,
		"10.1.0.0/16 127.0.0.1":       "No calls can come from 10.1.0.0/16 and 127.0.0.1" + begin + "  10.1.0.0/16 (private network)\n  127.0.0.1 (loopback)" + end + interconnect,
		strings.Join(many, " "): "No calls can come from 127.0.0.0, 127.0.0.1, 127.0.0.2, and 9 more" + begin +
			"  " + strings.Join(many[:10], " (loopback)\n  ") + " (loopback)\n  and 2 more" + end,
	} {
		if got := warnings(t, WarnOfSpecial, blocks, ""); got != want {
			t.Errorf("%s: %s\nwant %s", blocks, got, want)
		}
	}
}

func TestWarnOfWidth(t *testing.T) {
	t.Parallel()
	const rest = " of all IPv4 addresses). Anyone with one of these addresses can send calls to every SIP domain and trunk that uses the list, and you pay for these calls. " +
		"Allow only the addresses that your calls come from. If you cannot, attach a credential list to each of these domains and trunks as well, so that calls also need a password."
	for blocks, want := range map[string]string{
		"":                                   "",
		"8.0.0.0/8":                          "",
		"8.0.0.0/8 8.1.0.0/16":               "",
		"8.0.0.0/9 9.0.0.0/9":                "",
		"8.0.0.0/8 10.0.0.0/8":               "",
		"8.0.0.0/8 198.51.100.7":             "A large part of the Internet can call: 8.0.0.0/8: 16777217 addresses are allowed (0.391%" + rest,
		"8.0.0.0/7":                          "A large part of the Internet can call: 8.0.0.0/7: 33554432 addresses are allowed (0.781%" + rest,
		"10.0.0.0/7":                         "A large part of the Internet can call: 10.0.0.0/7: 33554432 addresses are allowed (0.781%" + rest,
		"198.51.100.7 8.0.0.0/8 128.0.0.0/1": "A large part of the Internet can call: 128.0.0.0/1: 2164260864 addresses are allowed (50.4%" + rest,
		"0.0.0.0/1 128.0.0.0/1":              "A large part of the Internet can call: 0.0.0.0/1 and 128.0.0.0/1: 4294967296 addresses are allowed (100%" + rest,
		"8.0.0.0/9 8.128.0.0/9 9.0.0.0/9 9.128.0.0/16": "A large part of the Internet can call: 8.0.0.0/9, 8.128.0.0/9, and 9.0.0.0/9: 25231360 addresses are allowed (0.587%" + rest,
	} {
		if got := warnings(t, WarnOfWidth, blocks, ""); got != want {
			t.Errorf("%s: %s\nwant %s", blocks, got, want)
		}
	}
	for _, warn := range []func([]ipblock.Block, string, path.Path, *diag.Diagnostics){WarnOfSpecial, WarnOfWidth} {
		if got := warnings(t, warn, "127.0.0.1 8.0.0.0/7", `list "lab"`); !strings.Contains(strings.Split(got, ": ")[0]+strings.Split(got, ": ")[1], ` (list "lab")`) {
			t.Errorf("the summary does not name the list: %s", got)
		}
	}
}

// TestAreWideTogether checks that blocks with their own warning do not count.
func TestAreWideTogether(t *testing.T) {
	t.Parallel()
	for texts, want := range map[string]bool{
		"":                                  false,
		"8.0.0.0/7":                         false,
		"8.0.0.0/8":                         false,
		"8.0.0.0/8 10.0.0.0/8":              false,
		"8.0.0.0/8 8.1.0.0/16":              false,
		"0.0.0.0/1 8.0.0.0/8 9.0.0.0/8":     false,
		"0.0.0.0/1 128.0.0.0/1":             false,
		"0.0.0.0/1 198.51.100.7":            false,
		"8.0.0.0/8 12.0.0.0/8":              true,
		"8.0.0.0/8 198.51.100.7":            true,
		"0.0.0.0/1 128.0.0.0/8 129.0.0.0/8": true,
	} {
		var blocks []ipblock.Block
		for text := range strings.FieldsSeq(texts) {
			blocks = append(blocks, ipblock.MustParse(text))
		}
		if got := AreWideTogether(blocks); got != want {
			t.Errorf("%s: %t", texts, got)
		}
	}
}
