// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"cmp"
	"fmt"
	"io"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/sandbox"
)

// rehearsal is a run that starts with the objects of --load. Without --load, it does nothing.
type rehearsal struct {
	from    string
	loaded  *loaded          // nil without --load
	sandbox *sandbox.Sandbox // nil unless a command uses a Terraform state
	environ []string         // environment of the command, without what the mock adds
	changes changes
}

// rehearse reads the file of --load and makes sure that the command cannot make real changes.
func (s *settings) rehearse(env environment) (*rehearsal, error) {
	if err := s.checkSave(); err != nil {
		return nil, err
	}
	l, err := s.readFile(env)
	if err != nil {
		return nil, err
	}
	r := &rehearsal{from: s.load, loaded: l, environ: env.environ, changes: changes{names: names{}}}
	if l == nil || l.state == nil {
		return r, nil
	}
	if len(s.command) == 0 {
		l.notes = append(l.notes, "Warning: If you apply against this server, Terraform writes to your real state. To work on a copy, run mocktwilio --load FILE -- COMMAND.")
		return r, nil
	}
	if !s.allowOtherProviders {
		if err := cmp.Or(
			sandbox.RefuseProviders("the state also has resources of", l.otherProviders, s.intercept),
			sandbox.RefuseProviders("the configuration also uses", sandbox.LockedProviders(s.command), s.intercept),
		); err != nil {
			return nil, err
		}
	}
	if r.sandbox, err = sandbox.New(l.state, s.command, env.environ); err != nil {
		return nil, err
	}
	r.environ = r.sandbox.Environ
	return r, nil
}

// start loads the objects into the server. It returns what is printed about the rehearsal at the start.
func (r *rehearsal) start(server *mocktwilio.Server) ([]string, error) {
	if r.loaded == nil {
		return nil, nil
	}
	if err := server.Load(r.loaded.accounts); err != nil {
		return nil, fmt.Errorf("--load %s: %w", r.from, err)
	}
	accounts := server.Save()
	r.changes.names.learn(accounts)
	lines := r.loaded.lines(accounts, r.from)
	if r.sandbox != nil {
		lines = append(lines, r.sandbox.Lines...)
	}
	return lines, nil
}

// add is called with each request.
func (r *rehearsal) add(request mocktwilio.Request) {
	if r.loaded != nil {
		r.changes.add(request)
	}
}

// report prints what would be changed. status is the exit status of the command.
func (r *rehearsal) report(server *mocktwilio.Server, status int, w io.Writer) {
	if r.loaded == nil {
		return
	}
	r.changes.names.learn(server.Save())
	r.changes.print(w)
	if status != exitOK {
		_, _ = fmt.Fprintf(w, "\nThe command exited with status %d.\n", status)
	}
	if r.sandbox != nil && r.from != "-" && !r.loaded.unchanged(r.from) {
		_, _ = fmt.Fprintf(w, "\nWarning: %s changed during the rehearsal. mocktwilio does not write to it, so find out what did before you use it.\n", r.from)
		if path, err := r.loaded.keep(); err != nil {
			_, _ = fmt.Fprintf(w, "The state that was loaded could not be kept: %v\n", err)
		} else {
			_, _ = fmt.Fprintf(w, "The state that was loaded is in %s.\n", path)
		}
	}
}

// end removes the copy of the state.
func (r *rehearsal) end() {
	if r.sandbox != nil {
		r.sandbox.Remove()
	}
}
