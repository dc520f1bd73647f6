// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"
)

// logRecorder keeps what is logged.
type logRecorder struct {
	mu    sync.Mutex
	warn  []map[string]any
	debug []map[string]any
	trace []map[string]any
}

func (l *logRecorder) Warn(_ context.Context, message string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.warn = append(l.warn, fields)
	fields["message"] = message
}

func (l *logRecorder) Debug(_ context.Context, message string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.debug = append(l.debug, fields)
	fields["message"] = message
}

func (l *logRecorder) Trace(_ context.Context, message string, fields map[string]any) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.trace = append(l.trace, fields)
	fields["message"] = message
}

// A server that echoes everything that it receives, in a body, a header, and an error, must not bring secrets into logs or
// errors.
func TestSecretsAreRedacted(t *testing.T) {
	const token, apiKey, apiSecret = "t0ken/+with=signs", "SK1", "s3cret and more"
	for _, config := range []Config{
		{User: "AC1", Password: token},
		{User: apiKey, Password: apiSecret, Secrets: []string{token}},
	} {
		log := &logRecorder{}
		config.Logger, config.MaxConcurrentRequests = log, 1
		var leaks []string
		config.Transport = roundTripper(func(req *http.Request) (*http.Response, error) {
			user, secret, _ := req.BasicAuth()
			if user != config.User || secret != config.Password {
				t.Errorf("authenticated as %s with %s", user, secret)
			}
			authorization := strings.TrimPrefix(req.Header.Get("Authorization"), "Basic ")
			leaks = []string{secret, authorization, token, base64.StdEncoding.EncodeToString([]byte(secret))}
			echo := strings.Join(leaks, " ")
			if req.URL.Path == "/network.json" {
				return nil, errors.New("proxy said: " + echo)
			}
			resp := answered(400, fmt.Sprintf(`{"code": 1, "message": "%s", "more_info": "%s", "status": 400}`, echo, echo))
			resp.Header.Set("Twilio-Request-Id", "RQ"+secret)
			if req.URL.Path == "/line.json" {
				resp.Body = io.NopCloser(strings.NewReader("<html>" + echo))
			}
			return resp, nil
		})
		c, err := New(config)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range []string{"/message.json", "/line.json", "/network.json"} {
			_, err := c.Create(t.Context(), "https://api.twilio.com"+path, url.Values{"FriendlyName": {token}})
			e, ok := errors.AsType[*Error](err)
			if !ok {
				t.Fatalf("%s: got %v", path, err)
			}
			lines, err := json.Marshal(append(log.debug, log.trace...))
			if err != nil {
				t.Fatal(err)
			}
			said := fmt.Sprintf("%v %+v %v %v %s", e, *e, log.debug, log.trace, lines)
			for _, leak := range leaks {
				if strings.Contains(said, leak) {
					t.Errorf("%s: %q leaks in %s", path, leak, said)
				}
			}
			if !strings.Contains(said, redacted) {
				t.Errorf("%s: nothing was redacted in %s", path, said)
			}
		}
	}
}

func TestLogLines(t *testing.T) {
	log := &logRecorder{}
	n := 0
	c, err := New(Config{
		User: "AC1", Password: "token", MaxConcurrentRequests: 1, Logger: log,
		Transport: roundTripper(func(*http.Request) (*http.Response, error) {
			if n++; n == 1 {
				resp := answered(429, "{}")
				resp.Header.Set("Twilio-Request-Id", "RQ1")
				return resp, nil
			}
			return answered(200, `{"sid": "AL1"}`), nil
		}),
	})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Update(t.Context(), "https://api.twilio.com/x.json?PageSize=3", url.Values{"FriendlyName": {"x"}}); err != nil {
		t.Fatal(err)
	}
	if len(log.debug) != 2 || len(log.trace) != 2 {
		t.Fatalf("%d debug and %d trace lines", len(log.debug), len(log.trace))
	}
	for i, want := range []map[string]any{
		{"message": "Twilio API request", "method": "POST", "path": "/x.json", "status": 429, "attempt": 1, "request_id": "RQ1"},
		{"message": "Twilio API request", "method": "POST", "path": "/x.json", "status": 200, "attempt": 2, "request_id": nil},
	} {
		for key, value := range want {
			if log.debug[i][key] != value {
				t.Errorf("line %d: %s is %v, want %v", i, key, log.debug[i][key], value)
			}
		}
		if _, ok := log.debug[i]["duration_ms"]; !ok {
			t.Errorf("line %d: no duration", i)
		}
	}
	// Terraform's log is JSON.
	line, err := json.Marshal(log.trace[1])
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"request_body":"FriendlyName=x"`, `"response_body":"{\"sid\": \"AL1\"}"`, `"query":"PageSize=3"`} {
		if !strings.Contains(string(line), want) {
			t.Errorf("there is no %s in %s", want, line)
		}
	}
}

// A request that is failing and being retried is logged at level warn, at most every ten seconds.
func TestRepeatedFaultsAreWarnings(t *testing.T) {
	refused := func(*http.Request) (*http.Response, error) {
		return nil, &net.OpError{Op: "dial", Net: "tcp", Err: errors.New("connect: connection refused")}
	}
	for name, test := range map[string]struct {
		answers     []func(*http.Request) (*http.Response, error)
		cause       string
		least, most int
	}{
		"for two minutes":           {[]func(*http.Request) (*http.Response, error){answering(503, "{}")}, "server error (503)", 6, 13},
		"for 15 seconds":            {[]func(*http.Request) (*http.Response, error){refused}, "connection refused", 1, 2},
		"once":                      {[]func(*http.Request) (*http.Response, error){refused, answering(200, good)}, "connection refused", 1, 1},
		"not repeated":              {[]func(*http.Request) (*http.Response, error){answering(400, "{}")}, "", 0, 0},
		"throttled":                 {[]func(*http.Request) (*http.Response, error){answering(429, "{}"), answering(429, "{}"), answering(200, good)}, "", 0, 0},
		"a fault between throttles": {[]func(*http.Request) (*http.Response, error){answering(429, "{}"), answering(500, "{}"), answering(200, good)}, "server error (500)", 1, 1},
	} {
		synctest.Test(t, func(t *testing.T) {
			log := &logRecorder{}
			network, _ := script(test.answers...)
			c := newTestClient(t, Config{Transport: network, Logger: log})
			began := time.Now()
			_, e := send(t.Context(), t, c, "GET", true)
			if len(log.warn) < test.least || len(log.warn) > test.most {
				t.Errorf("%s: %d warnings in %s, until %v", name, len(log.warn), time.Since(began), e)
			}
			var last time.Duration
			for i, fields := range log.warn {
				lasts, err := time.ParseDuration(fmt.Sprint(fields["failing_for"]))
				if err != nil || i > 0 && lasts-last < warnInterval-100*ms {
					t.Errorf("%s: warned after %s and after %v", name, last, fields["failing_for"])
				}
				last = lasts
				if fields["host"] != "api.twilio.com" || fields["path"] != "/x.json" || fields["method"] != "GET" || fields["cause"] != test.cause || fields["message"] != "Retrying a request to Twilio that failed" {
					t.Errorf("%s: %v", name, fields)
				}
			}
		})
	}
	// Without a logger, nothing is written.
	network, _ := script(refused, answering(200, good))
	if _, e := send(t.Context(), t, newTestClient(t, Config{Transport: network}), "GET", true); e != nil {
		t.Error(e)
	}
}
