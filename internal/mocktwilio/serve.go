// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"bytes"
	"cmp"
	"encoding/json"
	"io"
	"maps"
	"math"
	"net/http"
	"strconv"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// maxBody is much larger than any endpoint needs.
const maxBody = 1 << 20

// call is a request that the server is handling.
type call struct {
	server  *Server
	request *http.Request
	api     *api.Call
	entry   *Request // in the log
	started time.Time
	counted bool   // whether it is counted as in flight
	fault   *Fault // nil if there is none
}

// serve handles a request: it is authenticated, counted, delayed, subjected to a fault, and carried out, in this order. Before
// the first byte of the response is sent, the log is complete and the request is no longer in flight, so a client that has a
// response finds both up to date.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.handling.TryRLock() {
		panic(http.ErrAbortHandler)
	}
	defer s.handling.RUnlock()

	// Read the whole body before anything waits, because only then does net/http notice that a client leaves.
	var body []byte
	if r.ContentLength != 0 {
		var err error
		if body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	c := &call{server: s, request: r, started: time.Now(), api: s.store.Prepare(r, body)}
	if throttled := c.begin(); throttled != nil {
		c.send(w, throttled)
		return
	}
	c.fault = s.faults.pick(r)
	if !s.wait(time.Duration(s.latency.Load()), nil) {
		c.abandon()
	}
	if c.fault != nil && !c.fault.afterWork() {
		if replaced := c.applyFault(nil); replaced != nil {
			c.send(w, replaced)
			return
		}
	}
	result := c.api.Work()
	if result.Status < 300 {
		c.done()
	}
	if c.fault != nil && c.fault.afterWork() {
		if replaced := c.applyFault(result); replaced != nil {
			result = replaced
		}
	}
	c.send(w, result)
}

// begin counts the request as in flight and adds it to the log. It returns the response if the request is throttled.
func (c *call) begin() (throttled *api.Answer) {
	s, r := c.server, c.request
	c.entry = &Request{
		RequestID: s.request.Hex("RQ"),
		Time:      s.options.Now(),
		Method:    r.Method,
		Path:      r.URL.Path,
		Query:     c.api.Query,
		Form:      c.api.Form,
		Endpoint:  c.api.Endpoint,
		Account:   c.api.AccountSID,
	}
	if c.api.AccountSID != "" {
		c.entry.InFlight, throttled = s.limits.enter(c.api.AccountSID, c.started)
		c.counted = throttled == nil
	}
	s.log.add(c.entry, !s.options.DiscardRequests)
	return throttled
}

func (c *call) done() {
	c.server.log.mu.Lock()
	defer c.server.log.mu.Unlock()
	c.entry.Done = true
}

// finish completes the entry and ends the count as in flight.
func (c *call) finish(status, code int) {
	s := c.server
	if c.counted {
		s.limits.leave(c.api.AccountSID)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	c.entry.Status, c.entry.Code = status, code
	c.entry.Finished = true
	c.entry.Duration = time.Since(c.started)
	if c.fault != nil {
		c.entry.Fault = c.fault.Kind
	}
	if s.options.OnRequest != nil {
		s.options.OnRequest(*c.entry)
	}
}

// abandon ends a request without a response.
func (c *call) abandon() {
	c.finish(0, 0)
	panic(http.ErrAbortHandler)
}

// applyFault applies the fault. result is the response of the work, or nil if it was not done. applyFault returns the response to
// send instead, or nil to continue normally.
func (c *call) applyFault(result *api.Answer) *api.Answer {
	s, fault := c.server, c.fault
	if fault.Kind == FaultHang {
		delay := fault.Delay
		if delay == 0 {
			delay = math.MaxInt64
		}
		s.wait(delay, c.request.Context().Done())
		c.abandon()
	}
	if !s.wait(fault.Delay, nil) {
		c.abandon()
	}
	switch fault.Kind {
	case FaultCloseBefore, FaultCloseAfter:
		c.abandon()
	case FaultStatus:
		status := cmp.Or(fault.Status, http.StatusServiceUnavailable)
		return api.Refuse(status, cmp.Or(fault.Code, 20000+status), "%s", cmp.Or(fault.Message, http.StatusText(status)))
	case FaultHTML:
		status := cmp.Or(fault.Status, http.StatusBadGateway)
		title := strconv.Itoa(status) + " " + http.StatusText(status)
		page := cmp.Or(fault.Body, "<html>\r\n<head><title>"+title+"</title></head>\r\n<body>\r\n<center><h1>"+title+
			"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")
		return &api.Answer{Status: status, Body: raw(page), Header: http.Header{"Content-Type": {"text/html"}}}
	case FaultEmpty:
		status := http.StatusOK
		if result != nil {
			status = result.Status
		}
		return &api.Answer{Status: cmp.Or(fault.Status, status)}
	case FaultHang, FaultDelay, FaultTruncate, FaultCutJSON: // done above or by send
	}
	return nil
}

// raw is a body that is sent unchanged.
type raw []byte

// send answers a request.
func (c *call) send(w http.ResponseWriter, a *api.Answer) {
	body, code := encode(a)
	length := len(body)
	fault := c.fault
	if fault == nil {
		fault = new(Fault)
	}
	if fault.Kind == FaultTruncate && length == 0 {
		c.abandon()
	}
	if fault.Kind == FaultTruncate || fault.Kind == FaultCutJSON {
		body = body[:length/2]
	}
	if fault.Kind == FaultCutJSON {
		length = len(body)
	}
	header := w.Header()
	header["Twilio-Request-Id"] = []string{c.entry.RequestID}
	header["Twilio-Concurrent-Requests"] = []string{strconv.Itoa(c.entry.InFlight)}
	if length > 0 {
		header["Content-Type"] = []string{"application/json"}
	}
	if a.Status != http.StatusNoContent && a.Status != http.StatusNotModified {
		header["Content-Length"] = []string{strconv.Itoa(length)}
	}
	maps.Copy(header, a.Header)
	for name, values := range fault.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	c.finish(a.Status, code)
	w.WriteHeader(a.Status)
	// If less is written than announced, net/http closes the connection. It does not matter if the client has left.
	_, _ = w.Write(body)
}

// encode returns the body of a response, and its error code if it is an error.
func encode(a *api.Answer) (body []byte, code int) {
	switch value := a.Body.(type) {
	case nil:
		return nil, 0
	case raw:
		return value, 0
	case api.Error:
		code = value.Code
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false) // Twilio's next_page_uri has a plain &
	if err := encoder.Encode(a.Body); err != nil {
		panic(err) // a value that cannot be encoded as JSON
	}
	return buffer.Bytes(), code
}

// wait sleeps. It returns false if the server is closed in the meantime, and returns true early if clientGone is closed.
func (s *Server) wait(d time.Duration, clientGone <-chan struct{}) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-clientGone:
		return true
	case <-s.closing:
		return false
	}
}
