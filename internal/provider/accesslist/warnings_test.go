// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestWarningsNameEachEntry checks that Terraform shows every warning. It shows only the first of several with the same summary.
func TestWarningsNameEachEntry(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+listConfig("Office", entries{
		"203.0.113.7/24": "a", "198.51.100.7/24": "b", "192.0.2.1/31": "c", "203.0.113.9": "d", "203.0.113.10": "e", "203.0.113.11": "f",
	})+`
resource "twilio_sip_ip_address" "test" {
  count = 2

  ip_access_control_list_sid = "`+acctest.ListSID+`"
  friendly_name              = "London"
  ip_address                 = "10.${count.index}.0.1"
  cidr_prefix_length         = 16
}
`)
	output := c.Run("plan", "-no-color")
	for _, words := range []string{
		"Warning: 203.0.113.7/24 allows more than one address", "Warning: 198.51.100.7/24 allows more than one address", "Warning: 192.0.2.1/31 allows more than one address",
		"It allows the 2 addresses from 192.0.2.0 to 192.0.2.1. To allow all of them, write \"192.0.2.0/31\". To allow only 192.0.2.1, write \"192.0.2.1\".",
		"Warning: 203.0.113.9 is already covered by 203.0.113.7/24", "Warning: 203.0.113.10 is already covered by 203.0.113.7/24", "Warning: 203.0.113.11 is already covered by 203.0.113.7/24",
		"Warning: 10.0.0.1/16 allows more than one address", "Warning: 10.1.0.1/16 allows more than one address",
		"To allow all of them, set ip_address = \"10.0.0.0\". To allow only 10.0.0.1, omit cidr_prefix_length.",
	} {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
}

// TestWarningsAboutCallersOnCLI checks the warnings about entries that allow no callers or too many, one for each list and each
// single entry. There is no warning for the ranges for documentation, which Terraform and the tests of this provider use.
func TestWarningsAboutCallersOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	list := func(name string, addresses entries) string {
		return strings.Replace(listConfig(name, addresses), `"test"`, `"`+name+`"`, 1)
	}
	c.Write("main.tf", m.RootConfig()+
		list("office", entries{"10.0.0.0/8": "a", "192.168.1.1": "b", "198.51.100.7": "c"})+
		list("lab", entries{"127.0.0.1": "a"})+
		list("open", entries{"0.0.0.0/1": "a", "128.0.0.0/1": "b"})+
		list("production", entries{"0.0.0.0/1": "a", "128.0.0.0/1": "b"})+
		list("test_lab", entries{"127.0.0.1": "a"})+
		list("wide", entries{"8.0.0.0/8": "a", "198.51.100.0/24": "b"})+
		list("fine", entries{"12.0.0.0/9": "a", "192.0.2.0/24": "b", "203.0.113.0/24": "c"})+`
resource "twilio_sip_ip_address" "test" {
  for_each = { "100.64.0.1" = 32, "224.0.0.0" = 4, "64.0.0.0" = 2, "9.0.0.0" = 8, "9.1.2.3" = null }

  ip_access_control_list_sid = "`+acctest.ListSID+`"
  friendly_name              = "London"
  ip_address                 = each.key
  cidr_prefix_length         = each.value
}
`)
	output := c.Run("plan", "-no-color")
	for _, words := range []string{
		"Warning: No calls can come from 10.0.0.0/8 and 192.168.1.1 (list \"office\")",
		"10.0.0.0/8 (private network) 192.168.1.1 (private network)",
		"Twilio Interconnect requires public addresses as well",
		"Warning: No calls can come from 127.0.0.1 (list \"lab\")", "Warning: No calls can come from 127.0.0.1 (list \"test_lab\")", "127.0.0.1 (loopback)",
		"Warning: A large part of the Internet can call: 0.0.0.0/1 and 128.0.0.0/1 (list \"open\")",
		"Warning: A large part of the Internet can call: 0.0.0.0/1 and 128.0.0.0/1 (list \"production\")",
		"4294967296 addresses are allowed (100% of all IPv4 addresses).",
		"Warning: A large part of the Internet can call: 8.0.0.0/8 (list \"wide\")",
		"Warning: No calls can come from 100.64.0.1 (entry \"London\")",
		"Warning: No calls can come from 224.0.0.0/4 (entry \"London\")",
		"Warning: A large part of the Internet can call: 64.0.0.0/2 (entry \"London\")",
	} {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
	if got := strings.Count(output, "Warning: "); got != 9 {
		t.Errorf("%d warnings\n%s", got, output)
	}
}

// TestWarningsAboutCallersWithUnknownNames checks that each warning is shown once if the name is a variable, which is unknown
// when Terraform validates, or if the name is known only after the apply.
func TestWarningsAboutCallersWithUnknownNames(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	list := func(label, name, large, loopback string) string {
		config := strings.Replace(listConfig("NAME", entries{large: "a", loopback: "b"}), `"test"`, `"`+label+`"`, 1)
		return strings.Replace(config, `"NAME"`, name, 1)
	}
	entry := func(label, name, address string) string {
		return `resource "twilio_sip_ip_address" "` + label + `" {
  ip_access_control_list_sid = "` + acctest.ListSID + `"
  friendly_name              = ` + name + `
  ip_address                 = "` + address + `"
  cidr_prefix_length         = 2
}
`
	}
	c.Write("main.tf", m.RootConfig()+`
variable "name" {
  default = "lab"
}

resource "terraform_data" "name" {}

`+list("known", "var.name", "0.0.0.0/2", "127.0.0.1")+list("unknown", "terraform_data.name.id", "64.0.0.0/2", "224.0.0.1")+
		entry("known", "var.name", "128.0.0.0")+entry("unknown", "terraform_data.name.id", "192.0.0.0"))
	c.Run("init")
	output := c.Run("plan", "-no-color")
	const wide, special = "A large part of the Internet can call: ", "No calls can come from "
	for _, summary := range []string{
		wide + `0.0.0.0/2 (list "lab")`, special + `127.0.0.1 (list "lab")`, wide + "64.0.0.0/2", special + "224.0.0.1",
		wide + `128.0.0.0/2 (entry "lab")`, wide + "192.0.0.0/2",
	} {
		if got := strings.Count(output, "Warning: "+summary+"\n"); got != 1 {
			t.Errorf("%d times %q", got, summary)
		}
	}
	if got := strings.Count(output, wide) + strings.Count(output, special); got != 6 || t.Failed() {
		t.Errorf("%d warnings\n%s", got, output)
	}
}
