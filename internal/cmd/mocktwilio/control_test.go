// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"io"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// serveInBackground runs the program without a command until the test ends. It returns the base URL, SID, and token that the
// program prints.
func serveInBackground(t *testing.T, args ...string) (baseURL, sid, token string) {
	t.Helper()
	out, in := io.Pipe()
	signals, ended := make(chan os.Signal, 1), make(chan struct{})
	go func() {
		run(args, environment{stdout: in, stderr: io.Discard, signals: signals, terminal: func() bool { return true }})
		_ = in.Close()
		close(ended)
	}()
	t.Cleanup(func() {
		signals <- os.Interrupt
		<-ended
	})
	set := make(map[string]string)
	lines := bufio.NewScanner(out)
	for len(set) < 3 && lines.Scan() {
		name, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		set[name] = value
	}
	return set["TWILIO_BASE_URL"], set["TWILIO_ACCOUNT_SID"], set["TWILIO_AUTH_TOKEN"]
}

// TestControl resets the objects after changes, twice.
func TestControl(t *testing.T) {
	t.Parallel()
	const lists, domains = "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json", "/2010-04-01/Accounts/{}/SIP/Domains.json"
	baseURL, sid, token := serveInBackground(t, "--control", "--list", "office=203.0.113.7", "--domain", "example.sip.twilio.com", "--trunk", "main", "--subaccounts", "1")
	expect := func(method, path string, want int, parts ...string) string {
		t.Helper()
		status, body := send(method, baseURL, sid, token, path, nil)
		if status != want {
			t.Errorf("%s %s: %d %s", method, path, status, body)
		}
		wantContains(t, path, body, parts...)
		return body
	}
	expect("GET", "/_mock/health", 200, `"version":"`+programVersion()+`"`, sid)
	objects := func() string {
		return expect("GET", lists, 200) + expect("GET", domains, 200) + expect("GET", "/v1/Trunks", 200)
	}
	sidOf := func(prefix, text string) string {
		_, after, _ := strings.Cut(text, `"sid":"`+prefix)
		return prefix + after[:32]
	}
	before := objects()
	wantContains(t, "at the start", before, "office", "example.sip.twilio.com", "main")
	for range 2 {
		for _, name := range []string{"second", "third"} {
			if status, body := send("POST", baseURL, sid, token, lists, url.Values{"FriendlyName": {name}}); status != http.StatusCreated {
				t.Fatalf("%d %s", status, body)
			}
		}
		recording := "/v1/Trunks/" + sidOf("TK", before) + "/Recording"
		if status, body := send("POST", baseURL, sid, token, recording, url.Values{"Mode": {"record-from-answer"}}); status >= 300 {
			t.Fatalf("%d %s", status, body)
		}
		expect("DELETE", "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists/"+sidOf("AL", before)+".json", 204)
		now := objects()
		wantContains(t, "changed", now, "second", "third", "record-from-answer")
		if strings.Contains(now, "office") {
			t.Errorf("the list is not deleted: %s", now)
		}
		if _, body := send("POST", baseURL, sid, token, "/_mock/save", nil); !strings.Contains(body, "-save FILE") {
			t.Error(body)
		}
		expect("GET", "/_mock/requests", 200, `"requests":[{"seq":`, `"FriendlyName":["second"]`)
		expect("POST", "/_mock/reset", 204)
		expect("GET", "/_mock/requests", 200, `"requests":[]`)
		if now := objects(); now != before {
			t.Errorf("after the reset: %s\nbefore: %s", now, before)
		}
	}
}

// TestControlSave writes the file while the mock runs, and starts another mock with it.
func TestControlSave(t *testing.T) {
	t.Parallel()
	file := filepath.Join(t.TempDir(), "objects.json")
	baseURL, sid, token := serveInBackground(t, "--control", "--list", "office", "--save", file)
	if status, body := send("POST", baseURL, sid, token, "/_mock/save", nil); status != http.StatusNoContent {
		t.Fatalf("%d %s", status, body)
	}
	baseURL, sid, token = serveInBackground(t, "--load", file)
	if status, body := get(baseURL, sid, token, "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json"); status != http.StatusOK || !strings.Contains(body, "office") {
		t.Errorf("%d %s", status, body)
	}
}

// TestControlIsOff: without the flag, /_mock/… is an endpoint that the mock does not serve.
func TestControlIsOff(t *testing.T) {
	t.Parallel()
	baseURL, sid, token := serveInBackground(t)
	for _, control := range []string{"GET /_mock/health", "POST /_mock/reset", "GET /_mock/requests", "POST /_mock/faults", "POST /_mock/save"} {
		method, path, _ := strings.Cut(control, " ")
		if status, body := send(method, baseURL, sid, token, path, nil); status != http.StatusNotImplemented || !strings.Contains(body, path) {
			t.Errorf("%s: %d %s", control, status, body)
		}
	}
}
