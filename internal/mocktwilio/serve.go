// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"bytes"
	"encoding/json"
	"io"
	"maps"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// call is one request on its way through the server.
type call struct {
	server  *Server
	request *http.Request
	route   *route // nil when there is none for the path
	params  params
	account *account // acted on; nil when the credentials are wrong
	body    []byte
	form    form
	entry   *Request // in the log
	started time.Time
}

// serve handles a request: it is authenticated, counted, held up, struck by a
// fault and carried out, in this order. The log is complete and the request no
// longer in flight before the first byte of the answer leaves, so that a client
// that has an answer finds both as they should be.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.handling.enter() {
		panic(http.ErrAbortHandler)
	}
	defer s.handling.leave()

	// All of the body, before anything waits: only then net/http notices a
	// client that leaves.
	var body []byte
	if r.ContentLength != 0 {
		var err error
		if body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	c := &call{server: s, request: r, body: body, started: time.Now()}
	refusal := c.admit()
	inFlight, throttled := 0, (*answer)(nil)
	if c.account != nil {
		inFlight, throttled = s.limits.enter(c.account.sid, c.started)
	}
	c.open(inFlight)
	counted := inFlight > 0 && throttled == nil
	if throttled != nil {
		c.send(w, *throttled, nil, counted)
		return
	}

	fault := s.faults.pick(r)
	if !s.wait(time.Duration(s.latency.Load()), nil) {
		c.abandon(fault, counted)
	}
	if fault != nil && !fault.afterWork() {
		replaced := c.strike(fault, nil, counted)
		if replaced != nil {
			c.send(w, *replaced, fault, counted)
			return
		}
	}
	var result answer
	if refusal != nil {
		result = *refusal
	} else {
		result = c.work()
	}
	if result.status < 300 {
		c.done()
	}
	if fault != nil && fault.afterWork() {
		if replaced := c.strike(fault, &result, counted); replaced != nil {
			result = *replaced
		}
	}
	c.send(w, result, fault, counted)
}

// admit finds out whose request it is and what it asks for. What it returns is
// the answer to a request that must not be carried out.
func (c *call) admit() *answer {
	r, s := c.request, c.server
	c.route, c.params = findRoute(r.URL.Path)
	user, password, _ := r.BasicAuth()
	s.mu.RLock()
	credentials := s.world.authenticate(user, password)
	s.mu.RUnlock()
	var refusal answer
	switch {
	case credentials == nil:
		refusal = unauthenticated()
		return &refusal
	case c.route == nil:
		c.account = credentials
		refusal = notFound(r.URL.Path)
		return &refusal
	}
	c.account = credentials
	if sid := c.params.account; sid != "" {
		s.mu.RLock()
		account := s.world.accounts[sid]
		s.mu.RUnlock()
		switch {
		case account == nil:
			refusal = notFound(r.URL.Path)
			return &refusal
		case !credentials.mayActOn(account):
			c.account = nil
			refusal = unauthenticated()
			return &refusal
		}
		c.account = account
	}
	return c.readForm()
}

// readForm parses the body. A fault function sees it as r.PostForm.
func (c *call) readForm() *answer {
	if c.request.Method != http.MethodPost {
		return nil
	}
	values, refusal := parseForm(c.request.Header.Get("Content-Type"), c.body)
	c.form.values = values
	c.request.PostForm = values
	return refusal
}

// work carries the request out.
func (c *call) work() answer {
	operation := c.route.methods[c.request.Method]
	if operation == nil {
		a := refuse(http.StatusMethodNotAllowed, codeMethodNotAllowed, "Method not allowed")
		a.header = http.Header{"Allow": {c.route.allow}}
		return a
	}
	return operation(c)
}

// open begins the request's entry in the log.
func (c *call) open(inFlight int) {
	s, r := c.server, c.request
	c.entry = &Request{
		RequestID: s.request.hex("RQ"),
		Time:      s.options.Now(),
		Method:    r.Method,
		Path:      r.URL.Path,
		Query:     query(r.URL),
		Form:      c.form.values,
		InFlight:  inFlight,
	}
	if c.route != nil {
		c.entry.Endpoint = c.route.template
	}
	if c.account != nil {
		c.entry.Account = c.account.sid
	}
	s.log.add(c.entry, !s.options.DiscardRequests)
}

func query(u *url.URL) url.Values {
	if u.RawQuery == "" {
		return nil
	}
	return u.Query()
}

func (c *call) done() {
	c.server.log.mu.Lock()
	defer c.server.log.mu.Unlock()
	c.entry.Done = true
}

// finish completes the entry and counts the request out.
func (c *call) finish(status, code int, fault *Fault, counted bool) {
	s := c.server
	if counted {
		s.limits.leave(c.account.sid)
	}
	s.log.mu.Lock()
	defer s.log.mu.Unlock()
	c.entry.Status, c.entry.Code = status, code
	c.entry.Finished = true
	c.entry.Duration = time.Since(c.started)
	if fault != nil {
		c.entry.Fault = fault.Kind
	}
	if s.options.OnRequest != nil {
		s.options.OnRequest(*c.entry)
	}
}

// abandon ends a request without an answer.
func (c *call) abandon(fault *Fault, counted bool) {
	c.finish(0, 0, fault, counted)
	panic(http.ErrAbortHandler)
}

// strike lets a fault befall the request. result is what the work gave, nil when
// it was not done. It returns the answer that takes its place; nil says to go
// on.
func (c *call) strike(fault *Fault, result *answer, counted bool) *answer {
	s := c.server
	if fault.Kind == FaultHang {
		forever := fault.Delay == 0
		delay := fault.Delay
		if forever {
			delay = 1<<63 - 1
		}
		s.wait(delay, c.request.Context().Done())
		c.abandon(fault, counted)
	}
	if !s.wait(fault.Delay, nil) {
		c.abandon(fault, counted)
	}
	switch fault.Kind {
	case FaultCloseBefore, FaultCloseAfter:
		c.abandon(fault, counted)
	case FaultStatus:
		status := or(fault.Status, http.StatusServiceUnavailable)
		message := fault.Message
		if message == "" {
			message = http.StatusText(status)
		}
		a := refuse(status, or(fault.Code, 20000+status), "%s", message)
		return &a
	case FaultHTML:
		status := or(fault.Status, http.StatusBadGateway)
		page := fault.Body
		if page == "" {
			title := strconv.Itoa(status) + " " + http.StatusText(status)
			page = "<html>\r\n<head><title>" + title + "</title></head>\r\n<body>\r\n<center><h1>" + title +
				"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n"
		}
		return &answer{status: status, body: raw(page), header: http.Header{"Content-Type": {"text/html"}}}
	case FaultEmpty:
		status := http.StatusOK
		if result != nil {
			status = result.status
		}
		return &answer{status: or(fault.Status, status)}
	case FaultHang, FaultDelay, FaultTruncate, FaultCutJSON: // done above, or by send
	}
	return nil
}

func or(value, otherwise int) int {
	if value == 0 {
		return otherwise
	}
	return value
}

// raw is a body that is sent as it is.
type raw []byte

// send answers a request.
func (c *call) send(w http.ResponseWriter, a answer, fault *Fault, counted bool) {
	body, code := encode(a)
	length := len(body)
	if fault != nil {
		switch fault.Kind {
		case FaultTruncate:
			if length == 0 {
				c.abandon(fault, counted)
			}
			body = body[:length/2]
		case FaultCutJSON:
			body = body[:length/2]
			length = len(body)
		case FaultStatus, FaultHTML, FaultEmpty, FaultCloseBefore, FaultCloseAfter, FaultHang, FaultDelay:
		}
	}
	header := w.Header()
	header["Twilio-Request-Id"] = []string{c.entry.RequestID}
	header["Twilio-Concurrent-Requests"] = []string{strconv.Itoa(c.entry.InFlight)}
	if length > 0 {
		header["Content-Type"] = []string{"application/json"}
	}
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		header["Content-Length"] = []string{strconv.Itoa(length)}
	}
	maps.Copy(header, a.header)
	if fault != nil {
		for name, values := range fault.Header {
			header[http.CanonicalHeaderKey(name)] = values
		}
	}
	c.finish(a.status, code, fault, counted)
	w.WriteHeader(a.status)
	_, _ = w.Write(body) // a client that has left is no matter
	// When less is written than announced, net/http closes the connection.
}

// encode returns an answer's body and, of an error, its code.
func encode(a answer) (body []byte, code int) {
	switch value := a.body.(type) {
	case nil:
		return nil, 0
	case raw:
		return value, 0
	case errorWire:
		code = value.Code
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetEscapeHTML(false) // Twilio's next_page_uri has a plain &
	if err := encoder.Encode(a.body); err != nil {
		panic(err) // a wire struct that JSON cannot express
	}
	return buffer.Bytes(), code
}

// wait sleeps. It returns false when the server is closed meanwhile, and true at
// once when left is closed.
func (s *Server) wait(d time.Duration, left <-chan struct{}) bool {
	if d <= 0 {
		return true
	}
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return true
	case <-left:
		return true
	case <-s.closing:
		return false
	}
}
