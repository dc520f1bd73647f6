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

// Credentials of the parent account unless Options names others. They have
// Twilio's form, and are valid for mocks alone.
const (
	DefaultAccountSID = "AC0123456789abcdef0123456789abcdef"
	DefaultAuthToken  = "fedcba9876543210fedcba9876543210"
)

// Options configure a Server. Zero values are defaults.
type Options struct {
	// AccountSID and AuthToken of the parent account. Default: DefaultAccountSID
	// and DefaultAuthToken.
	AccountSID, AuthToken string

	// Listen is the host and port to listen on. The host must be loopback. Default:
	// 127.0.0.1:0, a free port.
	Listen string

	// Seed makes SIDs, tokens, secrets and request IDs the same in every run with
	// the same requests. Default 0: random.
	Seed uint64

	// Now is the clock for dates of objects and log entries. Default: time.Now.
	// Latency and limits always use the real clock.
	Now func() time.Time

	// TrunkBlocksListDelete makes the API refuse to delete a list that a trunk
	// uses. Twilio does not document what happens; by default the list goes and
	// its associations with it.
	TrunkBlocksListDelete bool

	// RefuseEqualAddresses makes the API refuse an address that allows the same
	// block as another one of its list, on create and on an update that changes the
	// block. Twilio does not document what happens; by default a list may hold a
	// block more than once. CreateAddress and UpdateAddress are never refused.
	RefuseEqualAddresses bool

	// OnRequest is called with each request just before its response is sent, or
	// when it is abandoned without one. Calls do not overlap. It must not call the
	// Server.
	OnRequest func(Request)

	// DiscardRequests keeps no log, for a server that runs for long. Requests then
	// returns nothing; OnRequest is still called.
	DiscardRequests bool
}

// Server is a mock of Twilio that listens on loopback.
type Server struct {
	options  Options
	listener net.Listener
	http     *http.Server
	served   chan struct{} // closed when the accept loop has ended
	handler  atomic.Pointer[http.Handler]

	closing   chan struct{} // closed by Close, and ends all waits
	closeOnce sync.Once
	handling  sync.RWMutex // read-locked while a request is handled

	store   *api.Store
	request api.Random // for request IDs, so that the SIDs of a Seed depend on creates alone
	log     requestLog
	faults  faults
	limits  limits
	latency atomic.Int64 // nanoseconds
}

// Start starts a Server. The caller must Close it. The error says that Options
// are invalid or that it cannot listen on the host and port.
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
		_ = s.http.Serve(listener) // always ends with ErrServerClosed, by Close
	}()
	return s, nil
}

// checkLoopback refuses a host that other machines could reach, since the mock's
// credentials are public.
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

// URL is the server's base URL, without a slash at the end.
func (s *Server) URL() string { return "http://" + s.listener.Addr().String() }

// AccountSID is the SID of the parent account.
func (s *Server) AccountSID() string {
	sid, _ := s.store.Main()
	return sid
}

// AuthToken is a token of the parent account.
func (s *Server) AuthToken() string {
	_, token := s.store.Main()
	return cmp.Or(token, s.options.AuthToken) // if none is known, every one is accepted
}

// AddSubaccount makes a subaccount of the parent account.
func (s *Server) AddSubaccount() (sid, authToken string) { return s.store.AddSubaccount() }

// AddAPIKey makes an API key of an account ("" is the parent). It panics when
// there is no such account.
func (s *Server) AddAPIKey(accountSID string) (sid, secret string) {
	return s.store.AddAPIKey(accountSID)
}

// Close stops the server at once: connections are closed, and requests that wait
// or hang end without a response. It returns when no request is being handled any
// more. Further calls do nothing.
func (s *Server) Close() {
	s.closeOnce.Do(func() {
		close(s.closing)
		_ = s.http.Close() // nothing to be done about a listener that does not close
		<-s.served
		s.handling.Lock() // and never unlock: no request is handled from now on
	})
}

// Wrap puts middleware around the server, outside of everything else: it sees
// each request before and each response after authentication, throttling and
// faults. A later Wrap goes around an earlier one. A fault that cuts the
// connection panics with http.ErrAbortHandler, which middleware must let pass.
//
// The entry in the log is complete when the inner handler returns or panics;
// find it with RequestByID and the response's Twilio-Request-Id.
func (s *Server) Wrap(middleware func(http.Handler) http.Handler) {
	for {
		inner := s.handler.Load()
		outer := middleware(*inner)
		if s.handler.CompareAndSwap(inner, &outer) {
			return
		}
	}
}
