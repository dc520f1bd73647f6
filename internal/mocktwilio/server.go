// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"cmp"
	"fmt"
	"net"
	"net/http"
	"net/netip"
	"sync"
	"sync/atomic"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// Credentials of the parent account if Options does not set any. They have the form of Twilio's but are only valid for mocks.
const (
	DefaultAccountSID = "AC0123456789abcdef0123456789abcdef"
	DefaultAuthToken  = "fedcba9876543210fedcba9876543210"
)

// Options configure a Server. Zero values stand for defaults.
type Options struct {
	// AccountSID and AuthToken of the parent account. They default to DefaultAccountSID and DefaultAuthToken.
	AccountSID, AuthToken string

	// Listen is the host and port to listen on. The host must be a loopback address. It defaults to 127.0.0.1:0, which is a free
	// port.
	Listen string

	// Seed makes SIDs, tokens, secrets, and request IDs the same in every run with the same requests. 0, the default, makes them
	// random.
	Seed uint64

	// Now is the clock for the dates of objects and log entries. It defaults to time.Now. Latency and limits always use the real
	// clock.
	Now func() time.Time

	// TrunkBlocksListDelete makes the API refuse to delete a list that a trunk uses. Twilio does not document what happens. By
	// default, the list is deleted with its associations.
	TrunkBlocksListDelete bool

	// RefuseEqualAddresses makes the API reject an address with the same block as another one in its list, on create and on an
	// update that changes the block. Twilio does not document what happens. By default, several addresses may have the same
	// block. CreateAddress and UpdateAddress are never rejected.
	RefuseEqualAddresses bool

	// OnRequest is called with each request just before its response is sent, or when it is abandoned without a response. Calls
	// do not overlap. It must not call the Server.
	OnRequest func(Request)

	// DiscardRequests keeps no log, for a server that runs for a long time. Requests then returns nothing, but OnRequest is still
	// called.
	DiscardRequests bool
}

// Server is a mock of Twilio that listens on a loopback address.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	served   chan struct{} // closed when the accept loop has ended
	handler  atomic.Pointer[http.Handler]

	closing   chan struct{} // closed by Close; ends all waits
	closeOnce sync.Once
	handling  sync.RWMutex // read-locked while a request is handled

	store   *api.Store
	request api.Random // for request IDs, so that with a Seed the SIDs depend only on creates
	log     requestLog
	faults  faults
	limits  limits
	latency atomic.Int64 // nanoseconds
}

// Start starts a Server. The caller must Close it. It returns an error if Options are invalid or if it cannot listen on the host
// and port.
func Start(options Options) (*Server, error) {
	if options.AccountSID == "" {
		options.AccountSID = DefaultAccountSID
	}
	if options.AuthToken == "" {
		options.AuthToken = DefaultAuthToken
	}
	if options.Listen == "" {
		options.Listen = "127.0.0.1:0"
	}
	if options.Now == nil {
		options.Now = time.Now
	}
	if !api.ValidSID("AC", options.AccountSID) {
		return nil, fmt.Errorf("the account SID must be AC followed by 32 hexadecimal digits; got %q", options.AccountSID)
	}
	if err := checkLoopback(options.Listen); err != nil {
		return nil, err
	}
	listener, err := net.Listen("tcp", options.Listen)
	if err != nil {
		return nil, err
	}
	s := &Server{
		options:  options,
		listener: listener,
		served:   make(chan struct{}),
		closing:  make(chan struct{}),
		request:  api.NewRandom(options.Seed, 1),
		store: api.NewStore(options.AccountSID, options.AuthToken, options.Seed, options.Now, api.Rules{
			TrunkBlocksListDelete: options.TrunkBlocksListDelete,
			RefuseEqualAddresses:  options.RefuseEqualAddresses,
		}),
	}
	var inner http.Handler = http.HandlerFunc(s.serve)
	s.handler.Store(&inner)
	s.http = &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			(*s.handler.Load()).ServeHTTP(w, r)
		}),
		ReadHeaderTimeout: time.Minute,
	}
	go func() {
		defer close(s.served)
		_ = s.http.Serve(listener) // always ends with ErrServerClosed because of Close
	}()
	return s, nil
}

// checkLoopback rejects a host that other machines could reach, because the mock's credentials are public.
func checkLoopback(hostPort string) error {
	host, _, err := net.SplitHostPort(hostPort)
	if err != nil {
		return fmt.Errorf("listen: must be HOST:PORT, such as 127.0.0.1:4041 or [::1]:4041; got %q", hostPort)
	}
	if host == "localhost" {
		return nil
	}
	ip, err := netip.ParseAddr(host)
	if err != nil || !ip.IsLoopback() {
		return fmt.Errorf("listen: the host must be loopback: 127.0.0.1, [::1], or localhost; got %q", hostPort)
	}
	return nil
}

// URL returns the server's base URL without a trailing slash.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// AccountSID returns the SID of the parent account.
func (s *Server) AccountSID() string {
	sid, _ := s.store.Main()
	return sid
}

// AuthToken returns a valid token of the parent account.
func (s *Server) AuthToken() string {
	_, token := s.store.Main()
	return cmp.Or(token, s.options.AuthToken) // if no token is known, every token is accepted
}

// AddSubaccount creates a subaccount of the parent account.
func (s *Server) AddSubaccount() (sid, authToken string) { return s.store.AddSubaccount() }

// AddAPIKey creates an API key of an account ("" is the parent account). It panics if the account does not exist.
func (s *Server) AddAPIKey(accountSID string) (sid, secret string) {
	return s.store.AddAPIKey(accountSID)
}

// Close stops the server at once: connections are closed, and requests that wait or hang end without a response. It returns when
// no request is being handled. Further calls have no effect.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		close(s.closing)
		_ = s.http.Close() // nothing can be done if the listener does not close
		<-s.served
		s.handling.Lock() // never unlocked, so that no request is handled from now on
	})
}

// Wrap puts middleware around the server, outside of everything else: it sees each request before and each response after
// authentication, throttling, and faults. A later Wrap goes around an earlier one. A fault that cuts the connection panics with
// http.ErrAbortHandler, which middleware must not recover.
//
// The log entry is complete when the inner handler returns or panics. Find it with RequestByID and the response's
// Twilio-Request-Id.
func (s *Server) Wrap(middleware func(http.Handler) http.Handler) {
	for {
		inner := s.handler.Load()
		outer := middleware(*inner)
		if s.handler.CompareAndSwap(inner, &outer) {
			return
		}
	}
}
