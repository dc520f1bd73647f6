// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"net/http"
	"time"
)

// warnInterval is the time between two warnings about the same request.
const warnInterval = 10 * time.Second

// Logger receives messages about requests. Fields never contain a secret.
type Logger interface {
	Warn(ctx context.Context, message string, fields map[string]any)
	Debug(ctx context.Context, message string, fields map[string]any)
	Trace(ctx context.Context, message string, fields map[string]any)
}

// logAttempt logs an attempt that was sent at debug level, and its bodies at trace level.
func (c *Client) logAttempt(req *http.Request, body string, attempt int, a answer, f *fault, duration time.Duration) {
	logger := c.config.Logger
	if logger == nil {
		return
	}
	fields := map[string]any{
		"method":      req.Method,
		"path":        c.redact.text(req.URL.Path),
		"attempt":     attempt,
		"duration_ms": duration.Milliseconds(),
	}
	if a.status != 0 {
		fields["status"] = a.status
	}
	if id := requestID(a.header); id != "" {
		fields["request_id"] = c.redact.text(id)
	}
	if f != nil && f.err.Err != nil {
		fields["error"] = f.err.Err.Error()
	}
	logger.Debug(req.Context(), "Twilio API request", fields)
	logger.Trace(req.Context(), "Twilio API request and response bodies", map[string]any{
		"method":        req.Method,
		"path":          c.redact.text(req.URL.Path),
		"query":         redactedText{c.redact, []byte(req.URL.RawQuery)},
		"attempt":       attempt,
		"request_body":  redactedText{c.redact, []byte(body)},
		"response_body": redactedText{c.redact, a.body},
	})
}

// warn logs a warning about a request that is failing and being retried, at most every warnInterval. The user sees nothing else
// until the request ends.
func (s *retryState) warn(ctx context.Context) {
	if s.config.Logger == nil || !s.warned.IsZero() && time.Since(s.warned) < warnInterval {
		return
	}
	s.warned = time.Now()
	s.config.Logger.Warn(ctx, "Retrying a request to Twilio that failed", map[string]any{
		"method":      s.method,
		"host":        s.host,
		"path":        s.path,
		"cause":       s.lastFault,
		"attempts":    s.attempts,
		"failing_for": roundElapsed(time.Since(s.firstFault)).String(),
	})
}
