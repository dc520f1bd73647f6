// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package serve serves a provider over the plugin protocol as the framework's providerserver does, and decides when its
// contexts and its process end: a signal does not end the process, the end of Terraform does, and requests on the wire may
// finish first. It keeps the framework from holding on to every call. It knows nothing of Twilio.
package serve

import (
	"errors"
	"fmt"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6/tf6server"
)

// endTimeout is how long the process waits for calls under way when Terraform is gone. A request on the wire takes up to five
// seconds after the context of its call has ended.
const endTimeout = 10 * time.Second

// errParentEnded is what Serve returns if Terraform was killed.
var errParentEnded = errors.New("the process that started the provider ended without shutting it down")

// Serve serves a provider to the Terraform process that started this one, and returns when Terraform has shut the provider
// down or has ended. The address is the provider's source with the registry's host.
//
// The process survives SIGINT and SIGTERM. Those that are sent to a whole process group, as by Ctrl-C, timeout(1) or a CI
// runner, reach Terraform too, which then waits for the calls under way to store what they made. Until Terraform stops the
// provider, the signal has the same effect: no new request is sent.
//
// With debug, the process serves until it gets SIGINT, and prints what Terraform needs to connect to it.
func Serve(address string, p provider.Provider, debug bool) error {
	if parts := strings.Split(address, "/"); len(parts) != 3 || slices.Contains(parts, "") {
		return fmt.Errorf("the address of the provider must be HOST/NAMESPACE/TYPE; got %q", address)
	}
	s, err := newServer(p)
	if err != nil {
		return err
	}
	factory := func() tfprotov6.ProviderServer { return s }
	if debug {
		s.severalRuns = true
		return tf6server.Serve(address, factory, tf6server.WithManagedDebug())
	}

	gone := parentEnded()
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		for range signals {
			s.calls.stop()
		}
	}()
	served := make(chan error, 1)
	go func() { served <- tf6server.Serve(address, factory) }()
	return s.untilEnd(served, gone)
}

// untilEnd waits until Terraform has shut the server down or is gone. Terraform shuts it down after the last call, or at the
// second Ctrl-C, where the user wants to wait no longer. If Terraform is gone, calls may be under way, and these end first.
func (s *server) untilEnd(served <-chan error, gone <-chan struct{}) error {
	select {
	case err := <-served:
		return err
	case <-gone:
		s.calls.stop()
		s.calls.wait(endTimeout)
		return errParentEnded
	}
}
