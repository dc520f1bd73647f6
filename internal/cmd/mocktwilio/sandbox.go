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

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
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
		return nil, fmt.Errorf("the command works in several directories, and the state can only be that of one. Rehearse them one by one: %s",
			strings.Join(workingDirs(command), ", "))
	}
	dir, err := os.MkdirTemp("", "mocktwilio-")
	if err != nil {
		return nil, err
	}
	if dir, err = filepath.Abs(dir); err != nil { // TMPDIR may be relative
		return nil, err
	}
	s := &sandbox{dir: dir, environ: slices.Clone(environ)}
	file := filepath.Join(dir, "terraform.tfstate")
	if err := os.WriteFile(file, state, 0o600); err != nil {
		s.remove()
		return nil, err
	}
	for _, name := range stateCommands {
		s.addArgument("TF_CLI_ARGS_"+name, "'-state="+strings.ReplaceAll(filepath.ToSlash(file), "'", `'\''`)+"'")
	}
	// No command can set up another backend, write the copy to the real state, or change workspaces, which are states too.
	s.addArgument("TF_CLI_ARGS_init", "-backend=false")
	for _, name := range []string{"state_push", "workspace_new", "workspace_select", "workspace_delete", "env_new", "env_select", "env_delete"} {
		s.addArgument("TF_CLI_ARGS_"+name, "-not-in-a-rehearsal")
	}
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
	stateFlag   = regexp.MustCompile(`(?:^|[\s"'])--?(?:state|state-out|backup|backup-out)(?:[=\s"']|$)`)
	noBackup    = regexp.MustCompile(`(^|[\s"'])--?backup=-([\s"']|$)`)
	backendFlag = regexp.MustCompile(`(?:^|[\s"'])--?(?:backend|cloud)(?:=["']?[1tT]|[\s"']|$)`)
	chdirFlag   = regexp.MustCompile(`(?:^|[\s"'])--?chdir=("[^"]*"|'[^']*'|[^\s"']+)`)
	variable    = regexp.MustCompile(`\bTF_(?:DATA_DIR|CLI_ARGS\w*)\b`)
)

// refuseFlags refuses flags that would win over those of the rehearsal.
func refuseFlags(command, environ []string) error {
	words := slices.Clone(command)
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_CLI_ARGS") {
			words = append(words, value)
		}
	}
	for _, word := range words {
		switch {
		case stateFlag.MatchString(noBackup.ReplaceAllString(word, "$1$2")):
			return fmt.Errorf("%q: -state, -state-out and -backup cannot be used in a rehearsal, which works on a copy of the state", word)
		case backendFlag.MatchString(word):
			return fmt.Errorf("%q: init sets up no backend in a rehearsal, which works on a copy of the state", word)
		}
	}
	return nil
}

// refuseVariables refuses a command that sets what the rehearsal sets.
func refuseVariables(command []string) error {
	for _, word := range command {
		if name := variable.FindString(word); name != "" {
			return fmt.Errorf("%q: mocktwilio sets %s to keep Terraform away from the real state. Set yours before you start mocktwilio, which takes it into account", word, name)
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
// Twilio providers are the mock. where says what has the providers.
func refuseOtherProviders(where string, providers []string, intercept bool) error {
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
	return fmt.Errorf("%s %s. Their requests do not go to the mock, so that an apply would change them for real. "+
		hint+"Rehearse in a configuration without them, or use --allow-other-providers for a command that changes none of them, such as terraform plan",
		where, strings.Join(other, ", "))
}

var lockedProvider = regexp.MustCompile(`(?m)^provider "([^"]+)"`)

// lockedProviders returns the providers of the configurations in which a command works, without those that change nothing real: a
// change may add the first resource of a provider.
func lockedProviders(command []string) []string {
	var found []string
	for _, dir := range workingDirs(command) {
		lock, _ := os.ReadFile(filepath.Join(dir, ".terraform.lock.hcl")) // none before init
		for _, match := range lockedProvider.FindAllStringSubmatch(string(lock), -1) {
			if !tfstate.IsHarmless(match[1]) {
				found = append(found, match[1])
			}
		}
	}
	return found
}

// unchanged reports whether the file of --load is still as it was loaded.
func (l *loaded) unchanged(path string) bool {
	content, err := os.ReadFile(path)
	return err == nil && bytes.Equal(content, l.state)
}

// keep writes the state as it was loaded to a file that stays, and returns its path.
func (l *loaded) keep() (string, error) {
	file, err := os.CreateTemp("", "mocktwilio-*.tfstate")
	if err != nil {
		return "", err
	}
	_, err = file.Write(l.state)
	return file.Name(), errors.Join(err, file.Close())
}
