// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import "slices"

const (
	sip    = root + "{AccountSid}/SIP"
	domain = sip + "/Domains/{DomainSid}"
	trunk  = "/v1/Trunks/{TrunkSid}"
)

// endpoint has the paths of the objects of a kind: a collection and, below it, each object.
type endpoint struct {
	path string // path of the collection without .json, as in Twilio's OpenAPI documents
	kind *Kind
	// key is the name of the objects in a page's JSON, if it differs from the kind's.
	key string
	// parent is the name of the field with the SID of the object's parent.
	parent string
}

var endpoints = []endpoint{
	{path: sip + "/IpAccessControlLists", kind: Lists},
	{path: sip + "/IpAccessControlLists/{IpAccessControlListSid}/IpAddresses", kind: Addresses, parent: "ip_access_control_list_sid"},
	{path: sip + "/CredentialLists", kind: CredentialLists},
	{path: sip + "/CredentialLists/{CredentialListSid}/Credentials", kind: Credentials, parent: "credential_list_sid"},
	{path: sip + "/Domains", kind: Domains},
	// Mappings for calls have two paths. The first one returns fewer fields.
	{path: domain + "/Auth/Calls/IpAccessControlListMappings", kind: DomainLists, key: authKey},
	{path: domain + "/Auth/Calls/CredentialListMappings", kind: DomainCredentialLists, key: authKey},
	{path: domain + "/Auth/Registrations/CredentialListMappings", kind: DomainRegistrations, key: authKey},
	{path: domain + "/IpAccessControlListMappings", kind: DomainLists, parent: "domain_sid"},
	{path: domain + "/CredentialListMappings", kind: DomainCredentialLists, parent: "domain_sid"},
	{path: "/v1/Trunks", kind: Trunks},
	{path: trunk + "/IpAccessControlLists", kind: TrunkLists, parent: "trunk_sid"},
	{path: trunk + "/CredentialLists", kind: TrunkCredentialLists, parent: "trunk_sid"},
	{path: trunk + "/OriginationUrls", kind: OriginationURLs, parent: "trunk_sid"},
}

// authKey is the key of all collections below Auth. Their objects have no URI.
const authKey = "contents"

var routes = slices.Concat(endpointRoutes(endpoints), []route{newRoute(trunk+"/Recording", recording, map[string]operation{
	"GET": getRecording, "POST": updateRecording,
})})

func endpointRoutes(endpoints []endpoint) []route {
	var all []route
	for i := range endpoints {
		e := &endpoints[i]
		item := map[string]operation{"GET": e.get, "DELETE": e.delete}
		if e.kind.attaches == nil {
			item["POST"] = e.update
		}
		all = append(all,
			newRoute(e.path, e.kind, map[string]operation{"GET": e.list, "POST": e.create}),
			newRoute(e.path+"/{Sid}", e.kind, item))
	}
	return all
}
