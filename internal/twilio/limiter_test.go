// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// limitModel says what an account bears.
type limitModel struct {
	latency       time.Duration // of service, ±20 %
	rejectLatency time.Duration
	network       time.Duration // each way
	inFlight      int           // most at once; 0: any number
	fixed         int           // most in each second of the clock
	sliding       int           // most in any second
	bucket        int           // tokens a second, as many at most
	noise         float64       // share of requests that are rejected at random
	blackout      [2]time.Duration
	retryAfter    string
}

// limitedServer is an account that bears no more than its model, in the fake time of a synctest bubble.
type limitedServer struct {
	limitModel
	start time.Time

	mu                 sync.Mutex
	random             *rand.Rand
	live               int // in service
	open, mostOpen     int // as the client counts them
	second             int64
	inSecond           int
	past               []time.Time
	tokens             float64
	tokensAt           time.Time
	accepted, rejected []time.Duration
}

func newLimitedServer(m limitModel) *limitedServer {
	now := time.Now()
	return &limitedServer{
		limitModel: m, start: now, random: rand.New(rand.NewPCG(1, 2)),
		tokens: float64(m.bucket), tokensAt: now,
	}
}

// admit decides about one request, by all limits that are set.
func (s *limitedServer) admit(now time.Time) bool {
	since := now.Sub(s.start)
	if s.noise > 0 && s.random.Float64() < s.noise {
		return false
	}
	if since >= s.blackout[0] && since < s.blackout[1] {
		return false
	}
	if s.inFlight > 0 && s.live >= s.inFlight {
		return false
	}
	if s.fixed > 0 {
		// The clock's seconds do not begin with the test.
		if w := int64((since + 300*time.Millisecond) / time.Second); w != s.second {
			s.second, s.inSecond = w, 0
		}
		if s.inSecond >= s.fixed {
			return false
		}
		s.inSecond++
	}
	if s.sliding > 0 {
		for len(s.past) > 0 && now.Sub(s.past[0]) >= time.Second {
			s.past = s.past[1:]
		}
		if len(s.past) >= s.sliding {
			return false
		}
		s.past = append(s.past, now)
	}
	if s.bucket > 0 {
		s.tokens = min(s.tokens+now.Sub(s.tokensAt).Seconds()*float64(s.bucket), float64(s.bucket))
		s.tokensAt = now
		if s.tokens < 1 {
			return false
		}
		s.tokens--
	}
	return true
}

// way is how long a message takes.
func (s *limitedServer) way() time.Duration {
	s.mu.Lock()
	defer s.mu.Unlock()
	return time.Duration(float64(s.network) * (0.5 + s.random.Float64()))
}

func (s *limitedServer) RoundTrip(req *http.Request) (*http.Response, error) {
	s.mu.Lock()
	s.open++
	s.mostOpen = max(s.mostOpen, s.open)
	s.mu.Unlock()
	defer func() {
		s.mu.Lock()
		s.open--
		s.mu.Unlock()
	}()
	if err := pause(req.Context(), s.way()); err != nil {
		return nil, err
	}
	now := time.Now()
	s.mu.Lock()
	ok := s.admit(now)
	took := s.rejectLatency
	if ok {
		s.live++
		s.accepted = append(s.accepted, now.Sub(s.start))
		took = time.Duration(float64(s.latency) * (0.8 + 0.4*s.random.Float64()))
	} else {
		s.rejected = append(s.rejected, now.Sub(s.start))
	}
	s.mu.Unlock()
	err := pause(req.Context(), took)
	if ok {
		s.mu.Lock()
		s.live--
		s.mu.Unlock()
	}
	if err == nil {
		err = pause(req.Context(), s.way())
	}
	if err != nil {
		return nil, err
	}
	if ok {
		return answered(201, `{"sid": "AL1"}`), nil
	}
	resp := answered(429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`)
	if s.retryAfter != "" {
		resp.Header.Set("Retry-After", s.retryAfter)
	}
	return resp, nil
}

func answered(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

func pause(ctx context.Context, d time.Duration) error {
	if d <= 0 {
		return ctx.Err()
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-timer.C:
		return nil
	}
}

// run makes n creates from so many callers at once, and returns how long they took.
func (s *limitedServer) run(t *testing.T, n, callers, maxConcurrent int) time.Duration {
	t.Helper()
	tr, err := newTransport(Config{AccountSID: "AC1", AuthToken: "token", MaxConcurrentRequests: maxConcurrent, Transport: s})
	if err != nil {
		t.Fatal(err)
	}
	seeded := rand.New(rand.NewPCG(3, 4))
	var mu sync.Mutex
	tr.random = func() float64 {
		mu.Lock()
		defer mu.Unlock()
		return seeded.Float64()
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Hour)
	defer cancel()
	work := make(chan int, n)
	for i := range n {
		work <- i
	}
	close(work)
	began := time.Now()
	var group sync.WaitGroup
	for range callers {
		group.Go(func() {
			for range work {
				req, _ := http.NewRequest(http.MethodPost, "https://api.twilio.com/x.json", strings.NewReader("FriendlyName=x"))
				resp, err := tr.bind(ctx, callOptions{}).RoundTrip(req)
				if err != nil {
					t.Error(err)
					return
				}
				resp.Body.Close()
			}
		})
	}
	group.Wait()
	return time.Since(began)
}

// share is how many requests were rejected for each one accepted, after the first second.
func (s *limitedServer) share() float64 {
	count := func(at []time.Duration) (n float64) {
		for _, d := range at {
			if d > time.Second {
				n++
			}
		}
		return n
	}
	if count(s.accepted) == 0 {
		return 0
	}
	return count(s.rejected) / count(s.accepted)
}

// limitScenario is a run against an account, and what is expected of it.
type limitScenario struct {
	name             string
	model            limitModel
	callers, maximum int
	requests         int
	ideal            time.Duration // what the account allows
	ratio            float64       // at most so many times ideal, …
	slack            time.Duration // … and this
	share            float64       // rejected for each accepted, after the first second
}

func (sc limitScenario) run(t *testing.T) {
	t.Run(fmt.Sprintf("%s callers=%d", sc.name, sc.callers), func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			s := newLimitedServer(sc.model)
			took := s.run(t, sc.requests, sc.callers, sc.maximum)
			t.Logf("ideal %.2f s, took %.2f s, ratio %.2f; %d rejected, %.2f for each accepted after the first second",
				sc.ideal.Seconds(), took.Seconds(), took.Seconds()/sc.ideal.Seconds(), len(s.rejected), s.share())
			if most := time.Duration(float64(sc.ideal)*sc.ratio) + sc.slack; took > most {
				t.Errorf("took %s, more than %s", took, most)
			}
			if s.share() > sc.share {
				t.Errorf("%.2f rejected for each accepted, more than %.2f", s.share(), sc.share)
			}
			if s.mostOpen > sc.maximum {
				t.Errorf("%d requests in flight, more than %d", s.mostOpen, sc.maximum)
			}
			if len(s.accepted) != sc.requests {
				t.Errorf("%d accepted, not %d", len(s.accepted), sc.requests)
			}
		})
	})
}

const ms = time.Millisecond

func TestLimiterFindsLimitInFlight(t *testing.T) {
	for _, callers := range []int{1, 10, 50} {
		for _, latency := range []time.Duration{5 * ms, 30 * ms, 100 * ms} {
			for _, k := range []int{1, 2, 3, 5, 8} {
				for _, rejectLatency := range []time.Duration{0, latency} {
					limitScenario{
						name:    fmt.Sprintf("limit=%d latency=%s rejects=%s", k, latency, rejectLatency),
						model:   limitModel{latency: latency, rejectLatency: rejectLatency, inFlight: k},
						callers: callers, maximum: 10, requests: 200,
						ideal: 200 * latency / time.Duration(min(k, callers)),
						ratio: 1.2, slack: 50 * ms, share: 0.1,
					}.run(t)
				}
			}
		}
	}
}

func TestLimiterFindsLimitPerSecond(t *testing.T) {
	for _, callers := range []int{1, 10, 50} {
		share := 0.25
		if callers == 1 {
			// Where all rejections hit the same caller, it takes more of them to be sure.
			share = 0.4
		}
		for _, latency := range []time.Duration{0, 5 * ms, 50 * ms, 100 * ms, 300 * ms} {
			for _, r := range []int{2, 5, 20, 100} {
				for name, model := range map[string]limitModel{"fixed": {fixed: r}, "sliding": {sliding: r}, "bucket": {bucket: r}} {
					model.latency, model.rejectLatency = latency, latency/2
					limitScenario{
						name:  fmt.Sprintf("%s=%d latency=%s", name, r, latency),
						model: model, callers: callers, maximum: 10, requests: 200,
						ideal: max(200*time.Second/time.Duration(r), 200*latency/time.Duration(min(callers, 10))),
						ratio: 1.3, slack: time.Second, share: share,
					}.run(t)
				}
			}
		}
	}
}

// On a real network a place is free at the server before the client knows, and taken a while after it was.
func TestLimiterFindsLimitInFlightBehindANetwork(t *testing.T) {
	for _, callers := range []int{10, 50} {
		for _, network := range []time.Duration{ms / 2, 2 * ms, 5 * ms} {
			for _, k := range []int{1, 3, 8} {
				limitScenario{
					name:    fmt.Sprintf("limit=%d network=%s", k, network),
					model:   limitModel{latency: 50 * ms, network: network, inFlight: k},
					callers: callers, maximum: 10, requests: 200,
					ideal: 200 * (50*ms + 2*network) / time.Duration(k),
					ratio: 1.25, slack: 50 * ms, share: 0.25,
				}.run(t)
			}
		}
	}
}

// Nothing of this may end in a crawl. The order in which goroutines run is not fixed, so that rare cases are within the
// bounds, too; most take a fraction of what is allowed here.
func TestLimiterKeepsGoing(t *testing.T) {
	for _, callers := range []int{10, 50} {
		for _, latency := range []time.Duration{5 * ms, 50 * ms, 300 * ms} {
			free := func(n int) time.Duration { return time.Duration(n) * latency / 10 }
			some := limitScenario{callers: callers, maximum: 10, requests: 300, ratio: 1.5, slack: 6 * time.Second, share: 10}
			with := func(name string, model limitModel, ideal time.Duration) limitScenario {
				sc := some
				sc.name = fmt.Sprintf("%s latency=%s", name, latency)
				sc.model, sc.ideal = model, ideal
				sc.model.latency, sc.model.rejectLatency = latency, latency
				return sc
			}
			for _, noise := range []float64{0.1, 0.2, 0.3} {
				sc := with(fmt.Sprintf("noise=%.1f", noise), limitModel{noise: noise}, time.Duration(float64(free(300))/(1-noise)))
				sc.ratio, sc.slack = 3, time.Duration(100*noise)*time.Second
				sc.run(t)
			}
			for _, length := range []time.Duration{200 * ms, time.Second, 3 * time.Second, 10 * time.Second} {
				for _, begin := range []time.Duration{0, 50 * ms, 500 * ms} {
					with(fmt.Sprintf("blackout=%s+%s", begin, length), limitModel{blackout: [2]time.Duration{begin, begin + length}}, free(300)+length).run(t)
				}
			}
			with("both", limitModel{inFlight: 3, sliding: 20}, max(15*time.Second, 300*latency/3)).run(t)
			with("both+retry-after", limitModel{inFlight: 3, sliding: 20, retryAfter: "1"}, max(15*time.Second, 300*latency/3)).run(t)
			some.ratio = 3
			with("fixed+noise", limitModel{fixed: 20, noise: 0.1}, 15*time.Second).run(t)
			with("inflight+noise", limitModel{inFlight: 3, noise: 0.2}, 375*latency/3).run(t)
			some.ratio = 1.5
			with("inflight+retry-after", limitModel{inFlight: 3, retryAfter: "1"}, 300*latency/3).run(t)
			with("inflight+network", limitModel{inFlight: 3, network: 20 * ms}, max(300*latency/3, free(300)+300*4*ms)).run(t)
			without := with("unlimited", limitModel{}, free(300))
			without.ratio, without.slack, without.share = 1.2, 10*ms, 0
			without.run(t)
		}
	}
}

// A caller whose context ends leaves the queue at once, and those behind it move up.
func TestLimiterQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(1)
		first, err := l.acquire(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		var order []uint64
		var mu sync.Mutex
		var group sync.WaitGroup
		for _, n := range []uint64{5, 3, 4} {
			group.Go(func() {
				place, err := l.acquire(t.Context(), n)
				if err != nil {
					t.Error(err)
					return
				}
				mu.Lock()
				order = append(order, n)
				mu.Unlock()
				time.Sleep(ms)
				l.release(place, accepted)
			})
		}
		ctx, cancel := context.WithCancel(t.Context())
		group.Go(func() {
			if _, err := l.acquire(ctx, 2); !errors.Is(err, context.Canceled) {
				t.Errorf("got %v", err)
			}
		})
		synctest.Wait()
		cancel()
		synctest.Wait()
		l.release(first, accepted)
		group.Wait()
		if !slices.Equal(order, []uint64{3, 4, 5}) {
			t.Errorf("served in the order %v", order)
		}
		if len(l.queue) != 0 || len(l.limits.live) != 0 || l.timer != nil {
			t.Errorf("left: queue %d, live %d, timer %v", len(l.queue), len(l.limits.live), l.timer)
		}
		if _, err := l.acquire(ctx, 6); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	})
}

// Waiting for the pace leaves no timer behind.
func TestLimiterTimerEndsWithQueue(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		l := newLimiter(1)
		l.limits.setPace(0.5, time.Now())
		place, err := l.acquire(t.Context(), 1)
		if err != nil {
			t.Fatal(err)
		}
		l.release(place, accepted)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		began := time.Now()
		if _, err := l.acquire(ctx, 2); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("got %v", err)
		}
		if took := time.Since(began); took != time.Second {
			t.Errorf("gave up after %s", took)
		}
		l.mu.Lock()
		defer l.mu.Unlock()
		if l.timer != nil {
			t.Error("the timer is still set")
		}
	})
}
