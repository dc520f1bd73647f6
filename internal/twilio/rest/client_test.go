// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

const (
	good = `{"sid": "AL1"}`
	ms   = time.Millisecond
)

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(req *http.Request) (*http.Response, error) { return f(req) }

func newTestClient(t *testing.T, config Config) *Client {
	t.Helper()
	config.User, config.Password = "AC1", "token"
	if config.MaxConcurrentRequests == 0 {
		config.MaxConcurrentRequests = 10
	}
	c, err := New(config)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// send sends one request and returns the body of the response or the error.
func send(ctx context.Context, t *testing.T, c *Client, method string, idempotent bool) (string, *Error) {
	t.Helper()
	var form url.Values
	if method == http.MethodPost {
		form = url.Values{"FriendlyName": {"x"}}
	}
	body, err := c.do(ctx, method, "https://api.twilio.com/x.json?Page=1", form, idempotent)
	if err != nil {
		e, ok := errors.AsType[*Error](err)
		if !ok {
			t.Fatalf("got a %T: %v", err, err)
		}
		if e.Method != method || e.Path != "/x.json" {
			t.Errorf("error names %s %s", e.Method, e.Path)
		}
		return "", e
	}
	return string(body), nil
}

func answered(status int, body string) *http.Response {
	return &http.Response{StatusCode: status, Header: http.Header{}, Body: io.NopCloser(strings.NewReader(body))}
}

// pause waits for d or until ctx ends.
func pause(ctx context.Context, d time.Duration) error {
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-time.After(d):
		return nil
	}
}

// hijack writes text to the connection and closes it.
func hijack(w http.ResponseWriter, text string) {
	conn, _, err := w.(http.Hijacker).Hijack()
	if err != nil {
		panic(err)
	}
	_, _ = io.WriteString(conn, text)
	_ = conn.Close()
}

// Each fault happens once, on a real connection that was used before. Idempotent requests are repeated. Creates are repeated if
// the request was certainly not carried out; otherwise they return an ambiguous error.
func TestFaultsOnTheWire(t *testing.T) {
	const twilio404 = `{"code": 20404, "message": "not found", "more_info": "https://www.twilio.com/docs/errors/20404", "status": 404}`
	status := func(status int, body string) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Twilio-Request-Id", "RQ1")
			w.WriteHeader(status)
			_, _ = io.WriteString(w, body)
		}
	}
	for _, test := range []struct {
		name    string
		handler http.HandlerFunc
		// repeated and repeatedCreate are set if the request is repeated. reason is the reason of the error otherwise.
		repeatedCreate, repeated bool
		reason                   Reason
		unknown                  bool
		code, status             int
	}{
		{name: "429", handler: status(429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`), repeated: true, repeatedCreate: true},
		{name: "429 HTML", handler: status(429, "<html>"), repeated: true, repeatedCreate: true},
		{name: "500", handler: status(500, `{"code": 20500, "message": "Internal", "status": 500}`), repeated: true, reason: ServerError, unknown: true, code: 20500, status: 500},
		{name: "501", handler: status(501, `{"code": 20501, "message": "Not served", "status": 501}`), reason: Rejected, code: 20501, status: 501},
		{name: "502 HTML", handler: status(502, "<html>Bad Gateway"), repeated: true, reason: ServerError, unknown: true, status: 502},
		{name: "503", handler: status(503, ""), repeated: true, reason: ServerError, unknown: true, status: 503},
		{name: "cut", handler: func(w http.ResponseWriter, _ *http.Request) { hijack(w, "") }, repeated: true, reason: Unreachable, unknown: true},
		{name: "cut in the header", handler: func(w http.ResponseWriter, _ *http.Request) { hijack(w, "HTTP/1.1 200 O") }, repeated: true, reason: Unreachable, unknown: true},
		{name: "cut in the body", handler: func(w http.ResponseWriter, _ *http.Request) {
			hijack(w, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"sid\"")
		}, repeated: true, reason: Unreachable, unknown: true, status: 200},
		{name: "cut chunks", handler: func(w http.ResponseWriter, _ *http.Request) {
			hijack(w, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{\"sid\r\n")
		}, repeated: true, reason: Unreachable, unknown: true, status: 200},
		{name: "truncated JSON", handler: status(200, `{"sid": "AL`), repeated: true, reason: NotJSON, unknown: true, status: 200},
		{name: "HTML", handler: status(200, "<html>\nWelcome"), repeated: true, reason: NotJSON, unknown: true, status: 200},
		{name: "empty", handler: status(201, ""), repeated: true, reason: NotJSON, unknown: true, status: 201},
		{name: "JSON that is no object", handler: status(200, `["sid"]`), repeated: true, reason: NotJSON, unknown: true, status: 200},
		{name: "404 HTML", handler: status(404, "<html>"), repeated: true, reason: NotJSON, unknown: true, status: 404},
		{name: "404 of another API", handler: status(404, `{"error": "no route"}`), repeated: true, reason: NotJSON, unknown: true, status: 404},
		{name: "408", handler: status(408, ""), repeated: true, reason: Rejected, unknown: true, status: 408},
		{name: "hang", handler: func(_ http.ResponseWriter, req *http.Request) {
			select {
			case <-req.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}, repeated: true, reason: Unreachable, unknown: true},
		{name: "hang in the body", handler: func(w http.ResponseWriter, req *http.Request) {
			_, _ = io.WriteString(w, `{"sid"`)
			w.(http.Flusher).Flush()
			select {
			case <-req.Context().Done():
			case <-time.After(5 * time.Second):
			}
		}, repeated: true, reason: Unreachable, unknown: true, status: 200},
		{name: "400", handler: status(400, `{"code": 21231, "message": "already", "status": 400}`), reason: Rejected, code: 21231, status: 400},
		{name: "400 HTML", handler: status(400, "<html>"), reason: Rejected, status: 400},
		{name: "401", handler: status(401, `{"code": 20003, "message": "Authenticate", "status": 401}`), reason: Unauthenticated, code: 20003, status: 401},
		{name: "403", handler: status(403, "<html>"), reason: Forbidden, status: 403},
		{name: "404", handler: status(404, twilio404), reason: NotFound, code: 20404, status: 404},
		{name: "302", handler: func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", "https://user:password@login.example.com/")
			w.WriteHeader(http.StatusFound)
		}, reason: NotJSON, unknown: true, status: 302},
	} {
		for _, call := range []struct {
			method     string
			idempotent bool
		}{{"GET", true}, {"DELETE", true}, {"POST", true}, {"POST", false}} {
			name := test.name + " " + call.method
			if call.method == "POST" && !call.idempotent {
				name = test.name + " create"
			}
			t.Run(name, func(t *testing.T) {
				t.Parallel()
				var requests atomic.Int32
				server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
					_, _ = io.Copy(io.Discard, req.Body)
					if requests.Add(1) == 2 {
						test.handler(w, req)
						return
					}
					_, _ = io.WriteString(w, good)
				}))
				defer server.Close()
				c := newTestClient(t, Config{BaseURL: server.URL, AttemptTimeout: 300 * time.Millisecond})
				defer c.network.(*http.Transport).CloseIdleConnections()
				// The first request opens the connection that the next one uses.
				if _, e := send(t.Context(), t, c, "GET", true); e != nil {
					t.Fatal(e)
				}
				body, e := send(t.Context(), t, c, call.method, call.idempotent)
				if call.method == "GET" && strings.HasPrefix(test.name, "cut") && test.status == 0 && e == nil {
					// net/http repeats a GET on its own if a connection that was used before breaks.
					return
				}
				if call.idempotent && test.repeated || test.repeatedCreate {
					switch {
					case call.method == "DELETE" && test.name == "empty":
						// An empty body is the response to a successful delete.
						if body != "" || e != nil || requests.Load() != 2 {
							t.Errorf("got %q, %v after %d requests", body, e, requests.Load())
						}
					case e != nil:
						t.Error(e)
					case body != good || requests.Load() != 3:
						t.Errorf("got %q after %d requests", body, requests.Load())
					}
					return
				}
				if e == nil {
					t.Fatalf("got %q", body)
				}
				if n := requests.Load(); n != 2 {
					t.Errorf("%d requests: it was repeated", n-1)
				}
				if e.Reason != test.reason || e.ambiguous != test.unknown || e.Status != test.status || e.Code != test.code || e.Attempts != 1 {
					t.Errorf("got %+v", *e)
				}
				if errors.Is(e, context.DeadlineExceeded) || errors.Is(e, context.Canceled) {
					t.Errorf("%v claims that its context ended", e)
				}
				if strings.Contains(e.Error(), "password") {
					t.Errorf("%v has the password of a redirect", e)
				}
			})
		}
	}
}

func TestDeleteWithoutContent(t *testing.T) {
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	}))
	defer server.Close()
	c := newTestClient(t, Config{BaseURL: server.URL})
	if body, e := send(t.Context(), t, c, "DELETE", true); body != "" || e != nil {
		t.Errorf("got %q, %v", body, e)
	}
}

// A create that could not connect was never sent, so it is repeated and its outcome is known.
func TestRefusedCreateIsRepeated(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	url := "http://" + listener.Addr().String()
	listener.Close()
	c := newTestClient(t, Config{BaseURL: url})
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	_, e := send(ctx, t, c, "POST", false)
	if e == nil || e.Reason != Unreachable || e.ambiguous || e.Attempts < 2 || !errors.Is(e, context.DeadlineExceeded) {
		t.Errorf("got %+v", e)
	}
	if !strings.Contains(e.Error(), "connection refused") {
		t.Errorf("%v does not tell the cause", e)
	}
}

func TestUntrustedCertificateIsNotRepeated(t *testing.T) {
	server := httptest.NewUnstartedServer(http.NotFoundHandler())
	server.Config.ErrorLog = slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	server.StartTLS()
	defer server.Close()
	for _, url := range []string{server.URL, strings.Replace(server.URL, "127.0.0.1", "localhost", 1)} {
		c := newTestClient(t, Config{BaseURL: url})
		_, e := send(t.Context(), t, c, "GET", true)
		if e == nil || e.Reason != Unreachable || e.Attempts != 1 {
			t.Errorf("got %+v", e)
		}
	}
	plain := httptest.NewServer(http.NotFoundHandler())
	defer plain.Close()
	c := newTestClient(t, Config{BaseURL: strings.Replace(plain.URL, "http:", "https:", 1)})
	if _, e := send(t.Context(), t, c, "GET", true); e == nil || e.Attempts != 1 {
		t.Errorf("plain HTTP: got %+v", e)
	}
}

// No create is sent twice over HTTP/2 either.
func TestHTTP2CreateIsNotRepeated(t *testing.T) {
	var requests atomic.Int32
	server := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		if req.ProtoMajor != 2 {
			t.Errorf("HTTP/%d", req.ProtoMajor)
		}
		_, _ = io.Copy(io.Discard, req.Body)
		if requests.Add(1) > 1 {
			panic(http.ErrAbortHandler)
		}
		_, _ = io.WriteString(w, good)
	}))
	server.EnableHTTP2 = true
	server.StartTLS()
	defer server.Close()
	c := newTestClient(t, Config{BaseURL: server.URL, Transport: server.Client().Transport})
	if _, e := send(t.Context(), t, c, "POST", false); e != nil {
		t.Fatal(e)
	}
	_, e := send(t.Context(), t, c, "POST", false)
	if e == nil || !e.ambiguous || requests.Load() != 2 {
		t.Errorf("got %+v after %d requests", e, requests.Load())
	}
}

func TestRedirectIsNotFollowed(t *testing.T) {
	var elsewhere atomic.Int32
	other := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { elsewhere.Add(1) }))
	defer other.Close()
	for _, status := range []int{301, 302, 303, 307, 308} {
		server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
			http.Redirect(w, req, other.URL, status)
		}))
		c := newTestClient(t, Config{BaseURL: server.URL})
		_, e := send(t.Context(), t, c, "GET", true)
		if e == nil || e.Reason != NotJSON || e.Status != status || e.Attempts != 1 || !strings.Contains(e.Error(), "redirects are not followed: "+other.URL) {
			t.Errorf("%d: got %v", status, e)
		}
		server.Close()
	}
	if elsewhere.Load() != 0 {
		t.Error("a redirect was followed")
	}
}

// script answers one request after the other. The last answer is repeated.
func script(answers ...func(*http.Request) (*http.Response, error)) (http.RoundTripper, *[]time.Time) {
	var times []time.Time
	return roundTripper(func(req *http.Request) (*http.Response, error) {
		times = append(times, time.Now())
		return answers[min(len(times), len(answers))-1](req)
	}), &times
}

func answering(status int, body string, header ...string) func(*http.Request) (*http.Response, error) {
	return func(*http.Request) (*http.Response, error) {
		resp := answered(status, body)
		for i := 0; i < len(header); i += 2 {
			resp.Header.Set(header[i], header[i+1])
		}
		return resp, nil
	}
}

func TestRetryAfterIsObeyed(t *testing.T) {
	for _, test := range []struct {
		name   string
		status int
		header func(now time.Time) []string
		least  time.Duration
		most   time.Duration
	}{
		{"seconds", 429, func(time.Time) []string { return []string{"Retry-After", "7"} }, 7 * time.Second, 7*time.Second + 200*ms},
		{"seconds with 503", 503, func(time.Time) []string { return []string{"Retry-After", "7"} }, 7 * time.Second, 7*time.Second + 200*ms},
		{"date by the server's clock", 429, func(now time.Time) []string {
			server := now.Add(time.Hour)
			return []string{"Date", server.Format(http.TimeFormat), "Retry-After", server.Add(9 * time.Second).Format(http.TimeFormat)}
		}, 9 * time.Second, 9*time.Second + 200*ms},
		{"date without a clock", 429, func(now time.Time) []string {
			return []string{"Retry-After", now.Add(5 * time.Second).Format(http.TimeFormat)}
		}, 5 * time.Second, 5*time.Second + 200*ms},
		{"a date that is over", 429, func(now time.Time) []string {
			return []string{"Date", now.Format(http.TimeFormat), "Retry-After", now.Add(-time.Hour).Format(http.TimeFormat)}
		}, 0, 200 * ms},
		{"nonsense", 429, func(time.Time) []string { return []string{"Retry-After", "soon"} }, 0, 200 * ms},
		{"negative", 429, func(time.Time) []string { return []string{"Retry-After", "-3"} }, 0, 200 * ms},
		{"not with 500", 500, func(time.Time) []string { return []string{"Retry-After", "7"} }, 0, 200 * ms},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network, times := script(answering(test.status, "{}", test.header(time.Now().UTC())...), answering(200, good))
				if _, e := send(t.Context(), t, newTestClient(t, Config{Transport: network}), "GET", true); e != nil {
					t.Fatal(e)
				}
				if wait := (*times)[1].Sub((*times)[0]); wait < test.least || wait > test.most {
					t.Errorf("waited %s", wait)
				}
			})
		})
	}
}

// A server that asks for more time than the deadline leaves ends the call at once.
func TestRetryAfterBeyondTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network, _ := script(answering(429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`, "Retry-After", "3600", "Twilio-Request-Id", "RQ1"))
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		began := time.Now()
		_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "POST", false)
		const want = "POST /x.json: throttled (429, code 20429): Too Many Requests; request id RQ1; the response asked to wait 1h0m0s, but the timeout is sooner: context deadline exceeded"
		if e == nil || e.Error() != want || !errors.Is(e, context.DeadlineExceeded) || e.ambiguous {
			t.Errorf("got %v", e)
		}
		if took := time.Since(began); took > time.Second {
			t.Errorf("took %s", took)
		}
	})
}

func TestThrottledUntilTheDeadline(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		network, times := script(answering(429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`, "Twilio-Request-Id", "RQ1"))
		ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
		defer cancel()
		began := time.Now()
		_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "POST", false)
		if took := time.Since(began); took != 20*time.Minute {
			t.Errorf("took %s", took)
		}
		n := len(*times)
		if e == nil || e.Reason != Throttled || e.Status != 429 || e.Code != 20429 || e.RequestID != "RQ1" || e.Attempts != n || e.Throttled != n ||
			e.Elapsed != 20*time.Minute || !errors.Is(e, context.DeadlineExceeded) || e.ambiguous {
			t.Errorf("got %+v", e)
		}
		// This is seldom enough not to be a nuisance, and often enough to notice the end of an outage soon.
		if n < 400 || n > 2400 {
			t.Errorf("%d attempts in 20 minutes", n)
		}
	})
}

// With more callers than an account serves at once, all creates succeed, each is carried out once, and there are never more
// requests in flight than configured.
func TestThrottledCreatesSucceed(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		const allowed, maxConcurrent, creates = 3, 5, 100
		var served, open, created, throttled atomic.Int32
		network := roundTripper(func(req *http.Request) (*http.Response, error) {
			defer open.Add(-1)
			if n := open.Add(1); n > maxConcurrent {
				t.Errorf("%d in flight", n)
			}
			defer served.Add(-1)
			if served.Add(1) > allowed {
				throttled.Add(1)
				return answered(429, `{"code": 20429, "message": "Too Many Requests", "status": 429}`), nil
			}
			created.Add(1)
			if err := pause(req.Context(), 50*ms); err != nil {
				return nil, err
			}
			return answered(201, good), nil
		})
		c := newTestClient(t, Config{Transport: network, MaxConcurrentRequests: maxConcurrent})
		began := time.Now()
		var group sync.WaitGroup
		for range creates {
			group.Go(func() {
				if _, e := send(t.Context(), t, c, "POST", false); e != nil {
					t.Error(e)
				}
			})
		}
		group.Wait()
		if created.Load() != creates || throttled.Load() == 0 {
			t.Errorf("%d created, %d throttled", created.Load(), throttled.Load())
		}
		if ideal, took := creates*50*ms/allowed, time.Since(began); took > ideal*5/4 {
			t.Errorf("took %s, ideal is %s", took, ideal)
		}
	})
}

// Faults other than 429 are retried for about two minutes, or for 15 seconds if the host never responded.
func TestFaultBudget(t *testing.T) {
	refused := func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: errors.New("connection refused")}
	}
	noAddress := func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Name: "api.twilio.com", Err: "server misbehaving", IsTemporary: true}}
	}
	for _, test := range []struct {
		name        string
		answer      func(*http.Request) (*http.Response, error)
		heard       bool // whether the host answers another request before
		method      string
		idempotent  bool
		reason      Reason
		unknown     bool
		least, most time.Duration
		attempts    int // minimum number of attempts
	}{
		{"500", answering(500, "{}"), false, "GET", true, ServerError, true, 2 * time.Minute, 130 * time.Second, 12},
		{"refused", refused, false, "POST", false, Unreachable, false, 15 * time.Second, 15 * time.Second, 6},
		{"refused after an answer", refused, true, "POST", false, Unreachable, false, 2 * time.Minute, 130 * time.Second, 12},
		{"no address", noAddress, false, "GET", true, Unreachable, false, 15 * time.Second, 15 * time.Second, 6},
		{"no address after an answer", noAddress, true, "GET", true, Unreachable, false, 2 * time.Minute, 130 * time.Second, 12},
		{"hang", func(req *http.Request) (*http.Response, error) {
			<-req.Context().Done()
			return nil, req.Context().Err()
		}, false, "GET", true, Unreachable, true, 2 * time.Minute, 150 * time.Second, 6},
		{"no such host", func(*http.Request) (*http.Response, error) {
			return nil, &net.OpError{Op: "dial", Err: &net.DNSError{Name: "api.twilio.com", Err: "no such host", IsNotFound: true}}
		}, false, "GET", true, Unreachable, false, 0, time.Second, 3},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network, times := script(test.answer)
				c := newTestClient(t, Config{Transport: network})
				if test.heard {
					c.network = roundTripper(answering(500, "{}"))
					if _, e := send(t.Context(), t, c, "POST", false); e == nil || e.Status != 500 {
						t.Fatal(e)
					}
					c.network = network
				}
				ctx, cancel := context.WithTimeout(t.Context(), 20*time.Minute)
				defer cancel()
				began := time.Now()
				_, e := send(ctx, t, c, test.method, test.idempotent)
				took := time.Since(began)
				if e == nil || e.Reason != test.reason || e.ambiguous != test.unknown || e.Attempts != len(*times) || e.Err != nil && errors.Is(e, context.DeadlineExceeded) {
					t.Errorf("got %+v", e)
				}
				if took < test.least || took > test.most || len(*times) < test.attempts {
					t.Errorf("%d attempts in %s", len(*times), took)
				}
			})
		})
	}
}

// Attempts end by their own timeout (10 s, or 15 s for creates) unless the operation's deadline comes first.
func TestAttemptTimeout(t *testing.T) {
	hang := func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, req.Context().Err()
	}
	synctest.Test(t, func(t *testing.T) {
		network, times := script(hang, answering(200, good))
		if _, e := send(t.Context(), t, newTestClient(t, Config{Transport: network}), "GET", true); e != nil {
			t.Fatal(e)
		}
		if wait := (*times)[1].Sub((*times)[0]); wait < 10*time.Second || wait > 10*time.Second+200*ms {
			t.Errorf("the first attempt was given up after %s", wait)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		network, _ := script(hang)
		_, e := send(t.Context(), t, newTestClient(t, Config{Transport: network}), "POST", false)
		if e == nil || e.Elapsed != 15*time.Second || !e.ambiguous || e.Error() != "POST /x.json: no response; no complete response within 15s" {
			t.Errorf("got %v, %+v", e, e)
		}
	})
	synctest.Test(t, func(t *testing.T) {
		network, _ := script(hang)
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "GET", true)
		if e == nil || e.Elapsed != 5*time.Second || !errors.Is(e, context.DeadlineExceeded) || e.Error() != "GET /x.json: no response; context deadline exceeded" {
			t.Errorf("got %v, %+v", e, e)
		}
	})
}

func TestCancel(t *testing.T) {
	// after answers when d has passed or the request's context ends.
	after := func(d time.Duration, next func(*http.Request) (*http.Response, error)) func(*http.Request) (*http.Response, error) {
		return func(req *http.Request) (*http.Response, error) {
			if err := pause(req.Context(), d); err != nil {
				return nil, err
			}
			return next(req)
		}
	}
	for _, test := range []struct {
		name       string
		answer     func(*http.Request) (*http.Response, error)
		method     string
		idempotent bool
		within     time.Duration // time after the cancellation
		succeeds   bool
		unknown    bool
		reason     Reason
	}{
		{"read on the way", after(9*time.Second, answering(200, good)), "GET", true, 0, false, true, Unreachable},
		{"backoff after 500", answering(500, "{}"), "GET", true, 0, false, true, ServerError},
		{"waiting for the server", answering(429, "{}", "Retry-After", "60"), "POST", false, 0, false, false, Throttled},
		{"create that is nearly done", after(1300*ms, answering(201, good)), "POST", false, 300 * ms, true, false, 0},
		{"update that is nearly done", after(1300*ms, answering(200, good)), "POST", true, 300 * ms, true, false, 0},
		{"delete that hangs", after(time.Hour, answering(200, good)), "DELETE", true, cancelGrace, false, true, Unreachable},
		{"create that hangs", after(time.Hour, answering(201, good)), "POST", false, cancelGrace, false, true, Unreachable},
	} {
		t.Run(test.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				network, _ := script(test.answer)
				ctx, cancel := context.WithCancel(t.Context())
				began := time.Now()
				time.AfterFunc(time.Second, cancel)
				body, e := send(ctx, t, newTestClient(t, Config{Transport: network}), test.method, test.idempotent)
				if took := time.Since(began) - time.Second; took != test.within {
					t.Errorf("ended %s after the cancellation", took)
				}
				if test.succeeds {
					if body != good || e != nil {
						t.Errorf("got %q, %v", body, e)
					}
					return
				}
				if e == nil || !errors.Is(e, context.Canceled) || e.Reason != test.reason || e.ambiguous != test.unknown {
					t.Errorf("got %+v", e)
				}
			})
		})
	}
	t.Run("before the first attempt", func(t *testing.T) {
		network, times := script(answering(200, good))
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "POST", false)
		if e == nil || !errors.Is(e, context.Canceled) || e.Attempts != 0 || e.ambiguous || len(*times) != 0 {
			t.Errorf("got %+v", e)
		}
	})
	t.Run("in the queue", func(t *testing.T) {
		synctest.Test(t, func(t *testing.T) {
			network, times := script(after(9*time.Second, answering(200, good)))
			c := newTestClient(t, Config{Transport: network, MaxConcurrentRequests: 1})
			done := make(chan struct{})
			go func() {
				defer close(done)
				if _, e := send(t.Context(), t, c, "GET", true); e != nil {
					t.Error(e)
				}
			}()
			synctest.Wait()
			ctx, cancel := context.WithTimeout(t.Context(), time.Second)
			defer cancel()
			_, e := send(ctx, t, c, "POST", false)
			if e == nil || !errors.Is(e, context.DeadlineExceeded) || e.Elapsed != time.Second || e.Attempts != 0 || e.ambiguous || len(*times) != 1 {
				t.Errorf("got %+v", e)
			}
			<-done
		})
	})
	t.Run("a definite answer that came in time", func(t *testing.T) {
		ctx, cancel := context.WithCancel(t.Context())
		network, _ := script(func(req *http.Request) (*http.Response, error) {
			cancel()
			return answering(400, `{"code": 1, "message": "no", "status": 400}`)(req)
		})
		_, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "POST", false)
		if e == nil || errors.Is(e, context.Canceled) || e.Reason != Rejected {
			t.Errorf("got %+v", e)
		}
	})
}

// The error of an interrupted request says what prevented a response before the interrupt.
func TestInterruptedErrorNamesTheLastFault(t *testing.T) {
	refused := func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connect: connection refused")}
	}
	hang := func(req *http.Request) (*http.Response, error) {
		<-req.Context().Done()
		return nil, req.Context().Err()
	}
	brokenOff := func(*http.Request) (*http.Response, error) { return nil, io.EOF }
	for want, answers := range map[string][]func(*http.Request) (*http.Response, error){
		"connection refused":             {refused},
		"server error (503)":             {answering(503, "<html>", "Retry-After", "2"), hang},
		"server error (500, code 20500)": {answering(500, `{"code": 20500, "message": "Internal", "status": 500}`)},
		"throttled (429)":                {answering(429, "{}", "Retry-After", "60")},
		"no complete response within 4s": {hang},
		"EOF":                            {brokenOff},
		"not a Twilio response (200)":    {answering(200, "<html>")},
	} {
		synctest.Test(t, func(t *testing.T) {
			network, _ := script(answers...)
			ctx, cancel := context.WithCancel(t.Context())
			time.AfterFunc(5*time.Second, cancel)
			_, e := send(ctx, t, newTestClient(t, Config{Transport: network, AttemptTimeout: 4 * time.Second}), "GET", true)
			if e == nil || !errors.Is(e, context.Canceled) || e.LastFault != want {
				t.Errorf("%s: got %+v", want, e)
			}
		})
	}
	synctest.Test(t, func(t *testing.T) {
		network, _ := script(hang)
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, e := send(ctx, t, newTestClient(t, Config{Transport: network}), "GET", true); e == nil || e.LastFault != "" {
			t.Errorf("the first attempt was interrupted: got %+v", e)
		}
	})
}

// No goroutine outlives a call, however it ends.
func TestNoGoroutineOutlivesACall(t *testing.T) {
	var n atomic.Int32
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		_, _ = io.Copy(io.Discard, req.Body)
		switch n.Add(1) % 4 {
		case 0:
			w.WriteHeader(http.StatusTooManyRequests)
		case 1:
			hijack(w, "")
		case 2:
			<-req.Context().Done()
		case 3:
			_, _ = io.WriteString(w, good)
		}
	}))
	defer server.Close()
	before := runtime.NumGoroutine()
	c := newTestClient(t, Config{BaseURL: server.URL, AttemptTimeout: 20 * ms})
	for i := range 40 {
		ctx, cancel := context.WithTimeout(t.Context(), time.Duration(i%5)*30*ms)
		_, _ = send(ctx, t, c, []string{"GET", "POST"}[i%2], i%3 == 0)
		cancel()
	}
	c.network.(*http.Transport).CloseIdleConnections()
	server.CloseClientConnections()
	for range 100 {
		if runtime.NumGoroutine() <= before {
			return
		}
		time.Sleep(20 * ms)
	}
	stacks := make([]byte, 1<<16)
	t.Errorf("%d goroutines before, %d after:\n%s", before, runtime.NumGoroutine(), stacks[:runtime.Stack(stacks, true)])
}

// Forms are sent with their length, and requests without a form have no body.
func TestRequestBody(t *testing.T) {
	var got string
	network := roundTripper(func(req *http.Request) (*http.Response, error) {
		got = "no body"
		if req.Body != nil {
			body, _ := io.ReadAll(req.Body)
			got = string(body)
		}
		if int(req.ContentLength) != len(strings.TrimPrefix(got, "no body")) || req.Header.Get("Content-Type") != "application/x-www-form-urlencoded" {
			t.Errorf("%s: length %d, %v", req.Method, req.ContentLength, req.Header)
		}
		return answered(200, good), nil
	})
	c := newTestClient(t, Config{Transport: network})
	for method, want := range map[string]string{"GET": "no body", "DELETE": "no body", "POST": "FriendlyName=x"} {
		if _, e := send(t.Context(), t, c, method, true); e != nil || got != want {
			t.Errorf("%s sent %q, %v", method, got, e)
		}
	}
}

// There can be as many idle connections as requests in flight, even with several hosts.
func TestIdleConnections(t *testing.T) {
	for maxConcurrent, all := range map[int]int{1: 100, 25: 100, 26: 104, 100: 400} {
		network := newNetwork(maxConcurrent)
		if network.MaxIdleConnsPerHost != maxConcurrent || network.MaxIdleConns != all {
			t.Errorf("%d: %d for each host, %d in all", maxConcurrent, network.MaxIdleConnsPerHost, network.MaxIdleConns)
		}
		if network.IdleConnTimeout != 30*time.Second || network.TLSHandshakeTimeout != 5*time.Second {
			t.Errorf("idle for %s, handshake within %s", network.IdleConnTimeout, network.TLSHandshakeTimeout)
		}
	}
}

func TestDelete(t *testing.T) {
	for status, want := range map[int]bool{204: true, 404: false, 403: false} {
		network, _ := script(func(*http.Request) (*http.Response, error) {
			if status == 204 {
				return answered(204, ""), nil
			}
			return answered(status, `{"code": 20404, "message": "no", "status": 404}`), nil
		})
		if err := newTestClient(t, Config{Transport: network}).Delete(t.Context(), "https://api.twilio.com/x"); (err == nil) != want {
			t.Errorf("%d: %v", status, err)
		}
	}
}

// URLs of next pages come from responses.
func TestMalformedURL(t *testing.T) {
	network, times := script(answering(200, good))
	_, err := newTestClient(t, Config{Transport: network}).Get(t.Context(), "https://api.twilio.com/%zz")
	if e, ok := errors.AsType[*Error](err); !ok || e.Reason != NotJSON || len(*times) != 0 {
		t.Errorf("got %v", err)
	}
}

// An object made by a failed request is not older than the request, by the server's clock, which is 3 s ahead here.
func TestEarliestCreation(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		began := time.Now()
		network, _ := script(func(*http.Request) (*http.Response, error) {
			resp := answered(500, `{"code": 20500, "message": "Internal", "status": 500}`)
			resp.Header.Set("Date", time.Now().Add(3*time.Second).UTC().Format(http.TimeFormat))
			return resp, nil
		})
		c := newTestClient(t, Config{Transport: network})
		time.Sleep(5400 * ms)
		_, err := c.Create(t.Context(), "https://api.twilio.com/x", nil)
		if got, want := c.EarliestCreation(err).Sub(began), 8*time.Second; got != want || !IsAmbiguous(err) {
			t.Errorf("%s after the test began, want %s", got, want)
		}
		if got := c.EarliestCreation(errors.New("another error")); !got.IsZero() || IsAmbiguous(errors.New("another error")) {
			t.Errorf("%s", got)
		}
	})
}
