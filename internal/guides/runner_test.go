// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// # How guides are run
//
// The tests run the guides from top to bottom as they are in docs/guides, so run make generate first. What happens to a code block
// depends on its language:
//
//   - terraform, hcl, or json is written to the file that the comment before it names: <!-- file: main.tf -->
//   - shell is run and must succeed
//   - yaml is a workflow of GitHub Actions: the commands of its steps are run and must succeed
//   - text must be in the output of the last shell or yaml block, line by line, with any white space; … stands for any text on a line
//
// Comments before a code block, which readers do not see, control the test:
//
//	<!-- in: main.tf -->            the blocks replace those with the same first line in this file, or are added to it
//	<!-- writes -->                 the commands write to Twilio; without this comment, commands may only read
//	<!-- session -->                the first line starts a shell in which the other lines are typed
//	<!-- run: COMMAND -->           runs this command first, to get to the reader's state; it may write to Twilio
//	<!-- needs: terraform 1.14 -->  skips this and the following blocks, up to the next heading, on older CLIs; also "opentofu 1.8"; a CLI that is not named is skipped
//	<!-- needs: curl -->            skips them if the program is missing, or fails the test on the runners of GitHub Actions
//	<!-- instead -->                the block is an alternative to the one before it; each alternative is run in a separate variant
//	<!-- only: opentofu -->         skips the block on the other CLI
//
// After a file is written, a command that runs in its directory must use it before it is written again.

// codeBlock is a fenced code block of a guide.
type codeBlock struct {
	language, text string
	// file is the file to write or, with in, the file in which to replace blocks.
	file    string
	in      bool
	before  []string
	needs   []string
	only    string
	writes  bool
	session bool
	// variant is the number of the alternative for a step, counted from 0.
	variant int
	line    int
}

var guideComment = regexp.MustCompile(`^<!-- (?:(writes|session|instead)|(file|in|run|needs|only): (.+)) -->$`)

func readGuide(t *testing.T, name string) []codeBlock {
	t.Helper()
	content, err := os.ReadFile(filepath.Join(acctest.Root(), "docs", "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	var (
		blocks []codeBlock
		next   codeBlock
		needs  []string
		inside bool
	)
	for i, line := range strings.Split(string(content), "\n") {
		language, marks := strings.CutPrefix(line, "```")
		comment := guideComment.FindStringSubmatch(line)
		switch {
		case inside && marks:
			inside = false
			blocks = append(blocks, next)
			next = codeBlock{}
			continue
		case inside:
			next.text += line + "\n"
			continue
		case marks:
			inside = true
			next.language, next.line, next.needs = language, i+1, needs
			continue
		case strings.HasPrefix(line, "#"):
			needs = nil
			continue
		case comment == nil && strings.HasPrefix(line, "<!--"):
			t.Fatalf("%s:%d: this comment is not understood", name, i+1)
		case comment == nil:
			continue
		}
		switch argument := comment[3]; comment[1] + comment[2] {
		case "file", "in":
			next.file, next.in = argument, comment[2] == "in"
		case "writes":
			next.writes = true
		case "session":
			next.session = true
		case "run":
			next.before = append(next.before, argument)
		case "needs":
			needs = append(needs, argument)
		case "only":
			next.only = argument
		case "instead":
			if len(blocks) > 0 {
				next.variant = blocks[len(blocks)-1].variant + 1
			}
		}
	}
	if len(blocks) == 0 {
		t.Fatalf("%s: there is no code block: is it what make generate writes?", name)
	}
	if len(next.before) > 0 {
		t.Fatalf("%s: no code block follows the last command", name)
	}
	return blocks
}

// supports reports whether the CLI is the one that a code block is for and has a sufficient version.
func supports(t *testing.T, p acctest.Program, needs []string, only string) bool {
	product := map[bool]string{false: "terraform", true: "opentofu"}[p.OpenTofu]
	if only != "" && only != product {
		return false
	}
	var versions int
	supported := false
	for _, need := range needs {
		name, version, versioned := strings.Cut(need, " ")
		if !versioned {
			if _, err := exec.LookPath(name); err != nil {
				if os.Getenv("GITHUB_ACTIONS") == "true" {
					t.Fatal(err)
				}
				return false
			}
			continue
		}
		versions++
		if name == product {
			supported = p.AtLeast(version, version)
		}
	}
	return supported || versions == 0
}

// countVariants returns the largest number of alternatives that a step of the guide has.
func countVariants(blocks []codeBlock) int {
	count := 1
	for _, block := range blocks {
		count = max(count, block.variant+1)
	}
	return count
}

// runVariant runs a guide. For each step it uses the alternative with the number variant, or the first one if there is no such
// alternative.
func runVariant(c *acctest.CLI, m *acctest.Mock, blocks []codeBlock, variant int, sids func() []string) {
	c.T.Helper()
	c.Env = append(c.Env, "TWILIO_ACCOUNT_SID="+m.AccountSID(), "TWILIO_AUTH_TOKEN="+m.AuthToken(), "TWILIO_BASE_URL="+m.URL(),
		"TF_CLI_ARGS_apply=-auto-approve", "TF_CLI_ARGS_destroy=-auto-approve", "TF_CLI_ARGS_state_replace_provider=-auto-approve")
	var output string
	// unused has the files that no command has used yet.
	unused := map[string]bool{}
	session := newShell(c)
	run := func(block codeBlock, commands string) string {
		for file := range unused {
			// terraform test also reads tests/.
			if dir := path.Dir(file); dir == "." || dir == "tests" || strings.Contains(commands, dir) {
				delete(unused, file)
			}
		}
		return session.run(block.line, commands)
	}
	for i, block := range blocks {
		// The alternatives for a step follow each other.
		lastVariant := block.variant
		for _, next := range blocks[i+1:] {
			if next.variant <= lastVariant {
				break
			}
			lastVariant = next.variant
		}
		chosen := variant
		if variant > lastVariant {
			chosen = 0
		}
		if block.variant != chosen || !supports(c.T, c.Program, block.needs, block.only) {
			continue
		}
		replaceSIDs := func(text string) string {
			return strings.NewReplacer(append(sids(), mocktwilio.DefaultAccountSID, m.AccountSID())...).Replace(text)
		}
		for _, command := range block.before {
			run(block, replaceSIDs(command))
		}
		m.ResetRequests()
		text := replaceSIDs(block.text)
		switch block.language {
		case "terraform", "hcl", "json":
			if block.file == "" {
				c.T.Fatalf("line %d: the fence names no file", block.line)
			}
			if unused[block.file] {
				c.T.Fatalf("line %d: no command has used %s as it was before", block.line, block.file)
			}
			unused[block.file] = true
			if block.in {
				text = replaceBlocks(c.Read(block.file), text)
			}
			c.Write(block.file, text)
			if block.language == "terraform" {
				c.Run("fmt", "-check", "-diff", block.file)
			}
			if strings.Contains(text, `provider "twilio"`) && !isInstalled(c) {
				// The override has the credentials and the mock's URL, which readers have in their environment.
				c.Write(path.Join(path.Dir(block.file), "mock_override.tf"), m.Config())
			}
		case "shell":
			if block.session {
				start, typed, _ := strings.Cut(text, "\n")
				text = start + " -eu <<'END'\n" + typed + "END\n"
			}
			output = run(block, text)
		case "yaml":
			output = ""
			for _, command := range workflowCommand.FindAllStringSubmatch(text, -1) {
				output += run(block, command[1])
			}
			if output == "" {
				c.T.Fatalf("line %d: the workflow runs nothing", block.line)
			}
		case "text":
			for line := range strings.Lines(text) {
				if strings.TrimSpace(line) != "" && !matches(line, output) {
					c.T.Fatalf("line %d: %q is not in\n%s", block.line, strings.TrimSpace(line), output)
				}
			}
		default:
			c.T.Fatalf("line %d: a fence of %q is neither run nor compared", block.line, block.language)
		}
		if writes := m.WriteLines(); block.writes != (len(writes) > 0) {
			c.T.Errorf("line %d: the commands write %q, and the comment <!-- writes --> says: %v", block.line, writes, block.writes)
		}
	}
	if len(unused) > 0 {
		c.T.Errorf("no command has used %v", slices.Sorted(maps.Keys(unused)))
	}
}

// topLevelBlock matches a block of a configuration. The first group is its first line.
var topLevelBlock = regexp.MustCompile(`(?m)^(\w.*\{)(?:\}|\n(?: .*\n|\n)*\})\n`)

// replaceBlocks replaces blocks of a file with those that have the same first line, and adds all others.
func replaceBlocks(file, blocks string) string {
	for _, block := range topLevelBlock.FindAllStringSubmatch(blocks, -1) {
		found := false
		file = topLevelBlock.ReplaceAllStringFunc(file, func(old string) string {
			if !strings.HasPrefix(old, block[1]) {
				return old
			}
			found = true
			return block[0]
		})
		if !found {
			file += "\n" + block[0]
		}
	}
	return file
}

var workflowCommand = regexp.MustCompile(`(?m)^ *- run: (.+)$`)

// matches reports whether a line of a guide is in the output.
func matches(line, output string) bool {
	var pattern []string
	for part := range strings.SplitSeq(line, "…") {
		pattern = append(pattern, acctest.Text(part).String())
	}
	return regexp.MustCompile(strings.Join(pattern, ".*")).MatchString(output)
}

// shell is the reader's shell. It keeps its directory and exported variables from one code block to the next.
type shell struct {
	c     *acctest.CLI
	state string
}

func newShell(c *acctest.CLI) shell {
	c.T.Helper()
	state := filepath.Join(c.T.TempDir(), "state.sh")
	if err := os.WriteFile(state, nil, 0o600); err != nil {
		c.T.Fatal(err)
	}
	return shell{c, state}
}

// run runs commands of a guide, fails the test if they fail, and returns their output.
func (s shell) run(line int, commands string) string {
	s.c.T.Helper()
	output, status := s.c.Try("sh", "-euc", fmt.Sprintf(". %[1]s\n%[2]s\n{ export -p; echo cd \"'$PWD'\"; } > %[1]s", s.state, commands))
	if status != 0 {
		s.c.T.Fatalf("line %d: exit status %d of %s\n%s", line, status, commands, output)
	}
	return output
}

// runGuide runs all variants of a guide. setUp creates the objects at Twilio and may write a state. It returns a function that
// returns pairs of a SID in the guide and the mock's SID that replaces it.
func runGuide(t *testing.T, name string, others map[string]func() tfprotov6.ProviderServer, setUp func(m *acctest.Mock, c *acctest.CLI, variant int) func() []string) {
	t.Helper()
	blocks := readGuide(t, name)
	for variant := range countVariants(blocks) {
		t.Run(fmt.Sprintf("variant %d", variant+1), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMockWith(t, mocktwilio.Options{})
			c := m.NewCLI(others)
			sids := setUp(m, c, variant)
			m.ResetRequests()
			runVariant(c, m, blocks, variant, sids)
		})
	}
}

// TestEveryGuideIsRun checks that a test calls runGuide for each guide.
func TestEveryGuideIsRun(t *testing.T) {
	t.Parallel()
	tests, err := filepath.Glob("*_test.go")
	if err != nil {
		t.Fatal(err)
	}
	run := map[string]bool{}
	for _, test := range tests {
		source, err := os.ReadFile(test)
		if err != nil {
			t.Fatal(err)
		}
		for _, call := range regexp.MustCompile(`runGuide\(t, "(.+?)"`).FindAllSubmatch(source, -1) {
			run[string(call[1])] = true
		}
	}
	guides, err := os.ReadDir(acctest.Example("..", "docs", "guides"))
	if err != nil {
		t.Fatal(err)
	}
	for _, guide := range guides {
		if !run[guide.Name()] {
			t.Errorf("no test runs %s", guide.Name())
		}
	}
}
