// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// # Guides that are run
//
// The guides about moving in are walked through from top to bottom, exactly as they are printed. A fence that is
//
//   - terraform or hcl becomes the file that the comment before it names: <!-- file: main.tf -->
//   - shell is run, and must succeed
//   - text must be in what the shell fence before it printed, line by line, whatever the white space
//
// Comments before a fence, invisible in the documentation, say more:
//
//	<!-- run: COMMAND -->           the test runs this first, to get to where the reader is; what it writes to Twilio does not count
//	<!-- needs: terraform 1.14 -->  this and the fences after it, up to the next heading, need that version; also "opentofu 1.8"; a CLI not named never has it
//	<!-- instead -->                another way to do what the fence before it does: it is taken in a walk of its own
//	<!-- only: opentofu -->         a fence for one of the two only
//
// Whatever a guide runs may only read from Twilio.

// fence is a fenced block of a guide.
type fence struct {
	language, text string
	file           string
	before         []string
	needs          []string
	only           string
	// way numbers the ways to do a step: 0 for the first.
	way  int
	line int
}

var guideComment = regexp.MustCompile(`^<!-- (file|run|needs|instead|only)(?:: (.*))? -->$`)

func readGuide(t *testing.T, name string) []fence {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", name))
	if err != nil {
		t.Fatal(err)
	}
	var (
		fences []fence
		next   fence
		needs  []string
		inside bool
	)
	for i, line := range strings.Split(string(content), "\n") {
		language, marks := strings.CutPrefix(line, "```")
		switch comment := guideComment.FindStringSubmatch(line); {
		case inside && marks:
			inside = false
			fences = append(fences, next)
			next = fence{}
		case inside:
			next.text += line + "\n"
		case marks:
			inside = true
			next.language, next.line, next.needs = language, i+1, needs
		case strings.HasPrefix(line, "#"):
			needs = nil
		case comment == nil && strings.HasPrefix(line, "<!--"):
			t.Fatalf("%s:%d: this comment is not understood", name, i+1)
		case comment == nil:
		case comment[1] == "file":
			next.file = comment[2]
		case comment[1] == "run":
			next.before = append(next.before, comment[2])
		case comment[1] == "needs":
			needs = append(needs, comment[2])
		case comment[1] == "only":
			next.only = comment[2]
		case comment[1] == "instead":
			if len(fences) > 0 {
				next.way = fences[len(fences)-1].way + 1
			}
		}
	}
	return fences
}

// has reports whether the CLI has what a fence needs.
func has(p acctest.Program, needs []string, only string) bool {
	product := map[bool]string{false: "terraform", true: "opentofu"}[p.OpenTofu]
	if only != "" && only != product {
		return false
	}
	satisfied := len(needs) == 0
	for _, need := range needs {
		if name, version, _ := strings.Cut(need, " "); name == product {
			satisfied = p.AtLeast(version, version)
		}
	}
	return satisfied
}

// ways counts the walks that a guide takes.
func ways(fences []fence) int {
	most := 1
	for _, f := range fences {
		most = max(most, f.way+1)
	}
	return most
}

// walk goes through a guide. In walk number way it takes each step that has that many ways in that way, and every other in its first.
func walk(c *acctest.CLI, m *acctest.Mock, fences []fence, way int, sids func() []string) {
	c.T.Helper()
	var output string
	for i, f := range fences {
		// The ways of one step follow each other.
		last := f.way
		for _, g := range fences[i+1:] {
			if g.way <= last {
				break
			}
			last = g.way
		}
		chosen := way
		if way > last {
			chosen = 0
		}
		if f.way != chosen || !has(c.Program, f.needs, f.only) {
			continue
		}
		mine := func(text string) string {
			return strings.NewReplacer(append(sids(), mocktwilio.DefaultAccountSID, m.AccountSID())...).Replace(text)
		}
		for _, command := range f.before {
			shell(c, f.line, mine(command))
			m.ResetRequests()
		}
		text := mine(f.text)
		switch f.language {
		case "terraform", "hcl":
			if f.file == "" {
				c.T.Fatalf("line %d: the fence names no file", f.line)
			}
			c.Write(f.file, text)
			if f.language == "terraform" {
				c.Run("fmt", "-check", "-diff", f.file)
			}
			if strings.Contains(text, `provider "twilio"`) {
				// Credentials and the mock's address, which a person has in the environment.
				c.Write("mock_override.tf", m.Config())
			}
		case "shell":
			output = shell(c, f.line, text)
			m.ExpectNoWrites()
		case "text":
			for line := range strings.Lines(text) {
				if strings.TrimSpace(line) != "" && !matches(line, output) {
					c.T.Fatalf("line %d: %q is not in\n%s", f.line, strings.TrimSpace(line), output)
				}
			}
		default:
			c.T.Fatalf("line %d: a fence of %q is neither run nor compared", f.line, f.language)
		}
	}
}

func matches(line, output string) bool { return acctest.Text(line).MatchString(output) }

// shell runs commands of a guide.
func shell(c *acctest.CLI, line int, commands string) string {
	c.T.Helper()
	output, status := c.Try("sh", "-euc", commands)
	if status != 0 {
		c.T.Fatalf("line %d: exit status %d of %s\n%s", line, status, commands, output)
	}
	return output
}

// walkGuide walks through a guide in all its ways. setUp makes the objects at Twilio and may write a state. The function that it
// gives knows what stands for the SIDs of the guide, as pairs.
func walkGuide(t *testing.T, name string, others map[string]func() tfprotov6.ProviderServer, setUp func(m *acctest.Mock, c *acctest.CLI, way int) func() []string) {
	t.Helper()
	fences := readGuide(t, name)
	for way := range ways(fences) {
		t.Run(fmt.Sprintf("way %d", way+1), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMockWith(t, mocktwilio.Options{})
			c := m.NewCLI(others)
			c.Env = append(c.Env, "TF_CLI_ARGS_apply=-auto-approve", "TF_CLI_ARGS_state_replace_provider=-auto-approve")
			sids := setUp(m, c, way)
			m.ResetRequests()
			walk(c, m, fences, way, sids)
		})
	}
}
