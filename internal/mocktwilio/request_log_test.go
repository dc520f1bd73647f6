// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio_test

import (
	"fmt"
	"io"
	"net/http"
	"sync"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

func TestRequests(t *testing.T) {
	t.Parallel()
	var told []int
	s := start(t, mocktwilio.Options{OnRequest: func(r mocktwilio.Request) { told = append(told, r.Status) }})
	c := newClient(t, s)
	sub, _ := s.AddSubaccount()
	path := sip(sub, "IpAccessControlLists.json")
	id := c.post(path, form("FriendlyName", "a b")).header.Get("Twilio-Request-Id")
	c.get(path + "?PageSize=7").want(http.StatusOK)
	c.get("/nowhere").want(http.StatusNotImplemented)
	c.as("", "").get("/v1/Trunks").want(http.StatusUnauthorized)

	requests := s.Requests()
	wantEqual(t, "requests", len(requests), 4)
	const lists = "/2010-04-01/Accounts/{AccountSid}/SIP/IpAccessControlLists.json"
	for i, want := range []mocktwilio.Request{
		{Method: "POST", Path: path, Endpoint: lists, Status: 201, Done: true, Account: sub, InFlight: 1},
		{Method: "GET", Path: path, Endpoint: lists, Status: 200, Done: true, Account: sub, InFlight: 1},
		{Method: "GET", Path: "/nowhere", Status: 501, Code: 20501, Account: s.AccountSID(), InFlight: 1},
		{Method: "GET", Path: "/v1/Trunks", Endpoint: "/v1/Trunks", Status: 401, Code: 20003},
	} {
		got := requests[i]
		wantEqual(t, "Seq", got.Seq, i+1)
		wantEqual(t, "Time", got.Time, someTime)
		wantEqual(t, "Finished", got.Finished, true)
		wantEqual(t, "has a Duration", got.Duration > 0, true)
		got = mocktwilio.Request{
			Method: got.Method, Path: got.Path, Endpoint: got.Endpoint, Status: got.Status, Code: got.Code,
			Done: got.Done, Account: got.Account, InFlight: got.InFlight,
		}
		wantEqual(t, "request", fmt.Sprintf("%+v", got), fmt.Sprintf("%+v", want))
	}
	wantEqual(t, "Form", requests[0].Form.Encode(), "FriendlyName=a+b")
	wantEqual(t, "Query", requests[1].Query.Encode(), "PageSize=7")
	wantSlice(t, "OnRequest", told, []int{201, 200, 501, 401})

	found, ok := s.RequestByID(id)
	wantEqual(t, "found", ok, true)
	wantEqual(t, "Seq", found.Seq, 1)
	s.ResetRequests()
	_, ok = s.RequestByID(id)
	wantEqual(t, "found", ok, false)
	wantEqual(t, "requests", len(s.Requests()), 0)
	c.get(path).want(http.StatusOK)
	wantEqual(t, "Seq after a reset", s.Requests()[0].Seq, 5)
}

func TestDiscardRequests(t *testing.T) {
	t.Parallel()
	told := 0
	s := start(t, mocktwilio.Options{DiscardRequests: true, OnRequest: func(mocktwilio.Request) { told++ }})
	newClient(t, s).get("/v1/Trunks").want(http.StatusOK)
	wantEqual(t, "requests", len(s.Requests()), 0)
	wantEqual(t, "told", told, 1)
}

func TestSummary(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	path := sip(w.account, "IpAccessControlLists.json")
	w.post(path, form("FriendlyName", "a")).want(http.StatusCreated)
	w.post(path, form()).want(http.StatusBadRequest)
	w.get("/nowhere").want(http.StatusNotImplemented)
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultHTML, Status: 200})
	w.get("/v1/Trunks")
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultStatus, Status: 429})
	w.get("/v1/Trunks/" + w.trunk)
	w.AddFault(mocktwilio.Fault{Kind: mocktwilio.FaultCloseAfter})
	_, _ = w.send(w.request(http.MethodGet, "/v1/Trunks/"+w.trunk, "", ""))
	var summary mocktwilio.Summary
	for _, r := range w.Requests() {
		summary.Add(r)
	}
	wantEqual(t, "summary", "\n"+summary.String(), `
METHOD  ENDPOINT                        REQUESTS  THROTTLED  REJECTED  FAILED
GET     (not served)                           1          0         0       1
POST    /SIP/IpAccessControlLists.json         2          0         1       0
GET     /v1/Trunks                             1          0         0       1
GET     /v1/Trunks/{Sid}                       2          1         0       1
        total                                  6          1         1       3
`)
	wantEqual(t, "of nothing", new(mocktwilio.Summary).String(), `METHOD  ENDPOINT  REQUESTS  THROTTLED  REJECTED  FAILED
        total            0          0         0       0
`)
}

// TestConcurrentUse uses the API and the controls concurrently, for the race detector.
func TestConcurrentUse(t *testing.T) {
	t.Parallel()
	w := newFixture(t)
	w.http = &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 16}}
	w.SetFaultFunc(func(r *http.Request) *mocktwilio.Fault {
		if r.URL.RawQuery == "" {
			return nil
		}
		return &mocktwilio.Fault{Kind: mocktwilio.FaultStatus, AfterWork: true}
	})
	paths := w.paths()
	var group sync.WaitGroup
	for range 4 {
		group.Go(func() {
			for path := range paths {
				for _, query := range []string{"", "?a=b"} {
					_, _ = w.send(w.request(http.MethodGet, path+query, "", ""))
					_, _ = w.send(w.request(http.MethodPost, path+query, formType, "FriendlyName=a"))
				}
			}
		})
		group.Go(func() {
			for range 50 {
				l := w.CreateList("", "b")
				a := w.CreateAddress("", l.SID, "192.0.2.1", 32, "b")
				d, k := w.CreateDomain("", "x.sip.twilio.com", ""), w.CreateTrunk("", "x", "")
				w.MapList("", d.SID, l.SID)
				w.AssociateList("", k.SID, l.SID)
				w.RenameList("", l.SID, "c")
				w.UpdateAddress("", l.SID, a.SID, "192.0.2.2", 31, "c")
				_, _ = w.RequestByID("RQ")
				_, _, _ = len(w.Requests()), len(w.Lists("")), len(w.Domains(""))
				w.SetMaxInFlight(100)
				w.DeleteList("", l.SID)
				w.DeleteTrunk("", k.SID)
				_ = w.Save()
			}
		})
	}
	group.Wait()
	wantEqual(t, "trunks left", len(w.Trunks("")) >= 1, true)
}

// BenchmarkGet measures client and server together, because both are in this process.
func BenchmarkGet(b *testing.B) {
	s, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	l := s.CreateList("", "a")
	address := s.URL() + sip(s.AccountSID(), "IpAccessControlLists/"+l.SID+".json")
	c := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 64}}
	b.SetParallelism(8)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			r, _ := http.NewRequestWithContext(b.Context(), http.MethodGet, address, nil)
			r.SetBasicAuth(s.AccountSID(), s.AuthToken())
			answer, err := c.Do(r)
			if err != nil {
				b.Error(err)
				return
			}
			_, _ = io.Copy(io.Discard, answer.Body) // otherwise the connection is not reused
			_ = answer.Body.Close()
		}
	})
}
