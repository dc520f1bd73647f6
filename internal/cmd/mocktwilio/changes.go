// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// changes has the requests of a rehearsal that would change something at Twilio, and the reads that failed.
type changes struct {
	received int
	sent     []mocktwilio.Request
	failed   []mocktwilio.Request
	names    names
}

func (c *changes) add(r mocktwilio.Request) {
	c.received++
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		c.sent = append(c.sent, r)
	case !succeeded(r) && r.Status != http.StatusNotFound:
		c.failed = append(c.failed, r)
	}
}

func succeeded(r mocktwilio.Request) bool { return r.Status >= 200 && r.Status < 300 }

// print writes the requests for a review of the change.
func (c *changes) print(w io.Writer) {
	bySeq := func(a, b mocktwilio.Request) int { return cmp.Compare(a.Seq, b.Seq) }
	slices.SortFunc(c.sent, bySeq)
	slices.SortFunc(c.failed, bySeq)
	switch {
	case c.received == 0:
		_, _ = fmt.Fprintln(w, "\nThe mock received no requests.")
	case len(c.sent) == 0:
		_, _ = fmt.Fprintln(w, "\nNothing would change in Twilio: the mock received only read requests.")
	default:
		_, _ = fmt.Fprintf(w, "\n%s\n", count(len(c.sent), "write request would be sent to Twilio:", "write requests would be sent to Twilio, in this order:"))
		for i, r := range c.sent {
			_, _ = fmt.Fprintf(w, "\n%4d. %s %s\n", i+1, r.Method, printable(r.Path))
			for _, line := range []string{formLine(r.Form), c.names.about(r), answerLine(r)} {
				if line != "" {
					_, _ = fmt.Fprintf(w, "      %s\n", line)
				}
			}
		}
	}
	if len(c.failed) > 0 {
		_, _ = fmt.Fprintf(w, "\nFailed read requests:\n\n")
		for _, r := range c.failed {
			_, _ = fmt.Fprintf(w, "      %s %s\n      %s\n", r.Method, printable(r.Path), answerLine(r))
		}
	}
}

// formLine formats a form as Name="value" pairs.
func formLine(form url.Values) string {
	var pairs []string
	for _, name := range slices.Sorted(maps.Keys(form)) {
		for _, value := range form[name] {
			if strings.Contains(strings.ToLower(name), "password") {
				value = "REDACTED"
			} else if address, err := url.Parse(value); err == nil && address.User != nil {
				value = address.Redacted() // the URL may have a user name and password
			}
			pairs = append(pairs, fmt.Sprintf("%s=%q", url.QueryEscape(name), value))
		}
	}
	return strings.Join(pairs, " ")
}

// printable escapes a path, because control characters in it would break a terminal or a page.
func printable(path string) string { return (&url.URL{Path: path}).EscapedPath() }

// answerLine describes the mock's response if it is an error.
func answerLine(r mocktwilio.Request) string {
	code := ""
	if r.Code != 0 {
		code = fmt.Sprintf(", code %d", r.Code)
	}
	fault := ""
	if r.Fault != "" {
		fault = fmt.Sprintf(" (fault %s)", r.Fault)
	}
	switch {
	case r.Throttled():
		return fmt.Sprintf("! throttled: %d%s%s; not carried out", r.Status, code, fault)
	case r.Status == 0:
		return "! no response" + fault
	case !succeeded(r):
		return fmt.Sprintf("! failed: %d%s%s", r.Status, code, fault)
	}
	return ""
}

// names has names and other information by which users recognize objects, by SID.
type names map[string]string

// learn adds the objects of accounts that are not known yet.
func (n names) learn(accounts []snapshot.Account) {
	for _, a := range accounts {
		n.learnAll("list", a.IPAccessControlLists)
		n.learnAll("credential list", a.CredentialLists)
		n.learnAll("domain", a.Domains)
		n.learnAll("trunk", a.Trunks)
	}
}

func (n names) learnAll(noun string, objects []snapshot.Object) {
	for _, o := range objects {
		sid, _ := o["sid"].(string)
		if _, known := n[sid]; known || sid == "" {
			continue
		}
		name := cmp.Or(text(o, "domain_name"), text(o, "friendly_name"), text(o, "username"), text(o, "sip_url"))
		n[sid] = fmt.Sprintf("%s %q", noun, name)
		if ip := text(o, "ip_address"); ip != "" {
			n[sid] = fmt.Sprintf("entry %s/%v %q", ip, o["cidr_prefix_length"], text(o, "friendly_name"))
		}
		for noun, key := range map[string]string{"entry": "ip_addresses", "credential": "credentials", "origination URL": "origination_urls"} {
			if below, ok := o[key].([]snapshot.Object); ok {
				n.learnAll(noun, below)
			}
		}
	}
}

func text(o snapshot.Object, name string) string {
	text, _ := o[name].(string)
	return text
}

// about names the objects in the path and the form of a request.
func (n names) about(r mocktwilio.Request) string {
	var found []string
	parts := strings.Split(strings.TrimSuffix(r.Path, ".json"), "/")
	slices.Reverse(parts) // the object itself first
	for _, name := range slices.Sorted(maps.Keys(r.Form)) {
		if strings.HasSuffix(name, "Sid") {
			parts = slices.Insert(parts, 0, r.Form.Get(name))
		}
	}
	for _, part := range parts {
		if name, ok := n[part]; ok {
			found = append(found, name)
		}
	}
	if len(found) == 0 {
		return ""
	}
	return "# " + strings.Join(found, " of ")
}
