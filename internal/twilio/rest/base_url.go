// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"errors"
	"fmt"
	"net/netip"
	"net/url"
)

// ValidateBaseURL checks the URL that overrides Twilio's hosts. It may only have a scheme, a host, and a port. Plain http is only
// allowed for loopback addresses, so that credentials never cross a network unencrypted.
func ValidateBaseURL(base string) error {
	_, err := parseBaseURL(base)
	return err
}

func parseBaseURL(base string) (*url.URL, error) {
	u, err := url.Parse(base)
	switch {
	case err != nil:
		// Do not return the error of url.Parse: it contains the input, which may have a password.
		return nil, errors.New("must be a URL with a scheme and a host, such as https://proxy.example.com")
	case u.Scheme != "https" && u.Scheme != "http", u.Host == "", u.Hostname() == "":
		return nil, errors.New("must be an http or https URL with a host, such as https://proxy.example.com")
	case u.User != nil:
		return nil, errors.New("must not contain a user name or password; set credentials in their own arguments")
	case u.Path != "" && u.Path != "/", u.RawQuery != "", u.ForceQuery, u.Fragment != "":
		return nil, fmt.Errorf("must contain only a scheme, a host, and a port; use %s://%s", u.Scheme, u.Host)
	case u.Scheme == "http" && !isLoopback(u.Hostname()):
		return nil, fmt.Errorf("must use https, because http would send credentials to %s unencrypted; use https://%s (http is allowed only for localhost, 127.0.0.0/8, and [::1])", u.Host, u.Host)
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
