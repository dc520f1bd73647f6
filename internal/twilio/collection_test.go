// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// shelf is a collection on the far side: it counts how it is asked.
type shelf struct {
	direct, whole atomic.Int64
	// delay is how long an answer takes.
	delay time.Duration

	mu    sync.Mutex
	items map[string]IPAccessControlList
	// hidden members exist but are missing from the whole, as when a collection changes while it is paged.
	hidden map[string]bool
	fail   error
}

func newShelf(n int) *shelf {
	s := &shelf{items: map[string]IPAccessControlList{}, hidden: map[string]bool{}, delay: 50 * time.Millisecond}
	for i := range n {
		sid := fmt.Sprintf("AL%032x", i)
		s.items[sid] = IPAccessControlList{SID: sid, FriendlyName: "before"}
	}
	return s
}

func (s *shelf) one(sid string) func(context.Context) (IPAccessControlList, error) {
	return func(ctx context.Context) (IPAccessControlList, error) {
		s.direct.Add(1)
		s.mu.Lock()
		item, ok := s.items[sid]
		s.mu.Unlock()
		if err := sleep(ctx, s.delay); err != nil {
			return IPAccessControlList{}, err
		}
		if !ok {
			return IPAccessControlList{}, &Error{Reason: NotFound, Status: 404}
		}
		return item, nil
	}
}

func (s *shelf) all(ctx context.Context) ([]IPAccessControlList, error) {
	s.whole.Add(1)
	s.mu.Lock()
	var items []IPAccessControlList
	for sid, item := range s.items {
		if !s.hidden[sid] {
			items = append(items, item)
		}
	}
	fail := s.fail
	s.mu.Unlock()
	if err := sleep(ctx, s.delay); err != nil {
		return nil, err
	}
	return items, fail
}

func (s *shelf) set(sid, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[sid] = IPAccessControlList{SID: sid, FriendlyName: name}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

func testCache(eager bool) *cache[IPAccessControlList] {
	return &cache[IPAccessControlList]{enabled: true, life: snapshotLife, eager: eager, sid: ipAccessControlListSID}
}

func (s *shelf) get(ctx context.Context, c *cache[IPAccessControlList], i int) (IPAccessControlList, error) {
	sid := fmt.Sprintf("AL%032x", i)
	return c.get(ctx, "account", sid, s.one(sid), s.all)
}

func (s *shelf) asked(t *testing.T, direct, whole int64) {
	t.Helper()
	if s.direct.Load() != direct || s.whole.Load() != whole {
		t.Errorf("asked for %d single objects and %d collections, want %d and %d", s.direct.Load(), s.whole.Load(), direct, whole)
	}
}

func TestOneObjectIsOneSmallRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(1000), testCache(false)
		for range 3 {
			if _, err := s.get(t.Context(), c, 7); err != nil {
				t.Fatal(err)
			}
		}
		s.asked(t, 3, 0)
	})
}

func TestManyObjectsShareOneFetch(t *testing.T) {
	for eager, want := range map[bool][2]int64{false: {1, 1}, true: {0, 1}} {
		synctest.Test(t, func(t *testing.T) {
			s, c := newShelf(1000), testCache(eager)
			var wg sync.WaitGroup
			for i := range 1000 {
				wg.Go(func() {
					list, err := s.get(t.Context(), c, i)
					if err != nil || list.SID != fmt.Sprintf("AL%032x", i) {
						t.Errorf("read of %d gave %q, %v", i, list.SID, err)
					}
				})
			}
			wg.Wait()
			if _, err := c.all(t.Context(), "account", s.all); err != nil {
				t.Fatal(err)
			}
			s.asked(t, want[0], want[1])
		})
	}
}

func TestDisabledReadCacheAsksForEachObject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		c.enabled = false
		for i := range 10 {
			if _, err := s.get(t.Context(), c, i); err != nil {
				t.Fatal(err)
			}
		}
		s.asked(t, 10, 0)
	})
}

func TestReadAfterWriteNeverSeesWhatWasBefore(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		early := make(chan string)
		go func() {
			list, _ := s.get(t.Context(), c, 1)
			early <- list.FriendlyName
		}()
		synctest.Wait()
		// The write begins while the fetch is under way, and takes effect at once; its answer takes a while.
		end := c.write("account")
		s.set(fmt.Sprintf("AL%032x", 1), "after")
		during, err := s.get(t.Context(), c, 1)
		if err != nil || during.FriendlyName != "after" {
			t.Errorf("a read during the write gave %q, %v", during.FriendlyName, err)
		}
		end()
		after, err := s.get(t.Context(), c, 1)
		if err != nil || after.FriendlyName != "after" {
			t.Errorf("a read after the write gave %q, %v", after.FriendlyName, err)
		}
		if name := <-early; name != "before" {
			t.Errorf("a read that ended before the write gave %q", name)
		}
	})
}

func TestWriteToEveryCollectionOfAKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		if _, err := s.get(t.Context(), c, 1); err != nil {
			t.Fatal(err)
		}
		end := c.writeAll()
		s.set(fmt.Sprintf("AL%032x", 1), "after")
		for range 2 {
			list, err := s.get(t.Context(), c, 1)
			if err != nil || list.FriendlyName != "after" {
				t.Errorf("gave %q, %v", list.FriendlyName, err)
			}
			end()
			end = func() {}
		}
		s.asked(t, 1, 2)
	})
}

func TestMissingFromSnapshotIsConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		s.hidden[fmt.Sprintf("AL%032x", 3)] = true
		if _, err := s.get(t.Context(), c, 3); err != nil {
			t.Errorf("an object that the collection lacked: %v", err)
		}
		if _, err := s.get(t.Context(), c, 99); !IsNotFound(err) {
			t.Errorf("an object that does not exist: %v", err)
		}
		s.asked(t, 2, 1)
	})
}

func TestFailedFetchIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		s.fail = &Error{Reason: ServerError, Status: 500}
		if _, err := s.get(t.Context(), c, 3); err == nil {
			t.Error("a failed fetch gave no error")
		}
		s.fail = nil
		if _, err := s.get(t.Context(), c, 3); err != nil {
			t.Errorf("the next read: %v", err)
		}
		s.asked(t, 0, 2)
	})
}

func TestRefusedCollectionIsReadOneByOne(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		s.fail = &Error{Reason: Forbidden, Status: 403}
		if _, err := s.get(t.Context(), c, 3); err != nil {
			t.Error(err)
		}
		s.asked(t, 1, 1)
	})
}

func TestWhoWaitsCanLeave(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		s.delay = time.Hour
		impatient, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		left, stayed := make(chan error, 1), make(chan error, 1)
		go func() { _, err := s.get(impatient, c, 1); left <- err }()
		synctest.Wait()
		go func() { _, err := s.get(t.Context(), c, 2); stayed <- err }()
		started := time.Now()
		if err := <-left; !errors.Is(err, context.DeadlineExceeded) || time.Since(started) > 2*time.Second {
			t.Errorf("left after %s with %v", time.Since(started), err)
		}
		if err := <-stayed; err != nil {
			t.Errorf("who stayed: %v", err)
		}
		s.asked(t, 0, 1)
	})
}

func TestFetchEndsWhenNobodyWaits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		s.delay = time.Hour
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		if _, err := s.get(ctx, c, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		started := time.Now()
		// Were the fetch still under way, the bubble's clock would have to advance by an hour for it to end.
		synctest.Wait()
		s.delay = 0
		if _, err := s.get(t.Context(), c, 1); err != nil || time.Since(started) > time.Second {
			t.Errorf("the next read took %s and ended with %v", time.Since(started), err)
		}
		s.asked(t, 0, 2)
	})
}

func TestSnapshotDies(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(10), testCache(true)
		if _, err := s.get(t.Context(), c, 1); err != nil {
			t.Fatal(err)
		}
		s.set(fmt.Sprintf("AL%032x", 1), "changed by hand")
		time.Sleep(snapshotLife - time.Second)
		if list, _ := s.get(t.Context(), c, 1); list.FriendlyName != "before" {
			t.Errorf("within the snapshot's life: %q", list.FriendlyName)
		}
		time.Sleep(time.Second)
		if list, _ := s.get(t.Context(), c, 1); list.FriendlyName != "changed by hand" {
			t.Errorf("after the snapshot's life: %q", list.FriendlyName)
		}
	})
}

func TestForgottenMemberIsGoneFromSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newShelf(3), testCache(true)
		if _, err := c.all(t.Context(), "account", s.all); err != nil {
			t.Fatal(err)
		}
		c.collection("account").forget(fmt.Sprintf("AL%032x", 1))
		left, err := c.all(t.Context(), "account", s.all)
		if err != nil || len(left) != 2 {
			t.Errorf("%d left, %v", len(left), err)
		}
		s.asked(t, 0, 1)
	})
}
