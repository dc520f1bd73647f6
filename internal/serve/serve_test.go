// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"errors"
	"reflect"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// fakeFramework replaces the framework's server. Methods that are not defined here panic.
type fakeFramework struct {
	frameworkServer
	read    func(context.Context) error
	list    func(yield func(tfprotov6.ListResourceResult) bool)
	stopped int
}

func (f *fakeFramework) StopProvider(context.Context, *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	f.stopped++
	return &tfprotov6.StopProviderResponse{}, nil
}

func (f *fakeFramework) ConfigureProvider(ctx context.Context, _ *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	return nil, ctx.Err()
}

func (f *fakeFramework) ReadResource(ctx context.Context, _ *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return nil, f.read(ctx)
}

func (f *fakeFramework) ListResource(ctx context.Context, _ *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	return &tfprotov6.ListResourceServerStream{Results: f.list}, ctx.Err()
}

func stop(t *testing.T, s *server) {
	t.Helper()
	if _, err := s.StopProvider(t.Context(), &tfprotov6.StopProviderRequest{}); err != nil {
		t.Fatal(err)
	}
}

func expectCount(t *testing.T, s *server, want int) {
	t.Helper()
	if got := s.calls.count(); got != want {
		t.Errorf("%d calls are under way, not %d", got, want)
	}
}

func TestStop(t *testing.T) {
	t.Parallel()
	began := make(chan struct{})
	framework := &fakeFramework{read: func(ctx context.Context) error {
		close(began)
		<-ctx.Done()
		return ctx.Err()
	}}
	s := &server{framework: framework}
	ended := make(chan error)
	go func() {
		_, err := s.ReadResource(t.Context(), nil)
		ended <- err
	}()
	<-began
	expectCount(t, s, 1)
	stop(t, s)
	if err := <-ended; !errors.Is(err, context.Canceled) {
		t.Errorf("the call under way returned %v", err)
	}
	expectCount(t, s, 0)
	if framework.stopped != 1 {
		t.Errorf("the framework's server was stopped %d times", framework.stopped)
	}

	framework.read = context.Context.Err // the context must be canceled before the framework gets it
	for _, severalRuns := range []bool{false, true} {
		s.severalRuns = severalRuns
		if _, err := s.ReadResource(t.Context(), nil); !errors.Is(err, context.Canceled) {
			t.Errorf("a call after the stop returned %v", err)
		}
		// The next run configures the provider. If only one run uses the process, the call came too late and stays canceled.
		if _, err := s.ConfigureProvider(t.Context(), nil); errors.Is(err, context.Canceled) == severalRuns {
			t.Errorf("several runs: %t, the configuration after the stop returned %v", severalRuns, err)
		}
		if _, err := s.ReadResource(t.Context(), nil); errors.Is(err, context.Canceled) == severalRuns {
			t.Errorf("several runs: %t, a call after the configuration returned %v", severalRuns, err)
		}
	}
	expectCount(t, s, 0)
}

// TestStopWaitsForLists: before a stop returns, a list can send the error that it was interrupted, if that does not take long.
func TestStopWaitsForLists(t *testing.T) {
	t.Parallel()
	for takes, want := range map[time.Duration]int{500 * time.Millisecond: 1, time.Hour: 0} {
		synctest.Test(t, func(t *testing.T) {
			s := &server{framework: &fakeFramework{list: func(yield func(tfprotov6.ListResourceResult) bool) {
				time.Sleep(takes)
				yield(tfprotov6.ListResourceResult{})
			}}}
			stream, err := s.ListResource(t.Context(), nil)
			if err != nil {
				t.Fatal(err)
			}
			var read atomic.Int64
			var reader sync.WaitGroup
			defer reader.Wait()
			reader.Go(func() {
				for range stream.Results {
					read.Add(1)
				}
			})
			stop(t, s)
			if got := read.Load(); got != int64(want) {
				t.Errorf("%d results were read when the stop returned, not %d", got, want)
			}
		})
	}
}

// TestStream: a call that returns a stream runs until the stream is read.
func TestStream(t *testing.T) {
	t.Parallel()
	s := &server{}
	s.framework = &fakeFramework{list: func(yield func(tfprotov6.ListResourceResult) bool) {
		for range 3 {
			expectCount(t, s, 1)
			if !yield(tfprotov6.ListResourceResult{}) {
				return
			}
		}
	}}
	for _, wanted := range []int{1, 3, 5} {
		stream, err := s.ListResource(t.Context(), nil)
		if err != nil {
			t.Fatal(err)
		}
		expectCount(t, s, 1)
		read := 0
		for range stream.Results {
			if read++; read == wanted {
				break
			}
		}
		if read != min(wanted, 3) {
			t.Errorf("read %d results", read)
		}
		expectCount(t, s, 0)
	}

	stop(t, s)
	if _, err := s.ListResource(t.Context(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("after the stop: %v", err)
	}
	expectCount(t, s, 0)
}

func TestEnd(t *testing.T) {
	t.Parallel()
	failed := errors.New("cannot listen")
	for name, test := range map[string]struct {
		shutdown bool // if false, the parent ends instead
		served   error
		call     time.Duration // how long the call runs after its context was canceled; 0 means no call
		want     time.Duration
		err      error
	}{
		"shutdown":                          {shutdown: true},
		"shutdown with a call under way":    {shutdown: true, call: 5 * time.Second},
		"the server fails":                  {shutdown: true, served: failed, err: failed},
		"parent gone":                       {err: errParentEnded},
		"parent gone with a call under way": {call: 5 * time.Second, want: 5 * time.Second, err: errParentEnded},
		"parent gone, a call does not end":  {call: time.Hour, want: endTimeout, err: errParentEnded},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			synctest.Test(t, func(t *testing.T) {
				s := &server{framework: &fakeFramework{read: func(ctx context.Context) error {
					<-ctx.Done()
					time.Sleep(test.call)
					return nil
				}}}
				ctx, closeConnection := context.WithCancel(t.Context())
				defer closeConnection()
				if test.call > 0 {
					go func() { _, _ = s.ReadResource(ctx, nil) }()
					synctest.Wait()
				}
				served, gone := make(chan error, 1), make(chan struct{})
				go func() {
					time.Sleep(time.Minute)
					if test.shutdown {
						served <- test.served
					} else {
						close(gone)
					}
				}()
				begin := time.Now()
				err := s.untilEnd(served, gone)
				took := time.Since(begin) - time.Minute
				if !errors.Is(err, test.err) || (err == nil) != (test.err == nil) {
					t.Errorf("got error %v, want %v", err, test.err)
				}
				if took < test.want || took > test.want+time.Second {
					t.Errorf("took %s, want %s", took, test.want)
				}
				closeConnection()
				time.Sleep(test.call) // a synctest bubble ends only when all its goroutines have ended
			})
		})
	}
}

// TestNothingOfTheFrameworkIsLost fails if the framework's server has a protocol method that this server lacks, for example
// because a new version implements another optional interface.
func TestNothingOfTheFrameworkIsLost(t *testing.T) {
	t.Parallel()
	framework, own := reflect.TypeOf(providerserver.NewProtocol6(nil)()), reflect.TypeFor[*server]()
	signature := func(m reflect.Method) []reflect.Type {
		var types []reflect.Type
		for i := 1; i < m.Type.NumIn(); i++ { // argument 0 is the receiver
			types = append(types, m.Type.In(i))
		}
		for out := range m.Type.Outs() {
			types = append(types, out)
		}
		return types
	}
	if framework.NumMethod() < 36 {
		t.Errorf("the framework's server has only %d methods", framework.NumMethod())
	}
	for theirs := range framework.Methods() {
		ours, ok := own.MethodByName(theirs.Name)
		if !ok || !slices.Equal(signature(ours), signature(theirs)) {
			t.Errorf("%s is not passed on", theirs.Name)
		}
	}
}

// parentContext records whether another context was derived from it.
type parentContext struct {
	context.Context
	used bool
}

func (c *parentContext) Done() <-chan struct{} {
	c.used = true
	return c.Context.Done()
}

// TestEveryCallIsRegistered calls every method. The framework's methods panic, which ends the call.
func TestEveryCallIsRegistered(t *testing.T) {
	t.Parallel()
	s := &server{framework: struct{ frameworkServer }{}}
	for method, value := range reflect.ValueOf(s).Methods() {
		if method.Name == "StopProvider" {
			continue
		}
		ctx := &parentContext{Context: t.Context()}
		func() {
			defer func() { _ = recover() }()
			value.Call([]reflect.Value{reflect.ValueOf(ctx), reflect.Zero(method.Type.In(2))})
			t.Errorf("%s did not reach the framework", method.Name)
		}()
		if !ctx.used {
			t.Errorf("%s is not registered", method.Name)
		}
	}
}

func TestAddress(t *testing.T) {
	t.Parallel()
	for _, address := range []string{"", "twilio-sip/twilio", "registry.terraform.io//twilio", "https://registry.terraform.io/twilio-sip/twilio"} {
		if err := Serve(address, provider.Provider(nil), false); err == nil {
			t.Errorf("%q was accepted", address)
		}
	}
}
