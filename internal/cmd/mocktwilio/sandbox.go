// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

// sandbox keeps Terraform away from the real state while a command rehearses: it works on a copy.
type sandbox struct {
	dir     string
	environ []string
	lines   []string // to print
}

// Terraform's commands that read or write the state, as they are in the names of variables. All have -state.
var stateCommands = []string{
	"apply", "console", "destroy", "import", "output", "plan", "refresh", "taint", "untaint", "state_identities", "state_list", "state_mv",
	"state_replace_provider", "state_rm", "state_show",
}

// newSandbox returns the environment in which the command works on a copy of the state. The error says why it would be able to
// write to the real one.
func newSandbox(state []byte, command, environ []string) (*sandbox, error) {
	if err := refuseStateFlags(command, environ); err != nil {
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
	dir, err := os.MkdirTemp("", "mocktwilio-")
	if err != nil {
		return nil, err
	}
	s := &sandbox{dir: dir, environ: slices.Clone(environ)}
	file := filepath.Join(dir, "terraform.tfstate")
	if err := os.WriteFile(file, state, 0o600); err != nil {
		s.remove()
		return nil, err
	}
	for _, name := range stateCommands {
		s.addArgument("TF_CLI_ARGS_"+name, "'-state="+filepath.ToSlash(file)+"'")
	}
	// No command can set up another backend, or write the copy to the real state.
	s.addArgument("TF_CLI_ARGS_init", "-backend=false")
	s.addArgument("TF_CLI_ARGS_state_push", "-not-in-a-rehearsal")
	s.lines = append(s.lines, "Terraform and OpenTofu get -state, and work on a copy of the state that is removed at the end.")
	// A command that changes to a directory with a remote backend does not find that backend in this one's data.
	switch len(initialized) {
	case 0:
		s.environ = append(s.environ, "TF_DATA_DIR="+filepath.Join(dir, "data"))
		s.lines = append(s.lines, "This directory is not initialized. The command has to run init, which sets up no backend.")
	case 1:
		s.environ = append(s.environ, "TF_DATA_DIR="+initialized[0])
	}
	return s, nil
}

func (s *sandbox) remove() { _ = os.RemoveAll(s.dir) }

// addArgument adds an argument after those that a variable has already.
func (s *sandbox) addArgument(variable, argument string) {
	value := strings.TrimSpace(getenv(s.environ, variable) + " " + argument)
	s.environ = slices.DeleteFunc(s.environ, func(v string) bool { return strings.HasPrefix(v, variable+"=") })
	s.environ = append(s.environ, variable+"="+value)
}

// The words of a command may hold others, as in sh -c 'terraform apply -state=FILE'.
var (
	stateFlag = regexp.MustCompile(`(?:^|[\s"'])--?(?:state|state-out)(?:[=\s"']|$)`)
	chdirFlag = regexp.MustCompile(`(?:^|[\s"'])--?chdir=("[^"]*"|'[^']*'|[^\s"']+)`)
)

// refuseStateFlags refuses flags that would win over the copy.
func refuseStateFlags(command, environ []string) error {
	words := slices.Clone(command)
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_CLI_ARGS") {
			words = append(words, value)
		}
	}
	for _, word := range words {
		if stateFlag.MatchString(word) {
			return fmt.Errorf("%q: -state and -state-out cannot be used in a rehearsal, which works on a copy of the state", word)
		}
	}
	return nil
}

// workingDirs are the directories in which Terraform works, as far as the command tells.
func workingDirs(command []string) []string {
	dirs := []string{"."}
	for _, word := range command {
		for _, match := range chdirFlag.FindAllStringSubmatch(word, -1) {
			dirs = append(dirs, strings.Trim(match[1], `"'`))
		}
	}
	if len(dirs) > 1 {
		return dirs[1:]
	}
	return dirs
}

// dataDir returns the absolute path of Terraform's data for a working directory.
func dataDir(dir string, environ []string) (string, error) {
	data := cmp.Or(getenv(environ, "TF_DATA_DIR"), ".terraform")
	if filepath.IsAbs(data) {
		return data, nil
	}
	return filepath.Abs(filepath.Join(dir, data))
}

// refuseRemoteBackend fails if the directory was initialized with a backend other than local.
func refuseRemoteBackend(data string) error {
	content, err := os.ReadFile(filepath.Join(data, "terraform.tfstate"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var file struct {
		Backend *struct {
			Type string `json:"type"`
		} `json:"backend"`
		StateStore json.RawMessage `json:"state_store"`
	}
	if err == nil {
		err = json.Unmarshal(content, &file)
	}
	switch {
	case err != nil:
		return fmt.Errorf("the backend of the state is not known: %w", err)
	case len(file.StateStore) > 0 && string(file.StateStore) != "null":
		return remoteState("a state store")
	case file.Backend != nil && file.Backend.Type == "cloud":
		return remoteState("HCP Terraform")
	case file.Backend != nil && file.Backend.Type != "" && file.Backend.Type != "local":
		return remoteState(fmt.Sprintf("backend %q", file.Backend.Type))
	}
	return nil
}

func remoteState(where string) error {
	return fmt.Errorf(`this directory keeps its state in %s, and an apply would write what happens in the mock to it. Rehearse with a backend of its own:

  terraform state pull > rehearsal.tfstate
  printf 'terraform {\n  backend "local" {}\n}\n' > rehearsal_override.tf
  export TF_DATA_DIR=.rehearsal
  terraform init -reconfigure
  mocktwilio --load rehearsal.tfstate -- terraform apply

Then remove rehearsal_override.tf, rehearsal.tfstate and .rehearsal. The guide "Rehearse a change before you apply it" explains it`, where)
}

// refuseOtherProviders fails if the command would use the real services of other providers. With --intercept, those of the other
// Twilio providers are the mock.
func refuseOtherProviders(providers []string, intercept bool) error {
	hint := ""
	other := slices.DeleteFunc(slices.Clone(providers), func(provider string) bool {
		name := strings.ToLower(provider)
		twilio := strings.HasSuffix(name, "/twilio/twilio") || strings.HasSuffix(name, "/rjpearson94/twilio")
		if twilio && !intercept {
			hint = "With --intercept, requests of other Twilio providers go to the mock. "
		}
		return twilio && intercept
	})
	if len(other) == 0 {
		return nil
	}
	return fmt.Errorf("the state also has resources of %s. Their requests do not go to the mock, so that an apply would change them for real. "+
		hint+"Rehearse in a configuration without them, or use --allow-other-providers for a command that changes none of them, such as terraform plan",
		strings.Join(other, ", "))
}

// unchanged reports whether the file of --load is still as it was loaded.
func (l *loaded) unchanged(path string) bool {
	content, err := os.ReadFile(path)
	return err == nil && bytes.Equal(content, l.state)
}
