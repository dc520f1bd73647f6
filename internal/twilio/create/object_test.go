// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

var (
	errAmbiguous = errors.New("no answer")
	// errInProgress is ambiguous, and the POST may still be carried out later.
	errInProgress = fmt.Errorf("timed out: %w", errAmbiguous)
	errDefinite   = errors.New("forbidden")
	errLookup     = errors.New("lookup failed")
)

// object is a member of the collection under test.
type object struct {
	sid, name string
	created   time.Time
}

// collection answers requests with scripts, on a fake clock.
type collection struct {
	// post answers the n-th POST, counted from 1.
	post func(ctx context.Context, n int) (object, error)
	// lookup answers every lookup.
	lookup func(ctx context.Context) ([]object, error)
	// earliest is the earliest creation date of an object made by any POST.
	earliest time.Time

	// before has the SIDs of the objects that existed before, if they are known.
	before map[string]bool

	mu      sync.Mutex
	posts   int
	removed []string
	lookups []time.Time
}

func (c *collection) claims() *Claims {
	return &Claims{
		Ambiguous:        func(err error) bool { return errors.Is(err, errAmbiguous) },
		InProgress:       func(err error) bool { return errors.Is(err, errInProgress) },
		EarliestCreation: func(error) time.Time { return c.earliest },
	}
}

// create creates an object with this name. All objects are in one group.
func (c *collection) create(ctx context.Context, claims *Claims, name string) (object, error) {
	return Object[object]{
		Group:  name,
		Before: func(context.Context) (map[string]bool, error) { return c.before, nil },
		Remove: func(_ context.Context, o object) error {
			c.removed = append(c.removed, o.sid)
			return nil
		},
		Post: func(ctx context.Context) (object, error) {
			c.mu.Lock()
			c.posts++
			n := c.posts
			c.mu.Unlock()
			return c.post(ctx, n)
		},
		Lookup: func(ctx context.Context) ([]object, error) {
			c.mu.Lock()
			c.lookups = append(c.lookups, time.Now())
			c.mu.Unlock()
			if c.lookup == nil {
				return nil, nil
			}
			return c.lookup(ctx)
		},
		Matches: func(o object) bool { return o.name == name },
		SID:     func(o object) string { return o.sid },
		Created: func(o object) time.Time { return o.created },
	}.Do(ctx, claims)
}

// lost is a POST whose response is lost.
func lost(context.Context, int) (object, error) { return object{}, errAmbiguous }

// lostOnce loses the response to the first POST. The second creates the object "second".
func lostOnce(_ context.Context, n int) (object, error) {
	if n == 1 {
		return object{}, errAmbiguous
	}
	return object{sid: "second"}, nil
}

// An object is claimed only if the create can have made it. Otherwise the create is repeated.
func TestObjectIsClaimedByFieldsAndDate(t *testing.T) {
	for name, test := range map[string]struct {
		found object
		ours  bool
	}{
		"created a second too early":   {object{name: "name", created: time.Unix(999, 0)}, false},
		"created at the earliest":      {object{name: "name", created: time.Unix(1000, 0)}, true},
		"created later":                {object{name: "name", created: time.Unix(1001, 0)}, true},
		"date unknown":                 {object{name: "name"}, true},
		"other fields":                 {object{name: "other", created: time.Unix(1001, 0)}, false},
		"belongs to an earlier create": {object{sid: "claimed", name: "name", created: time.Unix(1001, 0)}, false},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				claimed := &collection{post: func(context.Context, int) (object, error) { return object{sid: "claimed"}, nil }}
				claims := claimed.claims()
				if got, err := claimed.create(t.Context(), claims, "name"); err != nil || got.sid != "claimed" || len(claimed.lookups) != 0 {
					t.Fatalf("got %v, %v after %d lookups", got, err, len(claimed.lookups))
				}
				if test.found.sid == "" {
					test.found.sid = "found"
				}
				c := &collection{post: lostOnce, lookup: func(context.Context) ([]object, error) { return []object{test.found}, nil }}
				claims.EarliestCreation = func(err error) time.Time {
					if !errors.Is(err, errAmbiguous) {
						t.Errorf("asked for the earliest creation after %v", err)
					}
					return time.Unix(1000, 0)
				}
				want, posts := "second", 2
				if test.ours {
					want, posts = "found", 1
				}
				if got, err := c.create(t.Context(), claims, "name"); err != nil || got.sid != want || c.posts != posts {
					t.Errorf("got %v, %v after %d POSTs", got, err, c.posts)
				}
			})
		})
	}
}

// Two creates that cannot be told apart get one object each. The older create gets the older object, which the younger one cannot
// have made. The lookup waits for the POST in progress.
func TestObjectsOfOneGroup(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		older, younger := object{"SID2", "name", began}, object{"SID1", "name", began.Add(3 * time.Second)}
		c := &collection{
			earliest: began,
			post: func(_ context.Context, n int) (object, error) {
				if n == 2 {
					time.Sleep(5 * time.Second)
				}
				return object{}, errAmbiguous
			},
			lookup: func(context.Context) ([]object, error) {
				if since := time.Since(began); since < 5*time.Second {
					t.Errorf("looked up after %s, while a POST was on its way", since)
				}
				return []object{younger, older}, nil
			},
		}
		claims := c.claims()
		var wg sync.WaitGroup
		for _, want := range []object{older, younger} {
			wg.Go(func() {
				if got, err := c.create(t.Context(), claims, "name"); err != nil || got != want {
					t.Errorf("got %v, %v, want %v", got, err, want)
				}
			})
			synctest.Wait()
			time.Sleep(100 * time.Millisecond)
		}
		wg.Wait()
		if c.posts != 2 {
			t.Errorf("%d POSTs", c.posts)
		}
		// Both creates are resolved, so two candidates are too many for a third create.
		c.lookup = func(context.Context) ([]object, error) {
			return []object{older, younger, {"SID3", "name", time.Now()}, {"SID4", "name", time.Now()}}, nil
		}
		_, err := c.create(t.Context(), claims, "name")
		if uncertain, ok := errors.AsType[*UncertainError](err); !ok || !slices.Equal(uncertain.Candidates, []string{"SID3", "SID4"}) {
			t.Errorf("a third create got %v", err)
		}
	})
}

// If there are more candidates than creates that may have made them, the outcome is uncertain.
func TestTooManyCandidates(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		now := time.Now()
		c := &collection{post: lost, lookup: func(context.Context) ([]object, error) {
			return []object{{"SID2", "name", now}, {"SID1", "name", now.Add(time.Second)}, {"SID3", "other", now}}, nil
		}}
		_, err := c.create(t.Context(), c.claims(), "name")
		uncertain, ok := errors.AsType[*UncertainError](err)
		if !ok || !slices.Equal(uncertain.Candidates, []string{"SID1", "SID2"}) || !errors.Is(err, errAmbiguous) {
			t.Errorf("got %v", err)
		}
	})
}

func TestDefiniteErrorEndsACreate(t *testing.T) {
	c := &collection{post: func(context.Context, int) (object, error) { return object{}, errDefinite }}
	if _, err := c.create(t.Context(), c.claims(), "name"); !errors.Is(err, errDefinite) || c.posts != 1 || len(c.lookups) != 0 {
		t.Errorf("got %v after %d POSTs and %d lookups", err, c.posts, len(c.lookups))
	}
}

func TestFailedLookupIsUncertain(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &collection{post: lost, lookup: func(context.Context) ([]object, error) { return nil, errLookup }}
		_, err := c.create(t.Context(), c.claims(), "name")
		if _, ok := errors.AsType[*UncertainError](err); !ok || !errors.Is(err, errAmbiguous) || !errors.Is(err, errLookup) {
			t.Errorf("got %v", err)
		}
	})
}

// Lookups happen just after full seconds, at growing intervals. A create is given up after two minutes and six POSTs.
func TestRepeatedCreate(t *testing.T) {
	for name, test := range map[string]struct {
		first, each time.Duration // duration of the first POST, and of all others
		posts       int
		lookups     []int // seconds from the start, of the first lookups
	}{
		// The 16th lookup happens after exactly two minutes, which is within the budget.
		"quick POSTs": {time.Second, 0, 17, []int{2, 4, 7, 12, 21, 30, 39}},
		"slow POSTs":  {time.Minute, time.Minute, 6, []int{61}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				time.Sleep(20 * time.Millisecond)
				began := time.Now()
				c := &collection{post: func(_ context.Context, n int) (object, error) {
					if n == 1 {
						time.Sleep(test.first)
					} else {
						time.Sleep(test.each)
					}
					return object{}, errAmbiguous
				}}
				_, err := c.create(t.Context(), c.claims(), "name")
				took := time.Since(began)
				want := fmt.Sprintf("no answer; tried %d times in %s and looked up the object each time: it does not exist", test.posts, took)
				if !errors.Is(err, errAmbiguous) || err.Error() != want || c.posts != test.posts || took <= 2*time.Minute {
					t.Errorf("got %v after %d POSTs in %s", err, c.posts, took)
				}
				for i, second := range test.lookups {
					if got := c.lookups[i].Sub(began); got != time.Duration(second)*time.Second {
						t.Errorf("lookup %d came after %s, want %d s", i+1, got, second)
					}
				}
			})
		})
	}
}

// A POST may be carried out after its lookup. The lookup after the next POST claims its object.
func TestObjectOfAnEarlierPost(t *testing.T) {
	errAgain := errors.New("again")
	synctest.Test(t, func(t *testing.T) {
		c := &collection{}
		var late object
		c.post = func(_ context.Context, n int) (object, error) {
			time.Sleep(3 * time.Second)
			switch n {
			case 1:
				return object{}, errAmbiguous
			case 2:
				late = object{"late", "Office", time.Now().Add(-2 * time.Second)}
				return object{}, fmt.Errorf("%w: %w", errAmbiguous, errAgain)
			}
			return object{"duplicate", "Office", time.Now()}, nil
		}
		c.lookup = func(context.Context) ([]object, error) {
			if late.sid == "" {
				return nil, nil
			}
			return []object{late}, nil
		}
		claims := c.claims()
		claims.EarliestCreation = func(err error) time.Time {
			if !errors.Is(err, errAgain) {
				return time.Time{}
			}
			return time.Now()
		}
		if got, err := c.create(t.Context(), claims, "Office"); err != nil || got.sid != "late" || c.posts != 2 {
			t.Errorf("got %v, %v after %d POSTs", got, err, c.posts)
		}
	})
}

// A repeated POST may be refused because the first one was carried out after its lookups.
func TestRepeatedPostIsRefused(t *testing.T) {
	for name, found := range map[string][]object{"made by the first POST": {{sid: "late", name: "name"}}, "refused for another reason": nil} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := &collection{before: map[string]bool{"other": true}}
				c.post = func(_ context.Context, n int) (object, error) {
					if n == 1 {
						return object{}, errInProgress
					}
					return object{}, errDefinite
				}
				c.lookup = func(context.Context) ([]object, error) {
					if c.posts == 1 {
						return []object{{sid: "other", name: "name"}}, nil
					}
					return slices.Clone(found), nil
				}
				got, err := c.create(t.Context(), c.claims(), "name")
				if found != nil && (err != nil || got.sid != "late") || found == nil && !errors.Is(err, errDefinite) || c.posts != 2 {
					t.Errorf("got %v, %v after %d POSTs", got, err, c.posts)
				}
			})
		})
	}
}

// Duplicates of repeated POSTs are deleted if it is certain who made them. Otherwise the error names them.
func TestTwins(t *testing.T) {
	for name, test := range map[string]struct {
		found       []object
		removed     []string
		superfluous []string
	}{
		"none":                      {found: []object{{sid: "second", name: "name"}}},
		"of the lost POST":          {found: []object{{sid: "second", name: "name"}, {sid: "late", name: "name"}}, removed: []string{"late"}},
		"existed before":            {found: []object{{sid: "second", name: "name"}, {sid: "other", name: "name"}}},
		"more than POSTs were lost": {found: []object{{sid: "a", name: "name"}, {sid: "b", name: "name"}}, superfluous: []string{"a", "b"}},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				c := &collection{before: map[string]bool{"other": true}, post: lostOnce}
				c.lookup = func(context.Context) ([]object, error) {
					if c.posts == 1 {
						return nil, nil
					}
					return slices.Clone(test.found), nil
				}
				got, err := c.create(t.Context(), c.claims(), "name")
				superfluous, _ := errors.AsType[*SuperfluousError](err)
				var named []string
				if superfluous != nil {
					named = superfluous.SIDs
				}
				if got.sid != "second" || !slices.Equal(named, test.superfluous) || !slices.Equal(c.removed, test.removed) || (err != nil) != (superfluous != nil) {
					t.Errorf("got %v, %v, removed %q", got, err, c.removed)
				}
			})
		})
	}
}

// A create whose context ends gets one short lookup.
func TestInterruptedCreate(t *testing.T) {
	interrupted := fmt.Errorf("%w: %w", errAmbiguous, context.Canceled)
	for name, test := range map[string]struct {
		postErr   error
		found     []object
		hang      bool
		takes     time.Duration
		uncertain bool
		claimed   bool
	}{
		"found":                       {postErr: errAmbiguous, found: []object{{sid: "found", name: "name"}}, claimed: true},
		"not found":                   {postErr: errAmbiguous},
		"not found, POST interrupted": {postErr: interrupted, uncertain: true},
		"lookup hangs":                {postErr: errAmbiguous, hang: true, takes: 5300 * time.Millisecond, uncertain: true},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				ctx, cancel := context.WithCancel(t.Context())
				var ended time.Time
				time.AfterFunc(100*time.Millisecond, func() { ended = time.Now(); cancel() })
				c := &collection{
					post: func(context.Context, int) (object, error) { return object{}, test.postErr },
					lookup: func(ctx context.Context) ([]object, error) {
						if test.hang {
							<-ctx.Done()
							return nil, ctx.Err()
						}
						return test.found, nil
					},
				}
				got, err := c.create(ctx, c.claims(), "name")
				if took := time.Since(ended); took != test.takes {
					t.Errorf("took %s after the interrupt", took)
				}
				_, uncertain := errors.AsType[*UncertainError](err)
				if uncertain != test.uncertain || (err == nil) != test.claimed || test.claimed && got.sid != "found" || c.posts != 1 {
					t.Errorf("got %v, %v after %d POSTs", got, err, c.posts)
				}
				if !test.claimed && !errors.Is(err, errAmbiguous) {
					t.Errorf("%v hides the POST's error", err)
				}
			})
		})
	}
}

// An interrupted create cannot look for its object while another POST of the group is in progress. A lookup blocks a POST until
// the context of the lookup ends.
func TestInterruptedWhileWaitingForOthers(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		c := &collection{
			post: func(_ context.Context, n int) (object, error) {
				if n == 2 {
					time.Sleep(time.Minute)
					return object{sid: "slow"}, nil
				}
				return object{}, errAmbiguous
			},
			lookup: func(context.Context) ([]object, error) {
				time.Sleep(time.Minute)
				return nil, nil
			},
		}
		claims := c.claims()
		var wg sync.WaitGroup
		interrupted, cancel := context.WithCancel(t.Context())
		wg.Go(func() {
			_, err := c.create(interrupted, claims, "name")
			if _, ok := errors.AsType[*UncertainError](err); !ok || !errors.Is(err, errAmbiguous) {
				t.Errorf("interrupted: got %v", err)
			}
		})
		synctest.Wait()
		wg.Go(func() {
			if got, err := c.create(t.Context(), claims, "name"); err != nil || got.sid != "slow" {
				t.Errorf("slow: got %v, %v", got, err)
			}
		})
		synctest.Wait()
		cancel()
		wg.Wait()
		if len(c.lookups) != 0 {
			t.Errorf("%d lookups while a POST was on its way", len(c.lookups))
		}

		wg.Go(func() { _, _ = c.create(t.Context(), claims, "name") })
		time.Sleep(10 * time.Second)
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := c.create(short, claims, "name"); !errors.Is(err, context.DeadlineExceeded) || c.posts != 3 {
			t.Errorf("got %v after %d POSTs", err, c.posts)
		}
		// Other groups do not wait.
		c.post = func(context.Context, int) (object, error) { return object{sid: "made"}, nil }
		began := time.Now()
		if _, err := c.create(t.Context(), claims, "other"); err != nil || time.Since(began) != 0 {
			t.Errorf("another group: got %v after %s", err, time.Since(began))
		}
		wg.Wait()
	})
}
