// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
)

// isTwilio reports whether a host is twilio.com or one of its subdomains.
func isTwilio(host string) bool {
	host = canonical(host)
	return host == "twilio.com" || strings.HasSuffix(host, ".twilio.com")
}

// canonical returns a host name in lower case, without trailing dots, of which another proxy might accept several.
func canonical(host string) string { return strings.ToLower(strings.TrimRight(host, ".")) }

// plainHost reports whether a host is an IP address or only has characters of host names. Other names might become a Twilio host
// later, for example if another proxy maps full-width letters or decodes percent signs.
func plainHost(host string) bool {
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	return host != "" && !strings.ContainsFunc(host, func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && !strings.ContainsRune(".-_", r)
	})
}

// hostPort returns the host and port of a URL. The port defaults to that of the scheme.
func hostPort(u *url.URL) (host, port string) {
	port = u.Port()
	if port == "" {
		port = map[string]string{"http": "80", "https": "443"}[u.Scheme]
	}
	return u.Hostname(), port
}

// validPort reports whether a port is a number that can be connected to.
func validPort(port string) bool {
	n, err := strconv.ParseUint(port, 10, 16)
	return err == nil && n > 0
}

// sameAddress reports whether a connection leads to a host and port.
func sameAddress(remote net.Addr, address string) bool {
	tcp, ok := remote.(*net.TCPAddr)
	if !ok {
		return false
	}
	port := tcp.AddrPort()
	return netip.AddrPortFrom(port.Addr().Unmap(), port.Port()).String() == address
}
