// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package sandbox_test

import (
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/sandbox"
)

// TestEnvironment covers every Terraform command that could reach the real state. The temporary directory is relative and has a
// quote in its name.
func TestEnvironment(t *testing.T) { //nolint:paralleltest // it sets the temporary directory
	t.Chdir(t.TempDir())
	if err := os.Mkdir("it's", 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", "it's")
	t.Setenv("TMP", "it's")
	here, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	s, err := sandbox.New([]byte("the state"), []string{"terraform", "apply"}, []string{"TF_CLI_ARGS_plan=-no-color", "TF_CLI_ARGS_init=-upgrade"})
	if err != nil {
		t.Fatal(err)
	}
	match := regexp.MustCompile(`^'-state=(.+)'$`).FindStringSubmatch(sandbox.Getenv(s.Environ, "TF_CLI_ARGS_apply"))
	if match == nil {
		t.Fatalf("%q", s.Environ)
	}
	file := strings.ReplaceAll(match[1], `'\''`, "'")
	if !strings.HasPrefix(file, filepath.ToSlash(here)+"/it's/") || strings.Count(match[1], "'") != 3 {
		t.Errorf("%s is not an absolute path in quotes", match[1])
	}
	if content, err := os.ReadFile(file); err != nil || string(content) != "the state" {
		t.Errorf("%q, %v", content, err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 && runtime.GOOS != "windows" {
		t.Errorf("others may read the state: %v, %v", info, err)
	}
	expect := func(want string, commands ...string) {
		for _, command := range commands {
			if got := sandbox.Getenv(s.Environ, "TF_CLI_ARGS_"+command); got != want {
				t.Errorf("%s gets %s, want %s", command, got, want)
			}
		}
	}
	expect(match[0], "apply", "console", "destroy", "import", "output", "refresh", "taint", "untaint", "state_identities", "state_list", "state_mv",
		"state_replace_provider", "state_rm", "state_show")
	expect("-no-color "+match[0], "plan")
	expect("-upgrade -backend=false", "init")
	expect("-not-in-a-rehearsal", "state_push", "workspace_new", "workspace_select", "workspace_delete", "env_new", "env_select", "env_delete")
	s.Remove()
	if left, err := os.ReadDir("it's"); err != nil || len(left) > 0 {
		t.Errorf("%v is left, %v", left, err)
	}
}

func TestRefusals(t *testing.T) {
	t.Parallel()
	apply := []string{"terraform", "apply"}
	for _, test := range []struct {
		command []string
		environ string
		problem string
	}{
		{apply, "TF_CLI_ARGS=-no-color", ""},
		{apply, "TF_CLI_ARGS=-no-color -state=x", "-state, -state-out, and -backup are not allowed"},
		{apply, "TF_CLI_ARGS_apply=-backup-out=x", "-state, -state-out, and -backup are not allowed"},
		{apply, "TF_CLI_ARGS_init=-backend=true", "init must not set up a backend"},
		{[]string{"terraform", "init", "-cloud"}, "", "init must not set up a backend"},
		{[]string{"env", "TF_DATA_DIR=x", "terraform", "apply"}, "", "must not change TF_DATA_DIR"},
		{[]string{"sh", "-c", "unset TF_CLI_ARGS_apply; terraform apply"}, "", "must not change TF_CLI_ARGS_apply"},
	} {
		s, err := sandbox.New(nil, test.command, []string{test.environ})
		switch {
		case err == nil:
			s.Remove()
			if test.problem != "" {
				t.Errorf("%q, %s: not refused", test.command, test.environ)
			}
		case test.problem == "" || !strings.Contains(err.Error(), test.problem):
			t.Errorf("%q, %s: %v, want %q", test.command, test.environ, err, test.problem)
		}
	}
}
