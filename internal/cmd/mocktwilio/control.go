// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/control"
)

// addControls serves /_mock/… on a server that has its initial objects. save may be nil.
func addControls(server *mocktwilio.Server, log *control.Log, save func() error) {
	objects := server.Save()
	server.Wrap(control.Middleware(server, control.Options{
		Version: programVersion(),
		Log:     log,
		Reset:   func() error { return server.Load(objects) },
		Save:    save,
	}))
}

// saver returns the function that writes the file of --save, or nil without the flag.
func (s *settings) saver(server *mocktwilio.Server) func() error {
	if s.save == "" {
		return nil
	}
	return func() error { return s.writeFile(server) }
}
