// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
)

// ValidateBaseURL checks the URL that overrides Twilio's hosts: scheme, host and optional port, nothing else.
// Plain http is allowed to loopback only, so that credentials never cross a network unencrypted.
func ValidateBaseURL(base string) error {
	_, err := parseBaseURL(base)
	return err
}

func parseBaseURL(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil:
		// url.Parse quotes its input, which may hold a password.
		return nil, errors.New("not a URL; write scheme and host, such as https://proxy.example.com")
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "", u.Hostname() == "":
		return nil, errors.New("not an http or https origin; write scheme and host, such as https://proxy.example.com")
	case u.User != nil:
		return nil, errors.New("a user name or password does not belong here; credentials have arguments of their own")
	case u.Path != "" && u.Path != "/", u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, fmt.Errorf("only scheme, host and port are allowed; write %s://%s", u.Scheme, u.Host)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("plain http would send credentials to %s in the clear; write https://%s (http is allowed to localhost, 127.0.0.0/8 and [::1] only)", u.Host, u.Host)
	}
	return u, nil
}

func isLoopback(host string) bool {
	if host == "localhost" {
		return true
	}
	address, err := netip.ParseAddr(host)
	return err == nil && address.IsLoopback()
}
