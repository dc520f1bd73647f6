// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package serve serves a provider over the plugin protocol, as the framework's providerserver does, with two differences. A
// signal does not end the process: it ends when Terraform has ended, after requests in flight have finished. The framework does
// not keep the contexts of calls that have ended. The package does not depend on Twilio.
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

// endTimeout is how long the process waits for running calls after Terraform has ended. A request in flight takes up to five
// seconds after the context of its call was canceled.
const endTimeout = 10 * time.Second

// errParentEnded is the error of Serve if Terraform was killed.
var errParentEnded = errors.New("the process that started the provider ended without shutting it down")

// Serve serves a provider to the Terraform process that started this one. It returns when Terraform has shut the provider down or
// has ended. The address is the provider's source address with the registry's host.
//
// The process survives SIGINT and SIGTERM. Signals to a whole process group, from Ctrl-C, timeout(1), or a CI runner, also reach
// Terraform, which then waits for running calls to save their results. A signal has the same effect as a stop by Terraform: no
// new requests are sent.
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

// untilEnd waits until Terraform has shut the server down or has ended. Terraform shuts the server down after the last call, or
// at the second Ctrl-C, when the user does not want to wait any longer. If Terraform has ended, calls may still be running, and
// untilEnd waits for them.
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
