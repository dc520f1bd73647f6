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
	template string // as in Twilio's OpenAPI
	product  string // api or trunking
	segments []string
	methods  map[string]operation
	allow    string // the methods, for a 405
}

type operation func(*Call) *Answer

// params are the SIDs in a path.
type params struct {
	account string
	parent  string // of the list, domain or trunk whose children the path names
	item    string

	malformed bool
}

func newRoute(template string, methods map[string]operation) route {
	product := "api"
	if strings.HasPrefix(template, "/v1/") {
		product = "trunking"
	}
	return route{
		template: template,
		product:  product,
		segments: strings.Split(template, "/"),
		methods:  methods,
		allow:    strings.Join(slices.Sorted(maps.Keys(methods)), ", "),
	}
}

// prefixes of the SIDs in a path. That of {Sid} depends on the segment before it.
var prefixes = map[string]string{
	"{AccountSid}":             "AC",
	"{IpAccessControlListSid}": "AL",
	"{CredentialListSid}":      "CL",
	"{DomainSid}":              "SD",
	"{TrunkSid}":               "TK",

	"IpAccessControlLists":        "AL",
	"IpAccessControlListMappings": "AL",
	"IpAddresses":                 "IP",
	"CredentialListMappings":      "CL",
	"CredentialLists":             "CL",
	"Credentials":                 "CR",
	"Domains":                     "SD",
	"Trunks":                      "TK",
	"OriginationUrls":             "OU",
}

// Endpoints returns all methods and paths that are served, such as "GET /v1/Trunks/{Sid}", in order.
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

// findRoute returns the route of a path on a host, nil if it has none.
func findRoute(host, path string) (*route, params) {
	product := productOf(host)
	segments := strings.Split(path, "/")
	for i := range routes {
		if p, ok := routes[i].match(segments); ok && (product == "" || product == routes[i].product) {
			return &routes[i], p
		}
	}
	return nil, params{}
}

// productOf returns the product of one of Twilio's hosts, such as api of api.dublin.ie1.twilio.com.
// Other hosts are the mock itself, and give "": it serves every product.
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

// match reports whether a path is that of the route. Its SIDs may be malformed.
func (r *route) match(segments []string) (params, bool) {
	var p params
	if len(segments) != len(r.segments) {
		return p, false
	}
	for i, want := range r.segments {
		got := segments[i]
		switch {
		case !strings.HasPrefix(want, "{"):
			if got != want {
				return p, false
			}
			continue
		case strings.HasSuffix(want, ".json"):
			var json bool
			if got, json = strings.CutSuffix(got, ".json"); !json {
				return p, false
			}
			want = strings.TrimSuffix(want, ".json")
		}
		kind := want
		if want == "{Sid}" {
			kind = r.segments[i-1]
		}
		if !ValidSID(prefixes[kind], got) {
			p.malformed = true
		}
		switch want {
		case "{AccountSid}":
			p.account = got
		case "{Sid}":
			p.item = got
		default:
			p.parent = got
		}
	}
	return p, true
}
