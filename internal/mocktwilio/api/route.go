// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"net"
	"slices"
	"strings"
)

// route is an endpoint's path and its methods.
type route struct {
	template string // as in Twilio's OpenAPI documents
	product  string // api or trunking
	suffix   string // suffix of the path: .json or ""
	segments []string
	kind     *Kind // kind of {Sid}; its parent is the kind of the other SID
	methods  map[string]operation
	allow    string // allowed methods, for a 405
}

type operation func(*Call) *Answer

// params are the SIDs in a path.
type params struct {
	account string
	parent  string // the list, domain, or trunk whose children the path names
	item    string

	malformed bool
}

// newRoute returns the route of a path without .json.
func newRoute(path string, kind *Kind, methods map[string]operation) route {
	r := route{
		product:  "api",
		suffix:   ".json",
		segments: strings.Split(path, "/"),
		kind:     kind,
		methods:  methods,
		allow:    strings.Join(slices.Sorted(maps.Keys(methods)), ", "),
	}
	if isTrunking(path) {
		r.product, r.suffix = "trunking", ""
	}
	r.template = path + r.suffix
	return r
}

// Endpoints returns all methods and paths that are served, such as "GET /v1/Trunks/{Sid}", sorted.
func Endpoints() []string {
	var all []string
	for _, r := range routes {
		for method := range r.methods {
			all = append(all, method+" "+r.template)
		}
	}
	slices.Sort(all)
	return all
}

// findRoute returns the route of a path on a host, or nil if there is none.
func findRoute(host, path string) (*route, params) {
	product := productOf(host)
	for i := range routes {
		if p, ok := routes[i].match(path); ok && (product == "" || product == routes[i].product) {
			return &routes[i], p
		}
	}
	return nil, params{}
}

// productOf returns the product of one of Twilio's hosts, such as api for api.dublin.ie1.twilio.com. For all other hosts, which
// stand for the mock itself, it returns "", because the mock serves every product.
func productOf(host string) string {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	host = strings.ToLower(strings.TrimSuffix(host, "."))
	if !strings.HasSuffix("."+host, ".twilio.com") {
		return ""
	}
	product, _, _ := strings.Cut(host, ".")
	return product
}

// match reports whether a path matches the route. Its SIDs may be malformed.
func (r *route) match(path string) (params, bool) {
	var p params
	path, ok := strings.CutSuffix(path, r.suffix)
	if !ok || strings.Count(path, "/") != len(r.segments)-1 {
		return p, false
	}
	for i, got := range strings.Split(path, "/") {
		var prefix string
		switch want := r.segments[i]; {
		case !strings.HasPrefix(want, "{"):
			if got != want {
				return p, false
			}
			continue
		case want == "{AccountSid}":
			p.account, prefix = got, "AC"
		case want == "{Sid}":
			p.item, prefix = got, r.kind.prefix
		default:
			p.parent, prefix = got, r.kind.parent.prefix
		}
		p.malformed = p.malformed || !ValidSID(prefix, got)
	}
	return p, true
}
