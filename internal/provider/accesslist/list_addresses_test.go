// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const queriedType = "twilio_sip_ip_access_control_list"

// withAddresses is the configuration of a list block whose results include the addresses.
var withAddresses = map[string]any{"include_ip_addresses": true}

// startBranches starts a mock with the given number of lists and returns their SIDs.
func startBranches(t *testing.T, count int) (*acctest.Mock, []string) {
	t.Helper()
	m := acctest.StartMock(t)
	sids := make([]string, count)
	for i := range sids {
		sids[i] = m.CreateList("", fmt.Sprintf("Branch %d", i)).SID
		m.CreateAddress("", sids[i], fmt.Sprintf("192.0.2.%d", i%256), 32, fmt.Sprintf("Router %d", i))
		m.CreateAddress("", sids[i], "198.51.100.0", 24, "Office")
	}
	return m, sids
}

// beforeEntries calls a function before each response to a request for the entries of a list.
func beforeEntries(m *acctest.Mock, do func(r *http.Request)) {
	m.Wrap(func(next http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasSuffix(r.URL.Path, "/IpAddresses.json") {
				do(r)
			}
			next.ServeHTTP(w, r)
		})
	})
}

func TestQueryReadsEntriesOfSeveralListsAtOnce(t *testing.T) {
	t.Parallel()
	m, sids := startBranches(t, 200)
	const atOnce = 7
	m.ConfigureClient = func(c *twilio.Config) { c.MaxConcurrentRequests = atOnce }
	// The first requests for entries are answered when the expected number has arrived. If requests are not sent together,
	// attempts time out and are repeated.
	var arrived atomic.Int64
	all := make(chan struct{})
	beforeEntries(m, func(r *http.Request) {
		if arrived.Add(1) == atOnce {
			close(all)
		}
		select {
		case <-all:
		case <-r.Context().Done():
		}
	})

	results, diagnostics := m.Query(queriedType, withAddresses, 1000, true)
	if len(diagnostics) > 0 {
		t.Fatal(diagnostics[0])
	}
	var found []string
	for i, result := range results {
		found = append(found, fmt.Sprint(result.Identity["sid"]))
		if want := fmt.Sprintf("map[192.0.2.%d:Router %d 198.51.100.0/24:Office]", i, i); fmt.Sprint(result.Resource["ip_addresses"]) != want {
			t.Errorf("list %d has %v", i, result.Resource["ip_addresses"])
		}
	}
	if !slices.Equal(found, sids) {
		t.Errorf("the results are not the lists in the API's order: %q", found)
	}
	if requests := m.RequestLines(); len(requests) != 201 {
		t.Errorf("%d requests", len(requests))
	}
}

func TestQueryStreamsAndStopsWithItsReader(t *testing.T) {
	t.Parallel()
	m, sids := startBranches(t, 50)
	const atOnce = 4
	m.ConfigureClient = func(c *twilio.Config) { c.MaxConcurrentRequests = atOnce }
	// Only the entries of the first list can be read.
	beforeEntries(m, func(r *http.Request) {
		if !strings.Contains(r.URL.Path, sids[0]) {
			<-r.Context().Done()
		}
	})
	for result, diagnostics := range m.NewQuerier().Stream(t.Context(), queriedType, withAddresses, 1000, true) {
		if result == nil || result.Identity["sid"] != sids[0] {
			t.Errorf("the first result is %v, %v", result, diagnostics)
		}
		break
	}
	// When the query has ended, there are no more requests.
	if requests := m.RequestLines(); len(requests) > 1+atOnce {
		t.Errorf("%d requests were sent for one result", len(requests))
	}
}

func TestQueryWithAddressesStopsAtTheLimit(t *testing.T) {
	t.Parallel()
	m, sids := startBranches(t, 40)
	var deleted sync.Once
	for limit, requests := range map[int64]int{1: 2, 5: 6, 25: 26, 40: 41} {
		results, diagnostics := m.Query(queriedType, withAddresses, limit, true)
		if got := m.RequestLines(); int64(len(results)) != limit || len(diagnostics) > 0 || len(got) != requests {
			t.Errorf("a limit of %d gave %d results with %d requests, %v", limit, len(results), len(got), diagnostics)
		}
	}

	// A list that is deleted after its page was read does not count.
	beforeEntries(m, func(r *http.Request) {
		if strings.Contains(r.URL.Path, sids[2]) {
			deleted.Do(func() { m.DeleteList("", sids[2]) })
		}
	})
	results, diagnostics := m.Query(queriedType, withAddresses, 5, true)
	want := acctest.DisplayNames(results)
	if len(diagnostics) > 0 || len(want) != 5 || !strings.Contains(want[2], sids[3]) {
		t.Errorf("%q, %v", want, diagnostics)
	}
	if got := m.RequestLines(); len(got) != 7 {
		t.Errorf("requests %q", got)
	}
}

func TestQueryEndsWithTheFirstError(t *testing.T) {
	t.Parallel()
	m, sids := startBranches(t, 50)
	const atOnce = 4
	m.ConfigureClient = func(c *twilio.Config) { c.MaxConcurrentRequests = atOnce }
	m.AddFault(mocktwilio.Fault{Method: http.MethodGet, Path: sids[1] + "/IpAddresses", Kind: mocktwilio.FaultStatus, Status: http.StatusForbidden})

	results, diagnostics := m.Query(queriedType, withAddresses, 1000, true)
	if len(results) != 1 || len(diagnostics) != 1 || !strings.Contains(diagnostics[0].Summary, "the entries of IP access control list "+sids[1]) ||
		!strings.Contains(diagnostics[0].Detail, "Terraform discards the lists") || diagnostics[0].Attribute.String() != `AttributeName("include_ip_addresses")` {
		t.Errorf("%d results, %v", len(results), diagnostics)
	}
	if requests := m.RequestLines(); len(requests) > 2+atOnce {
		t.Errorf("%d requests were sent", len(requests))
	}
}

// TestQueryKeepsNoEntries checks that the entries of many lists do not stay in the read cache, where they are not needed.
func TestQueryKeepsNoEntries(t *testing.T) {
	t.Parallel()
	m, _ := startBranches(t, 3)
	querier := m.NewQuerier()
	for range 2 {
		querier.All(queriedType, withAddresses, 1000, true)
		if requests := m.RequestLines(); len(requests) != 4 {
			t.Errorf("requests %q", requests)
		}
	}
}

// TestQueryWithoutResourcesReadsNoEntries checks that include_ip_addresses makes no requests if Terraform only needs identities.
func TestQueryWithoutResourcesReadsNoEntries(t *testing.T) {
	t.Parallel()
	m, _ := startBranches(t, 3)
	results, diagnostics := m.Query(queriedType, withAddresses, 1000, false)
	if requests := m.RequestLines(); len(results) != 3 || len(diagnostics) > 0 || len(requests) != 1 {
		t.Errorf("%d results, %v, requests %q", len(results), diagnostics, requests)
	}
}
