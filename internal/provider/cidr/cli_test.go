// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr_test

import (
	"os"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestAggregateErrorOnCLI checks the complete error as the CLI shows it, because the CLI adds words and a period.
func TestAggregateErrorOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
output "blocks" {
  value = provider::twilio::cidr_aggregate(["192.0.2.1", "::1", null, "10.0.0.0/33"])
}
`)
	output := c.ExpectError("plan", "-no-color")
	for _, words := range []string{
		`Invalid value for "cidr_blocks" parameter: 3 of 4 elements are invalid:`,
		`[1]: "::1" is an IPv6 address.`, "[2] is null.", `[3]: "10.0.0.0/33"`,
	} {
		if !acctest.Text(words).MatchString(output) {
			t.Errorf("%q is not in\n%s", words, output)
		}
	}
	if text := strings.TrimSpace(output); !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") {
		t.Errorf("the error does not end in one full stop:\n%s", output)
	}
}

// TestFunctionsOnCLI calls the functions in a configuration. Values that are known only during the apply are evaluated then.
func TestFunctionsOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	c.Write("main.tf", m.RootConfig()+`
resource "terraform_data" "late" {
  input = "198.51.100.128/25"
}

locals {
  late = ["198.51.100.0/25", terraform_data.late.output]
}

output "results" {
  value = jsonencode([
    provider::twilio::cidr_contains(["198.51.100.0/25", "198.51.100.128/25"], "198.51.100.0/24"),
    provider::twilio::cidr_contains([], "198.51.100.7"),
    provider::twilio::cidr_address_count(["0.0.0.0/1", "128.0.0.0/1", "198.51.100.7"]),
    provider::twilio::cidr_from_range("198.51.100.1", "198.51.100.6"),
    provider::twilio::cidr_from_range("0.0.0.0", "255.255.255.255"),
    provider::twilio::cidr_contains(local.late, "198.51.100.0/24"),
    provider::twilio::cidr_address_count(local.late),
    provider::twilio::cidr_from_range("198.51.100.0", cidrhost(terraform_data.late.output, 127)),
  ])
}
`)
	if output := c.Run("plan", "-no-color"); !strings.Contains(output, "+ results = (known after apply)") {
		t.Errorf("the plan does not leave the results for the apply:\n%s", output)
	}
	c.Run("apply", "-no-color", "-auto-approve")
	const want = `[true,false,4294967296,["198.51.100.1","198.51.100.2/31","198.51.100.4/31","198.51.100.6"],["0.0.0.0/1","128.0.0.0/1"],true,256,["198.51.100.0/24"]]`
	if got := strings.TrimSpace(c.Run("output", "-raw", "results")); got != want {
		t.Errorf("%s, not %s", got, want)
	}
}

func TestErrorsOnCLI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	for call, want := range map[string]string{
		`cidr_contains(["192.0.2.0/24", "0.0.0.0/0"], "192.0.2.1")`: `Invalid value for "cidr_blocks" parameter: element [1]: "0.0.0.0/0" has prefix length 0.`,
		`cidr_contains(["192.0.2.0/24"], "10.0.0.0/0")`:             `Invalid value for "cidr_block" parameter: "10.0.0.0/0" has prefix length 0.`,
		`cidr_address_count(["192.0.2.1", null, "::1"])`:            `Invalid value for "cidr_blocks" parameter: 2 of 3 elements are invalid:`,
		`cidr_from_range("192.0.2.9", "192.0.2.1")`:                 `Invalid value for "last" parameter: "192.0.2.1" comes before the first address of the range.`,
		`cidr_from_range("192.0.2.0/24", "192.0.2.9")`:              `Invalid value for "first" parameter: "192.0.2.0/24" is a CIDR block, not a single address.`,
	} {
		t.Run(call, func(t *testing.T) {
			t.Parallel()
			c := m.NewCLI(nil)
			c.Write("main.tf", m.RootConfig()+"output \"result\" {\n  value = provider::twilio::"+call+"\n}\n")
			output := c.ExpectError("plan", "-no-color")
			if !acctest.Text(want).MatchString(output) {
				t.Errorf("%q is not in\n%s", want, output)
			}
			if text := strings.TrimSpace(output); !strings.HasSuffix(text, ".") || strings.HasSuffix(text, "..") {
				t.Errorf("the error does not end in one full stop:\n%s", output)
			}
		})
	}
}

// TestExamplesOnCLI plans the example of each function and checks the results in its comments.
func TestExamplesOnCLI(t *testing.T) {
	t.Parallel()
	for name, words := range map[string][]string{
		"cidr_aggregate":     {`"198.51.100.0/24", + "203.0.113.10/31",`},
		"cidr_contains":      {"+ together = true", "Warning: Check block assertion failed", "The list does not allow every address of the office."},
		"cidr_address_count": {"+ count = 257"},
		"cidr_from_range":    {`"198.51.100.1" = "Carrier" + "198.51.100.2/31" = "Carrier" + "198.51.100.4/31" = "Carrier" + "198.51.100.6" = "Carrier"`},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			m := acctest.StartMock(t)
			m.CreateAddress("", m.CreateList("", "Carriers").SID, "198.51.100.0", 25, "half of the office")
			c := m.NewCLI(nil)
			example, err := os.ReadFile(acctest.Example("functions", name, "function.tf"))
			if err != nil {
				t.Fatal(err)
			}
			c.Write("main.tf", m.RootConfig()+string(example))
			c.Env = append(c.Env, `TF_VAR_carriers={"198.51.100.0/26"="Carrier"}`)
			output := c.Run("plan", "-no-color")
			for _, text := range words {
				if !acctest.Text(text).MatchString(output) {
					t.Errorf("%q is not in\n%s", text, output)
				}
			}
			if name == "cidr_address_count" {
				c.Env = append(c.Env, `TF_VAR_carriers={"198.51.100.0/26"="Carrier", "192.0.2.1"="Carrier"}`)
				if output := c.ExpectError("plan", "-no-color"); !acctest.Text("Allow at most 64 addresses.").MatchString(output) {
					t.Errorf("65 addresses:\n%s", output)
				}
			}
		})
	}
}
