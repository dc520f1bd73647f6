// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// readFences returns the code blocks of a page of the repository that are in a language.
func readFences(t *testing.T, language, path string) []string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(acctest.Root(), path))
	if err != nil {
		t.Fatal(err)
	}
	var fences []string
	for _, fence := range regexp.MustCompile("(?ms)^```"+language+"\n(.*?)^```$").FindAllStringSubmatch(string(text), -1) {
		fences = append(fences, fence[1])
	}
	return fences
}

// TestExamplesOfREADME installs the provider and plans the example in README.md.
func TestExamplesOfREADME(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.CreateTrunk("", "Carrier", "")
	c := m.NewCLI(nil)
	installProvider(c)
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TWILIO_BASE_URL="+m.URL())
	c.Write("main.tf", strings.Join(readFences(t, "hcl", "README.md"), "\n"))
	c.Run("init")
	c.Run("fmt", "-check", "-diff")
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, "Plan: 2 to add, 0 to change, 0 to destroy.") {
		t.Error(output)
	}
}

// TestCommandsOfRepository checks the commands in README.md and CONTRIBUTING.md: the targets, packages and tests that
// they name exist. All others are in a guide too, whose test runs them.
func TestCommandsOfRepository(t *testing.T) {
	t.Parallel()
	guides, err := os.ReadDir(filepath.Join(acctest.Root(), "docs", "guides"))
	if err != nil {
		t.Fatal(err)
	}
	run := map[string]bool{}
	for _, guide := range guides {
		for line := range strings.Lines(strings.Join(readFences(t, "shell", "docs/guides/"+guide.Name()), "")) {
			run[strings.TrimSpace(line)] = true
		}
	}
	tests := map[string]bool{}
	err = filepath.WalkDir(filepath.Join(acctest.Root(), "internal"), func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		source, err := os.ReadFile(path)
		for _, test := range regexp.MustCompile(`(?m)^func (Test\w+)\(`).FindAllStringSubmatch(string(source), -1) {
			tests[test[1]] = true
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, page := range []string{"README.md", "CONTRIBUTING.md"} {
		for line := range strings.Lines(strings.Join(readFences(t, "shell", page), "")) {
			line, _, _ = strings.Cut(line, "#")
			switch line = strings.TrimSpace(line); {
			case strings.HasPrefix(line, "make "):
				command(t, "sh", "-euc", "cd "+acctest.Root()+"\n"+line+" --dry-run")
			case strings.HasPrefix(line, "go test "):
				if _, err := os.Stat(filepath.Join(acctest.Root(), strings.Fields(line)[2])); err != nil {
					t.Errorf("%s: %s: %v", page, line, err)
				}
			case !run[line]:
				t.Errorf("%s: no guide runs %s", page, line)
			}
			if name := regexp.MustCompile(`-run (Test\w+)`).FindStringSubmatch(line); name != nil && !tests[name[1]] {
				t.Errorf("%s: %s: there is no such test", page, line)
			}
		}
	}
}

// TestActionsArePinned checks that workflows run only actions whose code cannot change: their commits, with the versions as comments,
// so that Dependabot updates both. No checkout leaves the token of the job in the repository.
func TestActionsArePinned(t *testing.T) {
	t.Parallel()
	pinned := regexp.MustCompile(`^(\./\S+|[\w.-]+/[\w./-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+)$`)
	found := 0
	err := filepath.WalkDir(filepath.Join(acctest.Root(), ".github"), func(file string, _ fs.DirEntry, err error) error {
		if err != nil || filepath.Ext(file) != ".yml" && filepath.Ext(file) != ".yaml" {
			return err
		}
		text, err := os.ReadFile(file)
		for _, uses := range regexp.MustCompile(`(?m)^[ -]*uses: (.*)((?:\n {8,}.*)*)`).FindAllStringSubmatch(string(text), -1) {
			found++
			if !pinned.MatchString(uses[1]) {
				t.Errorf("%s uses %s, must be a commit with its version: owner/name@0123456789abcdef0123456789abcdef01234567 # v1.2.3", file, uses[1])
			}
			if strings.HasPrefix(uses[1], "actions/checkout@") && !strings.Contains(uses[2], "persist-credentials: false") {
				t.Errorf("%s: a checkout lacks persist-credentials: false", file)
			}
		}
		return err
	})
	if err != nil || found == 0 {
		t.Errorf("found %d actions, %v", found, err)
	}
}

// TestDependabotUpdatesEveryModule checks that Dependabot knows the directory of every Go module, Dockerfile and action.
func TestDependabotUpdatesEveryModule(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(filepath.Join(acctest.Root(), ".github", "dependabot.yml"))
	if err != nil {
		t.Fatal(err)
	}
	for file := range strings.Lines(command(t, "git", "-C", acctest.Root(), "ls-files", "--cached", "--others", "--exclude-standard", "go.mod", "*/go.mod", "*/Dockerfile", "*/action.yml")) {
		directory := path.Join("/", path.Dir(strings.TrimSpace(file)))
		if !regexp.MustCompile(`(?m)^ +(- |directory: )` + regexp.QuoteMeta(directory) + `$`).Match(text) {
			t.Errorf("dependabot.yml lacks %s, which has %s", directory, file)
		}
	}
}
