// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// interrupt runs the CLI until ready says so, then sends what Ctrl-C sends, and gives the output and how long it took to end.
func interrupt(c *acctest.CLI, ready func() bool, args ...string) (string, time.Duration) {
	c.T.Helper()
	command := exec.CommandContext(c.T.Context(), c.Path, args...)
	var output bytes.Buffer
	command.Dir, command.Env, command.Stdout, command.Stderr = c.Dir, c.Env, &output, &output
	if err := command.Start(); err != nil {
		c.T.Fatal(err)
	}
	deadline := time.Now().Add(time.Minute)
	for !ready() && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	interrupted := time.Now()
	if err := command.Process.Signal(os.Interrupt); err != nil {
		c.T.Fatal(err)
	}
	if err := command.Wait(); err == nil {
		c.T.Errorf("an interrupted apply succeeded:\n%s", output.String())
	}
	return output.String(), time.Since(interrupted)
}

// TestInterrupted interrupts an apply that waits out a long Retry-After, in the midst of lists and of their entries.
func TestInterrupted(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal to send")
	}
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.OpenTofu && c.Version.Prerelease() != "" && c.Version.Core().Segments()[1] >= 17 {
		// Terraform 1.17.0-dev writes an object that a failed create left to the state without a status for a moment, and
		// panics when the state is saved in that moment.
		t.Skipf("Terraform %s panics when it is interrupted", c.Version)
	}
	c.Write("main.tf", m.RootConfig()+manyLists)
	all := lists{}
	for i := range 20 {
		all[fmt.Sprintf("list %d", i)] = entries{"198.51.100.7": "a", "203.0.113.0/24": "b"}
	}
	setLists(c, all)
	c.Run("init")
	// After 25 writes nothing gets through any more.
	m.AddFault(mocktwilio.Fault{
		Method: http.MethodPost, Skip: 25, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusTooManyRequests, Code: 20429,
		Header: http.Header{"Retry-After": {"60"}},
	})
	throttled := func() bool {
		return slices.ContainsFunc(m.Requests(), mocktwilio.Request.Throttled)
	}
	output, took := interrupt(c, throttled, "apply", "-auto-approve", "-no-color")
	if took > 3*time.Second {
		t.Errorf("ending took %s", took)
	}
	if !strings.Contains(output, "was interrupted") {
		t.Errorf("the output does not say it:\n%s", output)
	}

	// The state has every list that Twilio has, and every entry.
	var stored []string
	for _, resource := range c.State() {
		for _, instance := range resource.Instances {
			for key := range instance.Attributes["ip_addresses"].(map[string]any) {
				stored = append(stored, fmt.Sprint(instance.Attributes["sid"], " ", key))
			}
			stored = append(stored, fmt.Sprint(instance.Attributes["sid"]))
		}
	}
	var held []string
	for _, list := range m.Lists("") {
		held = append(held, list.SID)
		for _, a := range m.Addresses("", list.SID) {
			held = append(held, strings.TrimSuffix(fmt.Sprintf("%s %s/%d", list.SID, a.IPAddress, a.CIDRPrefixLength), "/32"))
		}
	}
	slices.Sort(stored)
	slices.Sort(held)
	if len(held) == 0 || !slices.Equal(stored, held) {
		t.Errorf("the state has\n%s\nTwilio has\n%s", strings.Join(stored, "\n"), strings.Join(held, "\n"))
	}

	m.ClearFaults()
	c.Run("apply", "-auto-approve")
	if got := len(m.Lists("")); got != len(all) {
		t.Errorf("%d lists in the end, not %d", got, len(all))
	}
	c.ExpectEmptyPlan()
}
