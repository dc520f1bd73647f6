// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

const testAccount = "AC00000000000000000000000000000001"

// outcome is what happens to a POST.
type outcome int

const (
	done         outcome = iota // carried out and answered
	cutBefore                   // not carried out, connection closed
	cutAfter                    // carried out, connection closed
	errorAfter                  // carried out, answered with 500
	hangAfter                   // carried out, never answered
	timeoutLate                 // answered with 504, carried out 3 s later
	hangLate                    // never answered, carried out 20 s after it was sent
	hangVeryLate                // never answered, carried out 26 s after it was sent
	strangeSID                  // carried out, answered with a SID that is a path
)

// noHeader omits the Date header, as some proxies do.
const noHeader = time.Duration(-1)

// account is a network that serves the lists of one account, with a synthetic clock.
type account struct {
	mu    sync.Mutex
	lists []map[string]any
	next  int
	// outcomes are the outcomes of the next POSTs. After that, every POST succeeds.
	outcomes []outcome
	posts    int
	gets     int
	// beforeLookup runs before each request for the lists.
	beforeLookup func(*account)
	// skew is how far the account's clock is ahead, and headerSkew how far its Date headers are ahead of that clock. A headerSkew
	// of noHeader omits the headers.
	skew, headerSkew time.Duration
}

func (a *account) add(name string) string {
	a.next++
	sid := fmt.Sprintf("AL%032x", a.next)
	date := time.Now().Add(a.skew).UTC().Format(time.RFC1123Z)
	a.lists = append(a.lists, map[string]any{
		"sid": sid, "account_sid": testAccount, "friendly_name": name, "date_created": date, "date_updated": date,
	})
	return sid
}

// addByHand adds a list as another client would.
func (a *account) addByHand(name string) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.add(name)
}

func (a *account) sids() []string {
	a.mu.Lock()
	defer a.mu.Unlock()
	var sids []string
	for _, list := range a.lists {
		sids = append(sids, list["sid"].(string))
	}
	return sids
}

func (a *account) RoundTrip(request *http.Request) (*http.Response, error) {
	select {
	case <-request.Context().Done():
		return nil, request.Context().Err()
	case <-time.After(20 * time.Millisecond):
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	answer := func(status int, body any) (*http.Response, error) {
		text, err := json.Marshal(body)
		header := http.Header{"Content-Type": {"application/json"}}
		if a.headerSkew != noHeader {
			header.Set("Date", time.Now().Add(a.skew+a.headerSkew).UTC().Format(http.TimeFormat))
		}
		return &http.Response{
			StatusCode: status, Header: header, Request: request, ProtoMajor: 1, ProtoMinor: 1,
			Body: io.NopCloser(strings.NewReader(string(text))), ContentLength: int64(len(text)),
		}, err
	}
	if request.Method == http.MethodGet && strings.HasSuffix(request.URL.Path, "/IpAddresses.json") {
		return answer(http.StatusOK, map[string]any{"ip_addresses": []any{}, "next_page_uri": nil})
	}
	if request.Method == http.MethodDelete {
		a.lists = slices.DeleteFunc(a.lists, func(list map[string]any) bool {
			return strings.HasSuffix(request.URL.Path, "/"+list["sid"].(string)+".json")
		})
		return &http.Response{StatusCode: http.StatusNoContent, Header: http.Header{}, Body: http.NoBody, Request: request}, nil
	}
	if request.Method == http.MethodGet {
		a.gets++
		if a.beforeLookup != nil {
			a.beforeLookup(a)
		}
		lists := slices.Clone(a.lists)
		if lists == nil {
			lists = []map[string]any{}
		}
		return answer(http.StatusOK, map[string]any{"ip_access_control_lists": lists, "next_page_uri": nil})
	}
	body, err := io.ReadAll(request.Body)
	if err != nil {
		return nil, err
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return nil, err
	}
	a.posts++
	what := done
	if len(a.outcomes) > 0 {
		what, a.outcomes = a.outcomes[0], a.outcomes[1:]
	}
	if what == cutBefore {
		return nil, io.ErrUnexpectedEOF
	}
	hang := func() (*http.Response, error) {
		a.mu.Unlock()
		<-request.Context().Done()
		a.mu.Lock()
		return nil, request.Context().Err()
	}
	later := func(after time.Duration) { time.AfterFunc(after, func() { a.addByHand(form.Get("FriendlyName")) }) }
	switch what {
	case timeoutLate:
		later(3 * time.Second)
		return answer(http.StatusGatewayTimeout, map[string]any{})
	case hangLate:
		later(20 * time.Second)
		return hang()
	case hangVeryLate:
		later(26 * time.Second)
		return hang()
	}
	a.add(form.Get("FriendlyName"))
	switch what {
	case strangeSID:
		return answer(http.StatusCreated, map[string]any{"sid": "../../../Calls", "friendly_name": form.Get("FriendlyName")})
	case cutAfter:
		return nil, io.ErrUnexpectedEOF
	case errorAfter:
		return answer(http.StatusInternalServerError, map[string]any{"code": 20500, "message": "Internal Server Error", "status": 500})
	case hangAfter:
		return hang()
	}
	return answer(http.StatusCreated, a.lists[len(a.lists)-1])
}

func (a *account) client(t *testing.T) *Client {
	t.Helper()
	c, err := New(Config{AccountSID: testAccount, AuthToken: "token", Transport: a, Version: "test"})
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestLostCreateIsFoundOrRepeated(t *testing.T) {
	for name, test := range map[string]struct {
		outcomes []outcome
		posts    int
	}{
		"answered":                        {nil, 1},
		"cut after the work":              {[]outcome{cutAfter}, 1},
		"error after the work":            {[]outcome{errorAfter}, 1},
		"hang after the work":             {[]outcome{hangAfter}, 1},
		"cut before the work":             {[]outcome{cutBefore}, 2},
		"cut before the work, 3 times":    {[]outcome{cutBefore, cutBefore, cutBefore}, 4},
		"cut before, then after the work": {[]outcome{cutBefore, cutAfter}, 2},
		"gateway's timeout, work later":   {[]outcome{timeoutLate}, 1},
		"no answer, work later":           {[]outcome{hangLate}, 1},
		"no answer, work after the look":  {[]outcome{hangVeryLate}, 2},
		"SID that is a path":              {[]outcome{strangeSID}, 1},
	} {
		for _, clock := range [][2]time.Duration{
			{0, 0},
			{-1300 * time.Millisecond, 0},
			{700 * time.Millisecond, 0},
			{3 * time.Hour, 0},
			{-time.Hour, noHeader},
			{0, 2 * time.Second},
		} {
			t.Run(fmt.Sprintf("%s, clock %s", name, clock), func(t *testing.T) {
				synctest.Test(t, func(t *testing.T) {
					a := &account{outcomes: test.outcomes, skew: clock[0], headerSkew: clock[1]}
					stranger := a.addByHand("name")
					other := a.addByHand("other name")
					time.Sleep(3 * time.Second)
					list, err := a.client(t).CreateIPAccessControlList(t.Context(), "", "name")
					if err != nil {
						t.Fatal(err)
					}
					if sids := a.sids(); len(sids) != 3 || list.SID == stranger || list.SID == other || !slices.Contains(sids, list.SID) {
						t.Errorf("got %s; the account holds %v, of which %s and %s were there before", list.SID, sids, stranger, other)
					}
					if a.posts != test.posts {
						t.Errorf("%d POSTs, want %d", a.posts, test.posts)
					}
				})
			})
		}
	}
}

// The first create reads the existing lists; later creates read nothing.
func TestCreatesWithoutFault(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{}
		c := a.client(t)
		var wg sync.WaitGroup
		for n := range 10 {
			wg.Go(func() {
				if _, err := c.CreateIPAccessControlList(t.Context(), "", fmt.Sprint("name", n%3)); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		if a.posts != 10 || a.gets != 1 {
			t.Errorf("%d POSTs and %d GETs", a.posts, a.gets)
		}
	})
}

// TestCreatesOfOneName creates many lists with the same name at once, while responses get lost at random.
func TestCreatesOfOneName(t *testing.T) {
	for seed := range uint64(30) {
		synctest.Test(t, func(t *testing.T) {
			random := rand.New(rand.NewPCG(seed, 0))
			a := &account{}
			for range 60 {
				a.outcomes = append(a.outcomes, outcome(random.IntN(int(hangAfter)+1)))
			}
			c := a.client(t)
			const lists = 30
			got := make(chan string, lists)
			var wg sync.WaitGroup
			for range lists {
				wg.Go(func() {
					list, err := c.CreateIPAccessControlList(t.Context(), "", "name")
					if err != nil {
						t.Errorf("seed %d: %v", seed, err)
					}
					got <- list.SID
				})
			}
			wg.Wait()
			close(got)
			var sids []string
			for sid := range got {
				sids = append(sids, sid)
			}
			slices.Sort(sids)
			if held := a.sids(); len(slices.Compact(sids)) != lists || len(held) != lists {
				t.Errorf("seed %d: %d different SIDs for %d lists, and the account holds %d", seed, len(slices.Compact(sids)), lists, len(held))
			}
		})
	}
}

func TestUndecidableCreateNamesCandidates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{outcomes: []outcome{cutAfter}}
		var stranger string
		a.beforeLookup = func(a *account) {
			if a.gets == 2 {
				stranger = a.add("name")
			}
		}
		_, err := a.client(t).CreateIPAccessControlList(t.Context(), "", "name")
		uncertain, ok := errors.AsType[*UncertainCreateError](err)
		if !ok {
			t.Fatalf("got %v", err)
		}
		if sids := a.sids(); !slices.Equal(uncertain.Candidates, sids) || !slices.Contains(sids, stranger) {
			t.Errorf("names %v, the account holds %v", uncertain.Candidates, sids)
		}
	})
}

func TestInterruptedCreateComesHome(t *testing.T) {
	for name, what := range map[string]outcome{"cut after the work": cutAfter, "hang after the work": hangAfter} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				a := &account{outcomes: []outcome{what}}
				ctx, cancel := context.WithCancel(t.Context())
				var interrupted time.Time
				time.AfterFunc(100*time.Millisecond, func() { interrupted = time.Now(); cancel() })
				list, err := a.client(t).CreateIPAccessControlList(ctx, "", "name")
				if err != nil || list.SID != a.sids()[0] {
					t.Errorf("got %q, %v", list.SID, err)
				}
				if took := time.Since(interrupted); took > 6*time.Second {
					t.Errorf("took %s after the interrupt", took)
				}
			})
		})
	}
}

func TestInterruptedCreateThatMadeNothing(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		a := &account{outcomes: []outcome{cutBefore}}
		ctx, cancel := context.WithCancel(t.Context())
		time.AfterFunc(100*time.Millisecond, cancel)
		_, err := a.client(t).CreateIPAccessControlList(ctx, "", "name")
		if _, ok := errors.AsType[*Error](err); !ok {
			t.Errorf("got %v", err)
		}
		if len(a.sids()) != 0 || a.posts != 1 {
			t.Errorf("the account holds %v after %d POSTs", a.sids(), a.posts)
		}
	})
}
