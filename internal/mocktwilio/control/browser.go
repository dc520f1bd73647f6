// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package control

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
)

// refuseBrowser returns why a request is rejected that may come from a web page in a browser on this machine, or "". A page from
// another origin sends an Origin header with each request that changes something. A page whose own host name resolves to a
// loopback address (DNS rebinding) sends this name in the Host header.
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
