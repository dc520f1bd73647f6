// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package limit_test

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

// Upper bounds for each kind of limit: how long 200 creates take, and how many 429s there are per accepted request after the
// first second.
func TestBounds(t *testing.T) {
	const anyShare = 100
	for _, test := range []struct {
		name   string
		limits limits
		most   time.Duration
		share  float64
	}{
		{"no limit", limits{}, 1100 * ms, 0},
		{"20/s in any second", limits{sliding: 20}, 11500 * ms, 0.25},
		{"20/s in each second", limits{fixed: 20}, 11500 * ms, 0.25},
		{"20/s and a burst of 20", limits{bucket: 20, burst: 20}, 11500 * ms, 0.25},
		{"20/s and a burst of 5", limits{bucket: 20, burst: 5}, 11500 * ms, 0.25},
		{"5/s in any second", limits{sliding: 5}, 48 * time.Second, 1},
		{"5/s in each second", limits{fixed: 5}, 48 * time.Second, 1},
		{"5/s and a burst of 5", limits{bucket: 5, burst: 5}, 48 * time.Second, 1},
		{"100/s in any second", limits{sliding: 100}, 3 * time.Second, 0.25},
		{"1 in flight", limits{inFlight: 1}, 12500 * ms, 0.25},
		{"3 in flight", limits{inFlight: 3}, 4166 * ms, 0.25},
		{"8 in flight", limits{inFlight: 8}, 1562 * ms, 0.25},
		{"3 in flight and 20/s", limits{inFlight: 3, sliding: 20}, 11500 * ms, 0.3},
		// The other client leaves 6 of 10 on average.
		{"another user", limits{inFlight: 10, others: true}, 3 * time.Second, 0.25},
		{"outage at the start", limits{outage: [2]time.Duration{0, 3 * time.Second}}, 6 * time.Second, anyShare},
		{"outage after the first requests", limits{outage: [2]time.Duration{ms / 2, 3 * time.Second}}, 6 * time.Second, anyShare},
		{"outage in between", limits{outage: [2]time.Duration{500 * ms, 3500 * ms}}, 6 * time.Second, anyShare},
		// Few attempts were accepted before the outage, which must not be taken for a slow pace.
		{"short outage after the first requests", limits{outage: [2]time.Duration{ms * 4 / 10, 500 * ms}}, 25 * time.Second, anyShare},
		{"20 % at random", limits{chance: 0.2}, 12 * time.Second, anyShare},
	} {
		for _, callers := range []int{10, 50} {
			for _, rejectLatency := range []time.Duration{ms, latency} {
				t.Run(fmt.Sprintf("%s/%d callers/429 in %s", test.name, callers, rejectLatency), func(t *testing.T) {
					for seed := range uint64(5) {
						synctest.Test(t, func(t *testing.T) {
							a := &account{limits: test.limits, rejectLatency: rejectLatency, seed: seed}
							const maxConcurrent = 10
							took := a.run(t, callers, maxConcurrent)
							t.Logf("seed %d: %.2f s, %.2f 429s for each accepted, %d in all", seed, took.Seconds(), a.share(), len(a.rejected))
							if took > test.most {
								t.Errorf("seed %d: took %s, more than %s", seed, took, test.most)
							}
							if a.share() > test.share {
								t.Errorf("seed %d: %.2f 429s for each accepted, more than %.2f", seed, a.share(), test.share)
							}
							if a.mostOpen > maxConcurrent || len(a.accepted) != requests {
								t.Errorf("seed %d: %d in flight, %d accepted", seed, a.mostOpen, len(a.accepted))
							}
							// Later calls overtake a throttled one while it is in flight, and so do those that started with it.
							for place, order := range a.finished {
								if overtaken := place + 1 - int(order); overtaken > 5*maxConcurrent {
									t.Errorf("seed %d: call %d was overtaken by %d", seed, order, overtaken)
								}
							}
						})
					}
				})
			}
		}
	}
}

// acquire fails the test unless a permit is available at once.
func acquire(t *testing.T, l *limit.Limiter, order uint64) limit.Permit {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	p, err := l.Acquire(ctx, order)
	if err != nil {
		t.Fatalf("no permit for call %d: %v", order, err)
	}
	return p
}

// free returns how many attempts may start now.
func free(t *testing.T, l *limit.Limiter) int {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), time.Nanosecond)
	defer cancel()
	var permits []limit.Permit
	for {
		p, err := l.Acquire(ctx, 1)
		if err != nil {
			break
		}
		permits = append(permits, p)
	}
	for _, p := range permits {
		l.Release(p, limit.Unknown)
	}
	return len(permits)
}

func TestNoWaitWithoutLimits(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(7)
		for range 100 {
			if n := free(t, l); n != 7 {
				t.Fatalf("%d permits at once, not 7", n)
			}
			l.Release(acquire(t, l, 1), limit.Accepted)
		}
	})
}

// An error that is not about limits changes nothing.
func TestUnknownOutcome(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(3)
		first, second := acquire(t, l, 1), acquire(t, l, 2)
		l.Release(first, limit.Unknown)
		l.Release(second, limit.Unknown)
		if n := free(t, l); n != 3 {
			t.Errorf("%d permits, not 3", n)
		}
	})
}

// A 429 while other attempts are in flight narrows the window. Other 429s of the same burst do not narrow it again, and accepted
// attempts widen it.
func TestWindow(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(10)
		burst := func(size int) {
			var permits []limit.Permit
			for i := range size {
				permits = append(permits, acquire(t, l, uint64(i)))
			}
			for _, p := range permits[:size-1] {
				l.Release(p, limit.Throttled)
			}
			l.Release(permits[size-1], limit.Unknown)
		}
		burst(10)
		narrowed := free(t, l)
		if narrowed < 6 || narrowed > 8 {
			t.Errorf("%d permits after a burst of 429s", narrowed)
		}
		l.Release(acquire(t, l, 1), limit.Accepted)
		if n := free(t, l); n > narrowed+1 {
			t.Errorf("%d permits after one more was accepted, %d before", n, narrowed)
		}
		for range 100 {
			l.Release(acquire(t, l, 1), limit.Accepted)
		}
		if n := free(t, l); n != 10 {
			t.Errorf("%d permits after 100 more were accepted", n)
		}
		for n := 10; n > 1; n = free(t, l) {
			burst(n)
		}
		for range 20 {
			l.Release(acquire(t, l, 1), limit.Accepted)
		}
		if n := free(t, l); n < 2 || n > 4 {
			t.Errorf("%d permits after 20 more were accepted", n)
		}
	})
}

// An attempt that is throttled while others were in flight at some time was not alone, so the others do not pause.
func TestNotAlone(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(3)
		first, second := acquire(t, l, 1), acquire(t, l, 2)
		l.Release(first, limit.Accepted)
		l.Release(second, limit.Throttled)
		acquire(t, l, 3)
	})
}

// While a lone request is throttled repeatedly, the pauses grow to a second, and one request at a time tries again. The first
// accepted attempt ends this.
func TestPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(10)
		l.Release(acquire(t, l, 1), limit.Throttled)
		var pauses []time.Duration
		var probe limit.Permit
		for range 30 {
			began := time.Now()
			var err error
			if probe, err = l.Acquire(t.Context(), 1); err != nil {
				t.Fatal(err)
			}
			pauses = append(pauses, time.Since(began))
			if n := free(t, l); n != 0 {
				t.Fatalf("%d try beside the one", n)
			}
			l.Release(probe, limit.Throttled)
		}
		if !slices.IsSorted(pauses) || pauses[0] <= 0 || pauses[0] > 50*ms || pauses[5] < 2*pauses[0] || pauses[29] != time.Second {
			t.Errorf("pauses %s", pauses)
		}
		probe, err := l.Acquire(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		l.Release(probe, limit.Accepted)
		if n := free(t, l); n != 10 {
			t.Errorf("%d permits after the outage, not 10", n)
		}
	})
}

// The oldest call is served first, also when it comes back. A caller whose context ends leaves the queue at once.
func TestQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(1)
		first := acquire(t, l, 1)
		var order []uint64
		var group sync.WaitGroup
		for _, n := range []uint64{5, 3, 6, 4} {
			outcomes := []limit.Outcome{limit.Accepted}
			if n == 3 {
				outcomes = []limit.Outcome{limit.Throttled, limit.Accepted}
			}
			group.Go(func() {
				for _, o := range outcomes {
					p, err := l.Acquire(t.Context(), n)
					if err != nil {
						t.Error(err)
						return
					}
					order = append(order, n) // one at a time, because the limiter admits no more
					time.Sleep(ms)
					l.Release(p, o)
				}
			})
			synctest.Wait()
		}
		ctx, cancel := context.WithCancel(t.Context())
		group.Go(func() {
			if _, err := l.Acquire(ctx, 2); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		synctest.Wait()
		cancel()
		synctest.Wait()
		l.Release(first, limit.Accepted)
		group.Wait()
		if !slices.Equal(order, []uint64{3, 3, 4, 5, 6}) {
			t.Errorf("served in the order %v", order)
		}
		if _, err := l.Acquire(ctx, 7); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		acquire(t, l, 8)
	})
}

// lateContext ends when it is waited for.
type lateContext struct {
	context.Context
	ended  bool
	before func() // called at that moment
}

func (c *lateContext) Done() <-chan struct{} {
	c.before()
	c.ended = true
	done := make(chan struct{})
	close(done)
	return done
}

func (c *lateContext) Err() error {
	if c.ended {
		return context.Canceled
	}
	return nil
}

// A caller whose context ends at the moment when its permit is granted does not keep a permit, no matter which event it sees
// first.
func TestCancelledAsGranted(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(1)
		got := make(map[error]int)
		for range 100 {
			first := acquire(t, l, 1)
			p, err := l.Acquire(&lateContext{Context: t.Context(), before: func() { l.Release(first, limit.Unknown) }}, 2)
			got[err]++
			if err == nil {
				l.Release(p, limit.Unknown)
			}
			if n := free(t, l); n != 1 {
				t.Fatalf("%d permits after %v, not 1", n, err)
			}
		}
		if len(got) != 2 || got[nil] == 0 || got[context.Canceled] == 0 {
			t.Errorf("got %v", got)
		}
	})
}

// A caller that waits for the end of a pause can also give up. The next one is admitted when the pause is over.
func TestCancelledInPause(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := limit.New(1)
		l.Release(acquire(t, l, 1), limit.Throttled)
		ctx, cancel := context.WithTimeout(t.Context(), ms)
		defer cancel()
		began := time.Now()
		if _, err := l.Acquire(ctx, 2); !errors.Is(err, context.DeadlineExceeded) || time.Since(began) != ms {
			t.Errorf("got %v after %s", err, time.Since(began))
		}
		if _, err := l.Acquire(t.Context(), 3); err != nil || time.Since(began) > 50*ms {
			t.Errorf("got %v after %s", err, time.Since(began))
		}
	})
}
