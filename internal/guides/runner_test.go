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

// # How guides are run
//
// The tests run the migration and import guides from top to bottom, exactly as they are printed. A code block in
//
//   - terraform or hcl is written to the file that the comment before it names: <!-- file: main.tf -->
//   - shell is run, and must succeed
//   - yaml is a workflow of GitHub Actions: the commands of its steps are run, and must succeed
//   - text must be in the output of the last shell block, line by line, with any white space
//
// Comments before a code block, which readers do not see, control the test:
//
//	<!-- run: COMMAND -->           runs this first, to get to the reader's state; it may write to Twilio
//	<!-- needs: terraform 1.14 -->  skips this and the following blocks, up to the next heading, on older CLIs; also "opentofu 1.8"; a CLI that is not named is skipped
//	<!-- instead -->                the block is an alternative to the one before it; each alternative is run in a variant of its own
//	<!-- only: opentofu -->         skips the block on the other CLI
//
// The commands of a guide itself may only read from Twilio.

// codeBlock is a fenced code block of a guide.
type codeBlock struct {
	language, text string
	file           string
	before         []string
	needs          []string
	only           string
	// variant numbers the alternatives for a step. The first is 0.
	variant int
	line    int
}

var guideComment = regexp.MustCompile(`^<!-- (file|run|needs|instead|only)(?:: (.*))? -->$`)

func readGuide(t *testing.T, name string) []codeBlock {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("..", "..", "templates", "guides", name))
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
		switch comment := guideComment.FindStringSubmatch(line); {
		case inside && marks:
			inside = false
			blocks = append(blocks, next)
			next = codeBlock{}
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
			if len(blocks) > 0 {
				next.variant = blocks[len(blocks)-1].variant + 1
			}
		}
	}
	return blocks
}

// supports reports whether the CLI is the one that a code block is for, in a version that it needs.
func supports(p acctest.Program, needs []string, only string) bool {
	product := map[bool]string{false: "terraform", true: "opentofu"}[p.OpenTofu]
	if only != "" && only != product {
		return false
	}
	supported := len(needs) == 0
	for _, need := range needs {
		if name, version, _ := strings.Cut(need, " "); name == product {
			supported = p.AtLeast(version, version)
		}
	}
	return supported
}

// countVariants returns the largest number of alternatives that a step of the guide has.
func countVariants(blocks []codeBlock) int {
	count := 1
	for _, block := range blocks {
		count = max(count, block.variant+1)
	}
	return count
}

// runVariant runs a guide. For each step it takes the alternative with the number variant, or the first if there is none.
func runVariant(c *acctest.CLI, m *acctest.Mock, blocks []codeBlock, variant int, sids func() []string) {
	c.T.Helper()
	var output string
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
		if block.variant != chosen || !supports(c.Program, block.needs, block.only) {
			continue
		}
		replaceSIDs := func(text string) string {
			return strings.NewReplacer(append(sids(), mocktwilio.DefaultAccountSID, m.AccountSID())...).Replace(text)
		}
		for _, command := range block.before {
			shell(c, block.line, replaceSIDs(command))
			m.ResetRequests()
		}
		text := replaceSIDs(block.text)
		switch block.language {
		case "terraform", "hcl":
			if block.file == "" {
				c.T.Fatalf("line %d: the fence names no file", block.line)
			}
			c.Write(block.file, text)
			if block.language == "terraform" {
				c.Run("fmt", "-check", "-diff", block.file)
			}
			if strings.Contains(text, `provider "twilio"`) {
				// The override has the credentials and the mock's URL, which a reader has in the environment.
				c.Write("mock_override.tf", m.Config())
			}
		case "shell":
			output = shell(c, block.line, text)
			m.ExpectNoWrites()
		case "yaml":
			commands := workflowCommand.FindAllStringSubmatch(text, -1)
			if len(commands) == 0 {
				c.T.Fatalf("line %d: the workflow runs nothing", block.line)
			}
			for _, command := range commands {
				output = shell(c, block.line, command[1])
			}
			m.ExpectNoWrites()
		case "text":
			for line := range strings.Lines(text) {
				if strings.TrimSpace(line) != "" && !matches(line, output) {
					c.T.Fatalf("line %d: %q is not in\n%s", block.line, strings.TrimSpace(line), output)
				}
			}
		default:
			c.T.Fatalf("line %d: a fence of %q is neither run nor compared", block.line, block.language)
		}
	}
}

var workflowCommand = regexp.MustCompile(`(?m)^ *- run: (.+)$`)

func matches(line, output string) bool { return acctest.Text(line).MatchString(output) }

// shell runs commands of a guide, which must succeed, and returns their output.
func shell(c *acctest.CLI, line int, commands string) string {
	c.T.Helper()
	output, status := c.Try("sh", "-euc", commands)
	if status != 0 {
		c.T.Fatalf("line %d: exit status %d of %s\n%s", line, status, commands, output)
	}
	return output
}

// runGuide runs all variants of a guide. setUp creates the objects at Twilio and may write a state. It returns a function
// that returns pairs: a SID in the guide, and the mock's SID that replaces it.
func runGuide(t *testing.T, name string, others map[string]func() tfprotov6.ProviderServer, setUp func(m *acctest.Mock, c *acctest.CLI, variant int) func() []string) {
	t.Helper()
	blocks := readGuide(t, name)
	for variant := range countVariants(blocks) {
		t.Run(fmt.Sprintf("variant %d", variant+1), func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMockWith(t, mocktwilio.Options{})
			c := m.NewCLI(others)
			c.Env = append(c.Env, "TF_CLI_ARGS_apply=-auto-approve", "TF_CLI_ARGS_state_replace_provider=-auto-approve")
			sids := setUp(m, c, variant)
			m.ResetRequests()
			runVariant(c, m, blocks, variant, sids)
		})
	}
}
