// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cache

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

// item is a member of a collection.
type item struct{ sid, name string }

var (
	errNotFound = errors.New("not found")
	errRefused  = errors.New("refused")
)

// server has one collection and counts the requests for it.
type server struct {
	direct, whole atomic.Int64
	// delay is how long a response takes.
	delay time.Duration

	mu    sync.Mutex
	items map[string]item
	// hidden members exist but are missing in the collection, as when a collection changes between two pages.
	hidden map[string]bool
	fail   error
}

func newServer(n int) *server {
	s := &server{items: map[string]item{}, hidden: map[string]bool{}, delay: 50 * time.Millisecond}
	for i := range n {
		sid := testSID(i)
		s.items[sid] = item{sid, "before"}
	}
	return s
}

func (s *server) one(ctx context.Context, sid string) (item, error) {
	s.direct.Add(1)
	s.mu.Lock()
	found, ok := s.items[sid]
	s.mu.Unlock()
	if err := sleep(ctx, s.delay); err != nil {
		return item{}, err
	}
	if !ok {
		return item{}, errNotFound
	}
	return found, nil
}

func (s *server) all(ctx context.Context) ([]item, error) {
	s.whole.Add(1)
	s.mu.Lock()
	var items []item
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

func (s *server) set(sid, name string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.items[sid] = item{sid, name}
}

func sleep(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

const life = time.Minute

func testOptions() Options[item] {
	return Options[item]{
		Enabled: true, Life: life, Eager: true,
		SID:     func(i item) string { return i.sid },
		Refused: func(err error) bool { return errors.Is(err, errRefused) },
	}
}

func testSID(i int) string { return fmt.Sprintf("AL%032x", i) }

func (s *server) get(ctx context.Context, c *Cache[item], i int) (item, error) {
	return c.Get(ctx, "account", testSID(i), s.one, s.all)
}

func (s *server) asked(t *testing.T, direct, whole int64) {
	t.Helper()
	if s.direct.Load() != direct || s.whole.Load() != whole {
		t.Errorf("asked for %d single objects and %d collections, want %d and %d", s.direct.Load(), s.whole.Load(), direct, whole)
	}
}

func TestOneObjectIsOneSmallRequest(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		options := testOptions()
		options.Eager = false
		s, c := newServer(1000), New(options)
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
			options := testOptions()
			options.Eager = eager
			s, c := newServer(1000), New(options)
			var wg sync.WaitGroup
			for i := range 1000 {
				wg.Go(func() {
					list, err := s.get(t.Context(), c, i)
					if err != nil || list.sid != testSID(i) {
						t.Errorf("read of %d gave %q, %v", i, list.sid, err)
					}
				})
			}
			wg.Wait()
			if _, err := c.All(t.Context(), "account", s.all); err != nil {
				t.Fatal(err)
			}
			s.asked(t, want[0], want[1])
		})
	}
}

func TestDisabledReadCacheAsksForEachObject(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		options := testOptions()
		options.Enabled = false
		s, c := newServer(10), New(options)
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
		s, c := newServer(10), New(testOptions())
		early := make(chan string)
		go func() {
			list, _ := s.get(t.Context(), c, 1)
			early <- list.name
		}()
		synctest.Wait()
		// The write begins during the fetch and takes effect at once, but its response takes a while.
		end := c.Write("account")
		s.set(testSID(1), "after")
		during, err := s.get(t.Context(), c, 1)
		if err != nil || during.name != "after" {
			t.Errorf("a read during the write gave %q, %v", during.name, err)
		}
		end()
		after, err := s.get(t.Context(), c, 1)
		if err != nil || after.name != "after" {
			t.Errorf("a read after the write gave %q, %v", after.name, err)
		}
		// Reads share requests again.
		if _, err := s.get(t.Context(), c, 2); err != nil {
			t.Error(err)
		}
		s.asked(t, 1, 2)
		if name := <-early; name != "before" {
			t.Errorf("a read that ended before the write gave %q", name)
		}
	})
}

func TestWriteToEveryCollectionOfAKind(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
		if _, err := s.get(t.Context(), c, 1); err != nil {
			t.Fatal(err)
		}
		end := c.WriteAll()
		s.set(testSID(1), "after")
		for range 2 {
			list, err := s.get(t.Context(), c, 1)
			if err != nil || list.name != "after" {
				t.Errorf("gave %q, %v", list.name, err)
			}
			end()
			end = func() {}
		}
		s.asked(t, 1, 2)
	})
}

func TestMissingFromSnapshotIsConfirmed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
		s.hidden[testSID(3)] = true
		if _, err := s.get(t.Context(), c, 3); err != nil {
			t.Errorf("an object that the collection lacked: %v", err)
		}
		if _, err := s.get(t.Context(), c, 99); !errors.Is(err, errNotFound) {
			t.Errorf("an object that does not exist: %v", err)
		}
		s.asked(t, 2, 1)
	})
}

func TestFailedFetchIsNotKept(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
		s.fail = errors.New("server error")
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
		s, c := newServer(10), New(testOptions())
		s.fail = errRefused
		if _, err := s.get(t.Context(), c, 3); err != nil {
			t.Error(err)
		}
		s.asked(t, 1, 1)
	})
}

func TestReadEndsWithItsContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
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
		s, c := newServer(10), New(testOptions())
		s.delay = time.Hour
		ctx, cancel := context.WithCancel(t.Context())
		go cancel()
		if _, err := s.get(ctx, c, 1); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		started := time.Now()
		// If the fetch were still in progress, the fake clock would have to advance by an hour for it to end.
		synctest.Wait()
		s.delay = 0
		if _, err := s.get(t.Context(), c, 1); err != nil || time.Since(started) > time.Second {
			t.Errorf("the next read took %s and ended with %v", time.Since(started), err)
		}
		s.asked(t, 0, 2)
	})
}

// Reads that are interrupted together wait for the error of the fetch, which says why there was no response. A read that leaves
// others behind does not wait.
func TestInterruptedReadSaysWhatTheFetchSaid(t *testing.T) {
	errBefore := errors.New("connection refused")
	all := func(ctx context.Context) ([]item, error) {
		<-ctx.Done()
		return nil, fmt.Errorf("%w: %w", ctx.Err(), errBefore)
	}
	synctest.Test(t, func(t *testing.T) {
		c := New(testOptions())
		ctx, cancel := context.WithCancel(t.Context())
		staying, leave := context.WithCancel(t.Context())
		time.AfterFunc(time.Second, cancel)
		time.AfterFunc(time.Minute, leave)
		read := func(ctx context.Context, end time.Duration, told bool) func() {
			return func() {
				began := time.Now()
				_, err := c.All(ctx, "lists", all)
				if took := time.Since(began); took != end || !errors.Is(err, context.Canceled) || errors.Is(err, errBefore) != told {
					t.Errorf("after %s: %v", took, err)
				}
			}
		}
		var reads sync.WaitGroup
		reads.Go(read(ctx, time.Second+lastWords, false))
		reads.Go(read(staying, time.Minute, true))
		reads.Go(read(staying, time.Minute, true))
		reads.Wait()
	})
}

// A read never joins a fetch that was canceled, even if the fetch has not ended yet.
func TestCanceledFetchServesNobody(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
		slow := func(ctx context.Context) ([]item, error) {
			<-ctx.Done()
			time.Sleep(time.Second)
			return nil, ctx.Err()
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
		defer cancel()
		if _, err := c.All(ctx, "account", slow); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if _, err := s.get(t.Context(), c, 1); err != nil {
			t.Errorf("the next read: %v", err)
		}
		// The end of the canceled fetch does not drop the next one.
		time.Sleep(2 * time.Second)
		if _, err := s.get(t.Context(), c, 2); err != nil {
			t.Error(err)
		}
		s.asked(t, 0, 1)
	})
}

// The end of a fetch that a write has dropped does not affect the next fetch.
func TestDroppedFetchLeavesTheNextAlone(t *testing.T) {
	for name, fail := range map[string]bool{"canceled": false, "failed": true} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				s, c := newServer(10), New(testOptions())
				s.delay = 10 * time.Second
				ctx, cancel := context.WithCancel(t.Context())
				defer cancel()
				dropped := func(ctx context.Context) ([]item, error) {
					if fail {
						return nil, errors.Join(sleep(ctx, time.Second), errRefused)
					}
					return nil, sleep(ctx, time.Hour)
				}
				var wg sync.WaitGroup
				wg.Go(func() { _, _ = c.All(ctx, "account", dropped) })
				synctest.Wait()
				c.Write("account")()
				for i := range 2 {
					wg.Go(func() {
						if _, err := s.get(t.Context(), c, i); err != nil {
							t.Error(err)
						}
					})
					time.Sleep(2 * time.Second)
					cancel()
				}
				wg.Wait()
				s.asked(t, 0, 1)
			})
		})
	}
}

func TestSnapshotExpires(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(10), New(testOptions())
		if _, err := s.get(t.Context(), c, 1); err != nil {
			t.Fatal(err)
		}
		s.set(testSID(1), "changed by hand")
		// The life of a snapshot begins with its fetch.
		time.Sleep(life - s.delay)
		if list, _ := s.get(t.Context(), c, 1); list.name != "before" {
			t.Errorf("at the end of the snapshot's life: %q", list.name)
		}
		time.Sleep(time.Nanosecond)
		if list, _ := s.get(t.Context(), c, 1); list.name != "changed by hand" {
			t.Errorf("after the snapshot's life: %q", list.name)
		}
	})
}

func TestForgottenMemberIsGoneFromSnapshot(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(3), New(testOptions())
		if _, err := c.All(t.Context(), "account", s.all); err != nil {
			t.Fatal(err)
		}
		c.Forget("account", testSID(1))
		left, err := c.All(t.Context(), "account", s.all)
		if err != nil || len(left) != 2 {
			t.Errorf("%d left, %v", len(left), err)
		}
		s.asked(t, 0, 1)
	})
}

// A fetch that is in progress when an object is deleted may still have the object.
func TestForgetDropsAFetchUnderWay(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s, c := newServer(3), New(testOptions())
		go func() { _, _ = s.get(t.Context(), c, 2) }()
		synctest.Wait()
		s.mu.Lock()
		delete(s.items, testSID(1))
		s.mu.Unlock()
		c.Forget("account", testSID(1))
		left, err := c.All(t.Context(), "account", s.all)
		if err != nil || len(left) != 2 {
			t.Errorf("%d left, %v", len(left), err)
		}
		s.asked(t, 0, 2)
	})
}

// Only the latest collections are kept, and reads return the right results anyway.
func TestKeptObjectsAreBounded(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		options := testOptions()
		options.Eager, options.MaxObjects = true, 25
		s, c := newServer(10), New(options)
		read := func(collection string, requests int64) {
			t.Helper()
			for i := range 10 {
				list, err := c.Get(t.Context(), collection, testSID(i), s.one, s.all)
				if err != nil || list.sid != testSID(i) {
					t.Errorf("%s: got %q, %v", collection, list.sid, err)
				}
			}
			s.asked(t, 0, requests)
		}
		read("A", 1)
		read("B", 2)
		read("A", 2)
		read("C", 3) // 30 objects: A and B are dropped
		read("C", 3)
		read("B", 4)
		read("C", 4)
		read("A", 5)
		read("A", 5) // a collection is kept while it is the latest one
		read("C", 6) // of C, A and B, C was dropped

		// A fetch in progress still serves the reads that come during it.
		var reads sync.WaitGroup
		for _, begin := range []time.Duration{0, s.delay / 2, s.delay * 5 / 4} {
			collection := "E"
			if begin == 0 {
				collection = "D"
			}
			reads.Go(func() {
				time.Sleep(begin)
				if _, err := c.Get(t.Context(), collection, testSID(1), s.one, s.all); err != nil {
					t.Error(err)
				}
			})
		}
		reads.Wait()
		s.asked(t, 0, 8)

		options.MaxObjects = 5
		s, c = newServer(10), New(options)
		read("A", 1)
		read("A", 1)
	})
}
