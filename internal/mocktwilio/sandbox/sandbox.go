// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package sandbox keeps Terraform and OpenTofu away from the real state while a command rehearses a change on a copy. It rejects
// everything that could reach the real state or the real services of other providers, as far as the command shows it.
package sandbox

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// Sandbox is a copy of a state and the environment of a command that uses it.
type Sandbox struct {
	// Environ is the environment in the form of os.Environ.
	Environ []string
	// Lines tell the user what is different for the command.
	Lines []string

	dir string
}

// Terraform's commands that read or write the state, as in the names of variables. All of them have the flag -state.
var stateCommands = []string{
	"apply", "console", "destroy", "import", "output", "plan", "refresh", "taint", "untaint", "state_identities", "state_list", "state_mv",
	"state_replace_provider", "state_rm", "state_show",
}

// New copies a state and returns the environment in which a command works on the copy. It returns an error if the command could
// write to the real state. The caller must Remove the Sandbox.
func New(state []byte, command, environ []string) (*Sandbox, error) {
	if err := cmp.Or(refuseFlags(command, environ), refuseVariables(command), refuseSavedPlans(command)); err != nil {
		return nil, err
	}
	var initialized []string
	for _, dir := range workingDirs(command) {
		data, err := dataDir(dir, environ)
		if err != nil {
			return nil, err
		}
		if err := refuseRemoteBackend(data); err != nil {
			return nil, err
		}
		if _, err := os.Stat(data); err == nil && !slices.Contains(initialized, data) {
			initialized = append(initialized, data)
		}
	}
	if len(initialized) > 1 {
		return nil, fmt.Errorf("the command works in several initialized directories, but the state belongs to only one; rehearse them one at a time: %s",
			strings.Join(workingDirs(command), ", "))
	}
	dir, err := os.MkdirTemp("", "mocktwilio-")
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil { // TMPDIR may be relative
		return nil, err
	}
	s := &Sandbox{Environ: slices.Clone(environ), dir: dir}
	file := filepath.Join(dir, "terraform.tfstate")
	if err := os.WriteFile(file, state, 0o600); err != nil {
		s.Remove()
		return nil, err
	}
	for _, name := range stateCommands {
		s.addArgument("TF_CLI_ARGS_"+name, "'-state="+strings.ReplaceAll(filepath.ToSlash(file), "'", `'\''`)+"'")
	}
	// No command can set up another backend, copy the state to the real one, or change workspaces, which have their own states.
	s.addArgument("TF_CLI_ARGS_init", "-backend=false")
	for _, name := range []string{"state_push", "workspace_new", "workspace_select", "workspace_delete", "env_new", "env_select", "env_delete"} {
		s.addArgument("TF_CLI_ARGS_"+name, "-not-in-a-rehearsal")
	}
	s.Lines = append(s.Lines, "Terraform and OpenTofu work on a copy of the state, which is removed at the end.")
	// TF_DATA_DIR still applies if the command changes to another directory, so that Terraform does not find a remote backend there.
	switch len(initialized) {
	case 0:
		s.Environ = append(s.Environ, "TF_DATA_DIR="+filepath.Join(dir, "data"))
		s.Lines = append(s.Lines, "The directory is not initialized. The command must run terraform init first, which does not set up a backend.")
	case 1:
		s.Environ = append(s.Environ, "TF_DATA_DIR="+initialized[0])
	}
	return s, nil
}

// Remove removes the copy.
func (s *Sandbox) Remove() { _ = os.RemoveAll(s.dir) }

// addArgument appends an argument to a variable that may already have arguments.
func (s *Sandbox) addArgument(variable, argument string) {
	value := strings.TrimSpace(Getenv(s.Environ, variable) + " " + argument)
	s.Environ = slices.DeleteFunc(s.Environ, func(v string) bool { return strings.HasPrefix(v, variable+"=") })
	s.Environ = append(s.Environ, variable+"="+value)
}

// Getenv returns a variable of an environment, or "" if it is not set.
func Getenv(environ []string, name string) string {
	value := ""
	for _, variable := range environ {
		if v, ok := strings.CutPrefix(variable, name+"="); ok {
			value = v
		}
	}
	return value
}
