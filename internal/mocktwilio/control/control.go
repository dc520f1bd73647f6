// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package control lets tests in any language control a mock of Twilio over HTTP. Below /_mock/, they can reset its objects, read
// the requests that it received, and make requests fail.
//
// The controls need no credentials, because the mock only listens on loopback addresses. Requests that a web page in a browser
// could send are rejected.
package control

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// prefix is the path of all controls. Twilio's APIs have no such path.
const prefix = "/_mock/"

// Options configure the controls.
type Options struct {
	// Version is the version of the program, for /_mock/health.
	Version string
	// Log has the requests for /_mock/requests.
	Log *Log
	// Reset restores the objects that existed at the start.
	Reset func() error
	// Save writes the objects to a file. It is nil if there is no file.
	Save func() error
}

// controls serves the paths below prefix.
type controls struct {
	Options
	server  *mocktwilio.Server
	mu      sync.Mutex         // held by reset and save, which run one at a time
	methods map[string]methods // by path without the prefix
}

type methods map[string]http.HandlerFunc

// Middleware returns the controls of a Server, for its Wrap. Requests with other paths are passed on to the Server.
func Middleware(server *mocktwilio.Server, options Options) func(http.Handler) http.Handler {
	c := &controls{Options: options, server: server}
	c.methods = map[string]methods{
		"health":   {http.MethodGet: c.health, http.MethodHead: c.health},
		"requests": {http.MethodGet: c.requests, http.MethodHead: c.requests},
		"reset":    {http.MethodPost: c.reset},
		"faults":   {http.MethodPost: c.faults},
		"save":     {http.MethodPost: c.save},
	}
	return func(api http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if strings.HasPrefix(r.URL.Path, prefix) {
				c.serve(w, r)
				return
			}
			api.ServeHTTP(w, r)
		})
	}
}

func (c *controls) serve(w http.ResponseWriter, r *http.Request) {
	if problem := refuseBrowser(r); problem != "" {
		refuse(w, http.StatusForbidden, problem)
		return
	}
	allowed, ok := c.methods[strings.TrimPrefix(r.URL.Path, prefix)]
	if !ok {
		refuse(w, http.StatusNotFound, "Unknown control endpoint "+r.URL.Path+". The endpoints are "+c.list()+".")
		return
	}
	handle := allowed[r.Method]
	if handle == nil {
		allow := strings.Join(slices.Sorted(maps.Keys(allowed)), ", ")
		w.Header().Set("Allow", allow)
		refuse(w, http.StatusMethodNotAllowed, r.URL.Path+" does not support "+r.Method+". Use "+allow+".")
		return
	}
	handle(w, r)
}

// list returns all controls with their methods, such as GET /_mock/health.
func (c *controls) list() string {
	var names []string
	for _, name := range slices.Sorted(maps.Keys(c.methods)) {
		method := http.MethodGet
		if c.methods[name][method] == nil {
			method = http.MethodPost
		}
		names = append(names, method+" "+prefix+name)
	}
	return strings.Join(names, ", ")
}

func (c *controls) health(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string]string{"status": "ok", "version": c.Version, "account_sid": c.server.AccountSID()})
}

func (c *controls) requests(w http.ResponseWriter, _ *http.Request) {
	answer(w, http.StatusOK, map[string][]Request{"requests": c.Log.Requests()})
}

func (c *controls) reset(w http.ResponseWriter, _ *http.Request) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.Reset(); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	c.server.ClearFaults()
	c.Log.Clear()
	w.WriteHeader(http.StatusNoContent)
}

func (c *controls) save(w http.ResponseWriter, _ *http.Request) {
	if c.Save == nil {
		refuse(w, http.StatusConflict, "No file to save to. Start mocktwilio with --save FILE.")
		return
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	if err := c.Save(); err != nil {
		refuse(w, http.StatusInternalServerError, err.Error())
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

func refuse(w http.ResponseWriter, status int, message string) {
	answer(w, status, map[string]any{"status": status, "message": message})
}

func answer(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(body) // it does not matter if the client has left
}
