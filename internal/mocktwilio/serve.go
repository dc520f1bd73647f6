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
	"mime"
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// maxBody is far more than any endpoint needs.
const maxBody = 1 << 20

// call is a request that the server handles.
type call struct {
	server  *Server
	request *http.Request
	route   *route // nil if the path has none
	params  params
	account *account // acted on; nil if the credentials are wrong
	body    []byte
	form    url.Values
	entry   *Request // in the log
	started time.Time
	counted bool   // as in flight
	fault   *Fault // nil: none
}

func (c *call) notFound() *answer { return notFound(c.request.URL.Path) }

// url is the request's URL without the query: trunking's answers hold whole URLs.
func (c *call) url() string { return "http://" + c.request.Host + c.request.URL.Path }

// serve handles a request: it is authenticated, counted and delayed, meets a
// fault and is carried out, in this order. The log is complete and the request no
// longer in flight before the first byte of the answer is sent, so that a client
// that has an answer finds both up to date.
func (s *Server) serve(w http.ResponseWriter, r *http.Request) {
	if !s.handling.TryRLock() {
		panic(http.ErrAbortHandler)
	}
	defer s.handling.RUnlock()

	// Read the whole body before anything waits: only then net/http notices a
	// client that leaves.
	var body []byte
	if r.ContentLength != 0 {
		var err error
		if body, err = io.ReadAll(http.MaxBytesReader(w, r.Body, maxBody)); err != nil {
			panic(http.ErrAbortHandler)
		}
	}
	c := &call{server: s, request: r, body: body, started: time.Now()}
	refusal := c.prepare()
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
	result := refusal
	if result == nil {
		result = c.work()
	}
	if result.status < 300 {
		c.done()
	}
	if c.fault != nil && c.fault.afterWork() {
		if replaced := c.applyFault(result); replaced != nil {
			result = replaced
		}
	}
	c.send(w, result)
}

func (c *call) prepare() *answer {
	r, s := c.request, c.server
	s.mu.RLock()
	defer s.mu.RUnlock()
	c.route, c.params = findRoute(r.URL.Path)
	user, password, _ := r.BasicAuth()
	credentials := s.store.authenticate(user, password)
	if credentials == nil {
		return unauthenticated()
	}
	c.account = credentials
	if c.route == nil {
		return c.notFound()
	}
	if sid := c.params.account; sid != "" {
		account := s.store.accounts[sid]
		if account == nil {
			return c.notFound()
		}
		if !credentials.mayActOn(account) {
			c.account = nil
			return unauthenticated()
		}
		c.account = account
	}
	return c.parseForm()
}

// parseForm parses a POST's body, which a fault function sees as r.PostForm.
// Anything but a form is refused; an empty body needs no content type.
func (c *call) parseForm() *answer {
	contentType := c.request.Header.Get("Content-Type")
	if c.request.Method != http.MethodPost || len(c.body) == 0 && contentType == "" {
		return nil
	}
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/x-www-form-urlencoded" {
		return refuse(http.StatusUnsupportedMediaType, codeMediaType,
			"Content-Type %q is not supported: send application/x-www-form-urlencoded", contentType)
	}
	form, err := url.ParseQuery(string(c.body))
	if err != nil {
		return invalidParameter("The post body is not a form: %v", err)
	}
	c.form, c.request.PostForm = form, form
	return nil
}

// work carries the request out.
func (c *call) work() *answer {
	method := c.request.Method
	operation := c.route.methods[method]
	if operation == nil {
		a := refuse(http.StatusMethodNotAllowed, codeMethodNotAllowed, "Method not allowed")
		a.header = http.Header{"Allow": {c.route.allow}}
		return a
	}
	if mu := &c.server.mu; method == http.MethodGet {
		mu.RLock()
		defer mu.RUnlock()
	} else {
		mu.Lock()
		defer mu.Unlock()
	}
	return operation(c)
}

// begin counts the request as in flight and adds it to the log. It returns the
// answer if the request is throttled.
func (c *call) begin() (throttled *answer) {
	s, r := c.server, c.request
	c.entry = &Request{
		RequestID: s.request.hex("RQ"),
		Time:      s.options.Now(),
		Method:    r.Method,
		Path:      r.URL.Path,
		Query:     query(r.URL),
		Form:      c.form,
	}
	if c.route != nil {
		c.entry.Endpoint = c.route.template
	}
	if c.account != nil {
		c.entry.Account = c.account.sid
		c.entry.InFlight, throttled = s.limits.enter(c.account.sid, c.started)
		c.counted = throttled == nil
	}
	s.log.add(c.entry, !s.options.DiscardRequests)
	return throttled
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

// finish completes the entry and counts the request as no longer in flight.
func (c *call) finish(status, code int) {
	s := c.server
	if c.counted {
		s.limits.leave(c.account.sid)
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

// abandon ends a request without an answer.
func (c *call) abandon() {
	c.finish(0, 0)
	panic(http.ErrAbortHandler)
}

// applyFault applies the fault. result is the answer of the work, nil if it was not
// done. applyFault returns the answer to send instead; nil means to go on.
func (c *call) applyFault(result *answer) *answer {
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
		return refuse(status, cmp.Or(fault.Code, 20000+status), "%s", cmp.Or(fault.Message, http.StatusText(status)))
	case FaultHTML:
		status := cmp.Or(fault.Status, http.StatusBadGateway)
		title := strconv.Itoa(status) + " " + http.StatusText(status)
		page := cmp.Or(fault.Body, "<html>\r\n<head><title>"+title+"</title></head>\r\n<body>\r\n<center><h1>"+title+
			"</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n")
		return &answer{status: status, body: raw(page), header: http.Header{"Content-Type": {"text/html"}}}
	case FaultEmpty:
		status := http.StatusOK
		if result != nil {
			status = result.status
		}
		return &answer{status: cmp.Or(fault.Status, status)}
	case FaultHang, FaultDelay, FaultTruncate, FaultCutJSON: // done above, or by send
	}
	return nil
}

// raw is a body that is sent as it is.
type raw []byte

// send answers a request.
func (c *call) send(w http.ResponseWriter, a *answer) {
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
	if a.status != http.StatusNoContent && a.status != http.StatusNotModified {
		header["Content-Length"] = []string{strconv.Itoa(length)}
	}
	maps.Copy(header, a.header)
	for name, values := range fault.Header {
		header[http.CanonicalHeaderKey(name)] = values
	}
	c.finish(a.status, code)
	w.WriteHeader(a.status)
	// If less is written than announced, net/http closes the connection. A client
	// that has left does not matter.
	_, _ = w.Write(body)
}

// encode returns an answer's body and, of an error, its code.
func encode(a *answer) (body []byte, code int) {
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
		panic(err) // a value that JSON cannot express
	}
	return buffer.Bytes(), code
}

// wait sleeps. It returns false if the server is closed meanwhile, and true early
// if clientGone is closed.
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
