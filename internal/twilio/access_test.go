// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio_test

import (
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// callers describes an access as "192.0.2.1 in AL…" for each entry, and the SIDs of credential lists.
func callers(access twilio.Access) []string {
	found := []string{}
	for _, list := range access.Lists {
		for _, entry := range list.Entries {
			found = append(found, entry.IPAddress+" in "+list.ListSID)
		}
	}
	for _, list := range access.CredentialLists {
		found = append(found, list.SID)
	}
	return found
}

func unattached(report twilio.AccessReport) []string {
	found := []string{}
	for _, list := range report.Unattached {
		found = append(found, list.SID)
	}
	return found
}

func expectStrings(t *testing.T, what string, got []string, want ...string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: %q, want %q", what, got, want)
	}
}

// before calls change before the first request whose path ends with suffix.
func before(server *mocktwilio.Server, suffix string, change func()) {
	var once sync.Once
	server.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, suffix) {
				once.Do(change)
			}
			inner.ServeHTTP(w, r)
		})
	})
}

func TestAccessReportRequests(t *testing.T) {
	t.Parallel()
	for name, disableCache := range map[string]bool{"with the read cache": false, "without": true} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, client := startUsage(t, func(_ *mocktwilio.Server, c *twilio.Config) { c.DisableReadCache = disableCache })
			var lists []string
			for i := range 200 {
				list := server.CreateList("", fmt.Sprintf("List %d", i)).SID
				lists = append(lists, list)
				for host := range 20 {
					server.CreateAddress("", list, fmt.Sprintf("10.0.%d.%d", i, host), 32, "Gateway")
				}
			}
			credentials := server.CreateCredentialList("", "Users").SID
			for i := range 50 {
				domain := server.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID
				for n := range 6 {
					server.MapList("", domain, lists[(4*i+n)%180])
				}
				if i < 5 {
					server.MapCredentialList("", domain, credentials)
				}
			}
			for i := range 20 {
				trunk := server.CreateTrunk("", fmt.Sprintf("Trunk %d", i), "").SID
				for n := range 6 {
					server.AssociateList("", trunk, lists[(9*i+n)%180])
				}
				if i < 2 {
					server.AssociateCredentialList("", trunk, credentials)
				}
			}
			report, err := client.AccessReport(t.Context(), "")
			if err != nil || len(report.Domains) != 50 || len(report.Trunks) != 20 {
				t.Fatalf("%d domains, %d trunks, %v", len(report.Domains), len(report.Trunks), err)
			}
			for _, domain := range report.Domains {
				if got := len(callers(domain.Access)); got < 6*20 {
					t.Errorf("%s: %d callers", domain.DomainName, got)
				}
			}
			expectStrings(t, "unattached", unattached(report), lists[180:]...)

			// The pages of lists, domains, and trunks; the lists of each domain and trunk; the credential lists of those that
			// have any; the entries of each attached list.
			const pages, parents, withCredentials, attached = 3, 50 + 20, 5 + 2, 180
			if got, want := len(server.Requests()), pages+parents+withCredentials+attached; got != want {
				t.Errorf("%d requests, want %d", got, want)
			}
		})
	}
}

// TestAccessWhileObjectsDisappear deletes and changes objects after a page has listed them.
func TestAccessWhileObjectsDisappear(t *testing.T) {
	t.Parallel()
	type office struct {
		*mocktwilio.Server
		domain, kept, dropped, keptEntry, droppedEntry string
	}
	start := func(t *testing.T) (office, *twilio.Client) {
		t.Helper()
		server, client := startUsage(t, nil)
		o := office{Server: server, domain: server.CreateDomain("", "office.sip.twilio.com", "").SID}
		o.kept, o.dropped = server.CreateList("", "Kept").SID, server.CreateList("", "Dropped").SID
		server.CreateAddress("", o.kept, "192.0.2.1", 32, "Kept")
		server.CreateAddress("", o.dropped, "192.0.2.2", 32, "Dropped")
		server.MapList("", o.domain, o.dropped)
		server.MapList("", o.domain, o.kept)
		o.keptEntry, o.droppedEntry = "192.0.2.1 in "+o.kept, "192.0.2.2 in "+o.dropped
		return o, client
	}
	drop := func(o office) {
		o.UnmapList("", o.domain, o.dropped)
		o.DeleteList("", o.dropped)
	}
	const mappings = "/IpAccessControlListMappings.json"

	t.Run("a list", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		before(o.Server, o.dropped+"/IpAddresses.json", func() { drop(o) })
		access, err := client.DomainAccess(t.Context(), "", o.domain)
		if err != nil {
			t.Fatal(err)
		}
		expectStrings(t, "callers", callers(access.Access), o.keptEntry)
	})
	t.Run("a list that another one replaces", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		second := o.CreateDomain("", "second.sip.twilio.com", "").SID
		o.MapList("", second, o.kept)
		added := o.CreateList("", "Added").SID
		o.CreateAddress("", added, "192.0.2.3", 32, "Added")
		before(o.Server, o.dropped+"/IpAddresses.json", func() {
			drop(o)
			o.MapList("", o.domain, added)
		})
		report, err := client.AccessReport(t.Context(), "")
		if err != nil || len(report.Domains) != 2 {
			t.Fatal(report, err)
		}
		expectStrings(t, "callers", callers(report.Domains[0].Access), o.keptEntry, "192.0.2.3 in "+added)
		expectStrings(t, "callers of the second", callers(report.Domains[1].Access), o.keptEntry)
	})
	t.Run("the last lists", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		before(o.Server, mappings, func() {
			drop(o)
			o.UnmapList("", o.domain, o.kept)
		})
		access, err := client.DomainAccess(t.Context(), "", o.domain)
		if err != nil || access.AuthType != "" {
			t.Fatalf("auth type %q, %v", access.AuthType, err)
		}
		expectStrings(t, "callers", callers(access.Access))
	})
	t.Run("a domain", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		before(o.Server, mappings, func() { o.DeleteDomain("", o.domain) })
		report, err := client.AccessReport(t.Context(), "")
		if err != nil || len(report.Domains) != 0 {
			t.Fatal(report, err)
		}
		expectStrings(t, "unattached", unattached(report), o.kept, o.dropped)
	})
	t.Run("the only domain", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		before(o.Server, mappings, func() { o.DeleteDomain("", o.domain) })
		if access, err := client.DomainAccess(t.Context(), "", o.domain); !twilio.IsNotFound(err) {
			t.Errorf("%v, %v", access, err)
		}
	})
	t.Run("the only trunk", func(t *testing.T) {
		t.Parallel()
		o, client := start(t)
		trunk := o.CreateTrunk("", "Carrier", "").SID
		o.AssociateList("", trunk, o.kept)
		before(o.Server, trunk+"/IpAccessControlLists", func() { o.DeleteTrunk("", trunk) })
		if access, err := client.TrunkAccess(t.Context(), trunk); !twilio.IsNotFound(err) {
			t.Errorf("%v, %v", access, err)
		}
	})
	// A collection that is not found although its parent exists must not be treated as empty.
	for name, path := range map[string]string{"mappings": mappings, "entries": "/IpAddresses.json"} {
		t.Run("nothing, but "+name+" are not found", func(t *testing.T) {
			t.Parallel()
			o, client := start(t)
			o.AddFault(mocktwilio.Fault{Path: path, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusNotFound, Code: 20404})
			access, domainErr := client.DomainAccess(t.Context(), "", o.domain)
			report, reportErr := client.AccessReport(t.Context(), "")
			for _, err := range []error{domainErr, reportErr} {
				// The first list of the domain is the list that was attached first.
				list, aboutList := errors.AsType[*twilio.AttachedListMissingError](err)
				if !twilio.IsNotFound(err) || aboutList != (name == "entries") || aboutList && (list.ListSID != o.dropped || list.ParentSID != o.domain) {
					t.Errorf("%v, %v: %v", access, report, err)
				}
			}
		})
	}
}

// TestAccessAuthTypes reads domains and trunks with every combination of lists, with a mock that shows auth types, one that shows
// none, and one that only names credential lists. IP access control lists must never be overlooked.
func TestAccessAuthTypes(t *testing.T) {
	t.Parallel()
	for name, shown := range map[string]string{"shown": "", "not shown": `null`, "wrong": `"CREDENTIAL_LIST"`} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			server, client := startUsage(t, nil)
			list, credentials := server.CreateList("", "Office").SID, server.CreateCredentialList("", "Users").SID
			server.CreateAddress("", list, "192.0.2.1", 32, "Office")
			if shown != "" {
				showAuthType(server, shown)
			}
			for i := range 4 {
				domain, trunk := server.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", i), "").SID, server.CreateTrunk("", "Carrier", "").SID
				var want, types []string
				if i&1 != 0 {
					server.MapList("", domain, list)
					server.AssociateList("", trunk, list)
					want, types = append(want, "192.0.2.1 in "+list), append(types, "IP_ACL")
				}
				if i&2 != 0 {
					server.MapCredentialList("", domain, credentials)
					server.AssociateCredentialList("", trunk, credentials)
					want, types = append(want, credentials), append(types, "CREDENTIAL_LIST")
				}
				authType := strings.Join(types, ",")
				if shown != "" {
					authType = strings.Trim(strings.TrimPrefix(shown, "null"), `"`)
				}
				domainAccess, domainErr := client.DomainAccess(t.Context(), "", domain)
				trunkAccess, trunkErr := client.TrunkAccess(t.Context(), trunk)
				if err := errors.Join(domainErr, trunkErr); err != nil {
					t.Fatal(err)
				}
				expectStrings(t, "domain", callers(domainAccess.Access), want...)
				expectStrings(t, "trunk", callers(trunkAccess.Access), want...)
				if domainAccess.AuthType != authType || trunkAccess.AuthType != authType {
					t.Errorf("auth types %q and %q, want %q", domainAccess.AuthType, trunkAccess.AuthType, authType)
				}
			}
		})
	}
}

var authType, authTypeSet = regexp.MustCompile(`"auth_type": ?("[^"]*"|null)`), regexp.MustCompile(`"auth_type_set": ?\[[^\]]*\]`)

// showAuthType sets the auth type of all domains and trunks, as JSON, in all responses.
func showAuthType(server *mocktwilio.Server, shown string) {
	server.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			answer := httptest.NewRecorder()
			inner.ServeHTTP(answer, r)
			for name, values := range answer.Header() {
				if name != "Content-Length" {
					w.Header()[name] = values
				}
			}
			w.WriteHeader(answer.Code)
			body := authType.ReplaceAll(answer.Body.Bytes(), []byte(`"auth_type": `+shown))
			_, _ = w.Write(authTypeSet.ReplaceAll(body, []byte(`"auth_type_set": null`)))
		})
	})
}
