// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
)

// detour is a network in which every host is the mock. It remembers the hosts with the first part of the paths.
type detour struct {
	to    string
	mu    sync.Mutex
	hosts map[string]bool
}

func (d *detour) RoundTrip(request *http.Request) (*http.Response, error) {
	target, err := url.Parse(d.to)
	if err != nil {
		return nil, err
	}
	d.mu.Lock()
	d.hosts[request.URL.Host+" /"+strings.Split(request.URL.Path, "/")[1]] = true
	d.mu.Unlock()
	// A transport must not change the request that it is given.
	sent := request.Clone(request.Context())
	sent.URL.Scheme, sent.URL.Host, sent.Host = target.Scheme, target.Host, request.URL.Host
	return (&http.Transport{DisableKeepAlives: true}).RoundTrip(sent)
}

func (d *detour) seen() []string {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Sorted(maps.Keys(d.hosts))
}
