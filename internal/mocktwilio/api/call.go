// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"mime"
	"net/http"
	"net/url"
)

// Call is a request to the API.
type Call struct {
	// Endpoint is the path with {AccountSid}, {Sid}, and so on, as in Twilio's OpenAPI documents. It is "" if the path is not
	// served.
	Endpoint string
	// AccountSID is the account that the request acts on. It is "" if the credentials are wrong.
	AccountSID string
	// Query and Form are the parameters in the URL and in the body, or nil if there are none. Passwords are replaced.
	Query, Form url.Values

	store   *Store
	request *http.Request
	route   *route
	params  params
	account *account
	form    url.Values
	refusal *Answer
}

// Prepare authenticates a request, finds its endpoint, and parses its body, which it also puts into r.PostForm. Work then carries
// the request out.
func (s *Store) Prepare(r *http.Request, body []byte) *Call {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := &Call{store: s, request: r}
	if r.URL.RawQuery != "" {
		c.Query = withoutPasswords(r.URL.Query())
	}
	c.refusal = c.prepare(body)
	if c.route != nil {
		c.Endpoint = c.route.template
	}
	if c.account != nil {
		c.AccountSID = c.account.sid
	}
	return c
}

// Work carries the request out, or returns why it does not.
func (c *Call) Work() *Answer {
	if c.refusal != nil {
		return c.refusal
	}
	method := c.request.Method
	operation := c.route.methods[method]
	if operation == nil {
		a := Refuse(http.StatusMethodNotAllowed, codeMethodNotAllowed, "Method not allowed")
		a.Header = http.Header{"Allow": {c.route.allow}}
		return a
	}
	if mu := &c.store.mu; method == http.MethodGet {
		mu.RLock()
		defer mu.RUnlock()
	} else {
		mu.Lock()
		defer mu.Unlock()
	}
	// A call of Load may have replaced the account in the meantime.
	if c.account = c.store.account(c.AccountSID); c.account == nil {
		return unauthenticated()
	}
	return operation(c)
}

func (c *Call) prepare(body []byte) *Answer {
	c.route, c.params = findRoute(c.request.Host, c.request.URL.Path)
	user, password, _ := c.request.BasicAuth()
	credentials := c.store.authenticate(user, password)
	if credentials == nil {
		return unauthenticated()
	}
	c.account = credentials
	if c.route == nil {
		return c.notServed()
	}
	if c.params.malformed {
		return c.notFound()
	}
	if sid := c.params.account; sid != "" {
		account := c.store.account(sid)
		if account == nil {
			return c.notFound()
		}
		if !credentials.mayActOn(account) {
			c.account = nil
			return unauthenticated()
		}
		c.account = account
	}
	return c.parseForm(body)
}

// parseForm parses a POST's body. It rejects everything except a form. An empty body needs no content type.
func (c *Call) parseForm(body []byte) *Answer {
	contentType := c.request.Header.Get("Content-Type")
	if c.request.Method != http.MethodPost || len(body) == 0 && contentType == "" {
		return nil
	}
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/x-www-form-urlencoded" {
		return Refuse(http.StatusUnsupportedMediaType, codeMediaType,
			"Content-Type %q is not supported: send application/x-www-form-urlencoded", contentType)
	}
	form, err := url.ParseQuery(string(body))
	if err != nil {
		return refuse(codeInvalidParameter, "The post body is not a form: %v", err)
	}
	c.form, c.request.PostForm = form, form
	c.Form = withoutPasswords(form)
	return nil
}

func (c *Call) notFound() *Answer { return notFound(c.request.URL.Path) }

// notServed does not return 404, because a client would treat the object as deleted.
func (c *Call) notServed() *Answer {
	host := ""
	if productOf(c.request.Host) != "" {
		host = "https://" + c.request.Host
	}
	return Refuse(http.StatusNotImplemented, codeNotServed, "mocktwilio, a local mock of Twilio, does not serve %s %s%s", c.request.Method, host, c.request.URL.Path)
}

// url returns the request's URL without the query. Responses of the trunking API have absolute URLs.
func (c *Call) url() string {
	scheme := "http://"
	if c.request.TLS != nil {
		scheme = "https://"
	}
	return scheme + c.request.Host + c.request.URL.Path
}
