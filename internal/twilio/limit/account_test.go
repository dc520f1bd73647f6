// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package limit_test

import (
	"math/rand/v2"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/limit"
)

const (
	ms       = time.Millisecond
	requests = 200
	latency  = 50 * ms // response time of an accepted request, ±20 %
	network  = ms / 2  // each way, ±50 %
)

// limits are the limits of an account. 0 means no limit.
type limits struct {
	inFlight      int
	others        bool // from time to time, another client uses up to 8 of inFlight
	sliding       int  // maximum in any second
	fixed         int  // maximum in each second of the clock
	bucket, burst int  // tokens per second, and the maximum number of saved tokens
	chance        float64
	outage        [2]time.Duration // start and end of a period in which all requests get 429
}

// account simulates an account on the fake clock of a synctest bubble. Everything follows from seed: no two events happen at the
// same instant, so the order in which goroutines run does not matter.
type account struct {
	limits
	rejectLatency time.Duration
	seed          uint64

	start              time.Time
	mu                 sync.Mutex
	live               int // requests that are being handled
	open, mostOpen     int // requests in flight, as the client counts them
	past               []time.Time
	second, inSecond   int
	tokens             float64
	tokensAt           time.Time
	accepted, rejected []time.Duration
	finished           []uint64 // requests in the order in which they were accepted
}

// admits decides whether a request that arrives now is accepted.
func (a *account) admits(now time.Time, random *rand.Rand) bool {
	since := now.Sub(a.start)
	if random.Float64() < a.chance || since >= a.outage[0] && since < a.outage[1] {
		return false
	}
	if a.inFlight > 0 {
		allowed := a.inFlight
		if a.others {
			allowed -= rand.New(rand.NewPCG(a.seed, uint64(since/(500*ms)))).IntN(9)
		}
		if a.live >= allowed {
			return false
		}
	}
	if a.sliding > 0 {
		for len(a.past) > 0 && now.Sub(a.past[0]) >= time.Second {
			a.past = a.past[1:]
		}
		if len(a.past) >= a.sliding {
			return false
		}
		a.past = append(a.past, now)
	}
	if a.fixed > 0 {
		// The clock's seconds do not start with the test.
		if second := int((since + 300*ms) / time.Second); second != a.second {
			a.second, a.inSecond = second, 0
		}
		if a.inSecond >= a.fixed {
			return false
		}
		a.inSecond++
	}
	if a.bucket > 0 {
		a.tokens = min(a.tokens+now.Sub(a.tokensAt).Seconds()*float64(a.bucket), float64(a.burst))
		a.tokensAt = now
		if a.tokens < 1 {
			return false
		}
		a.tokens--
	}
	return true
}

// attempt sends one request, and reports whether it was accepted.
func (a *account) attempt(random *rand.Rand) bool {
	about := func(d time.Duration, spread float64) time.Duration {
		return time.Duration(float64(d) * (1 - spread + 2*spread*random.Float64()))
	}
	a.mu.Lock()
	a.open++
	a.mostOpen = max(a.mostOpen, a.open)
	a.mu.Unlock()
	time.Sleep(about(network, 0.5))

	a.mu.Lock()
	now := time.Now()
	ok := a.admits(now, random)
	took := about(a.rejectLatency, 0.2)
	if ok {
		a.live++
		a.accepted = append(a.accepted, now.Sub(a.start))
		took = about(latency, 0.2)
	} else {
		a.rejected = append(a.rejected, now.Sub(a.start))
	}
	a.mu.Unlock()
	time.Sleep(took)
	if ok {
		a.mu.Lock()
		a.live--
		a.mu.Unlock()
	}

	time.Sleep(about(network, 0.5))
	a.mu.Lock()
	a.open--
	a.mu.Unlock()
	return ok
}

// run makes all requests from the given number of callers at once, each until it is accepted, and returns how long they took.
func (a *account) run(t *testing.T, callers, maxConcurrent int) time.Duration {
	t.Helper()
	l := limit.New(maxConcurrent)
	a.start, a.tokensAt, a.tokens = time.Now(), time.Now(), float64(a.burst)
	var group sync.WaitGroup
	var next uint64
	for i := range callers {
		group.Go(func() {
			time.Sleep(time.Duration(i) * time.Microsecond)
			for {
				a.mu.Lock()
				next++
				order := next
				a.mu.Unlock()
				if order > requests {
					return
				}
				random := rand.New(rand.NewPCG(a.seed, order))
				for ok := false; !ok; {
					permit, err := l.Acquire(t.Context(), order)
					if err != nil {
						t.Error(err)
						return
					}
					outcome := limit.Throttled
					if ok = a.attempt(random); ok {
						outcome = limit.Accepted
					}
					l.Release(permit, outcome)
				}
				a.mu.Lock()
				a.finished = append(a.finished, order)
				a.mu.Unlock()
			}
		})
	}
	group.Wait()
	return time.Since(a.start)
}

// share returns how many requests were rejected per accepted request after the first second.
func (a *account) share() float64 {
	late := func(times []time.Duration) (n float64) {
		for _, d := range times {
			if d > time.Second {
				n++
			}
		}
		return n
	}
	return late(a.rejected) / max(late(a.accepted), 1)
}
