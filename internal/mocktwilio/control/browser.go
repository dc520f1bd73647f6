// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// refuseBrowser says why a request is refused that a web page in a browser on this machine may have made, "" if it is not. A page
// of another origin has an Origin header in each request that changes something. A page whose own host name was made to lead to
// loopback (DNS rebinding) has this name in the Host header.
func refuseBrowser(r *http.Request) string {
	if r.Header.Get("Origin") != "" {
		return "Control endpoints are not available to web pages, and this request has an Origin header."
	}
	if !isLoopback(r.Host) {
		return "Control endpoints are available only at a loopback address such as 127.0.0.1, not at " + r.Host + "."
	}
	return ""
}

func isLoopback(hostPort string) bool {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		host = strings.Trim(hostPort, "[]") // there is no port
	}
	if host == "localhost" {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && ip.IsLoopback()
}
