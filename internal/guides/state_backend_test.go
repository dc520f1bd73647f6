// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"io"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

// stateBackend is a server for the backend "http". It stands for every backend that is not local.
type stateBackend struct {
	url   string
	mu    sync.Mutex
	state []byte
	count int
}

func startStateBackend(t *testing.T) *stateBackend {
	t.Helper()
	b := &stateBackend{}
	server := httptest.NewServer(http.HandlerFunc(b.serve))
	t.Cleanup(server.Close)
	b.url = server.URL
	return b
}

// writes returns how often the state was written.
func (b *stateBackend) writes() int {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.count
}

func (b *stateBackend) serve(w http.ResponseWriter, r *http.Request) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if r.Method != http.MethodGet {
		b.count++
		b.state, _ = io.ReadAll(r.Body)
		return
	}
	if b.state == nil {
		w.WriteHeader(http.StatusNotFound)
		return
	}
	_, _ = w.Write(b.state)
}
