// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"slices"
	"strings"
)

// route is an endpoint's path and its methods.
type route struct {
	template string // as in Twilio's OpenAPI
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
}

func newRoute(template string, methods map[string]operation) route {
	return route{
		template: template,
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

// findRoute returns the route of a path, nil if it has none or a malformed SID.
func findRoute(path string) (*route, params) {
	segments := strings.Split(path, "/")
	for i := range routes {
		if p, ok := routes[i].match(segments); ok {
			return &routes[i], p
		}
	}
	return nil, params{}
}

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
			return p, false
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
