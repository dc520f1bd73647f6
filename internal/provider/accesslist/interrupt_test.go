// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist_test

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// interrupt runs the CLI, interrupts it like Ctrl-C once ready returns true, and returns the output and the time until it ended.
func interrupt(c *acctest.CLI, ready func() bool, args ...string) (string, time.Duration) {
	c.T.Helper()
	ctx, cancel := context.WithTimeout(c.T.Context(), 2*time.Minute)
	defer cancel()
	command := exec.CommandContext(ctx, c.Path, args...)
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

// TestInterruptApply interrupts an apply during a long Retry-After, when some of the lists and entries exist.
func TestInterruptApply(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("Windows has no signal to send")
	}
	m := acctest.StartMock(t)
	c := m.NewCLI(nil)
	if !c.OpenTofu && c.Version.Prerelease() != "" && c.Version.Core().Segments()[1] >= 17 {
		// For a moment after a failed create, Terraform 1.17.0-dev has an object without a status in the state, and panics if it
		// saves the state at that moment.
		t.Skipf("Terraform %s panics when it is interrupted", c.Version)
	}
	c.Write("main.tf", m.RootConfig()+manyLists)
	all := lists{}
	for i := range 20 {
		all[fmt.Sprintf("list %d", i)] = entries{"198.51.100.7": "a", "203.0.113.0/24": "b"}
	}
	setLists(c, all)
	c.Run("init")
	// All writes after the first 25 are throttled.
	m.AddFault(mocktwilio.Fault{
		Method: http.MethodPost, Skip: 25, Count: -1, Kind: mocktwilio.FaultStatus, Status: http.StatusTooManyRequests, Code: 20429,
		Header: http.Header{"Retry-After": {"60"}},
	})
	waiting := func() bool { return slices.ContainsFunc(m.Requests(), mocktwilio.Request.Throttled) }
	output, elapsed := interrupt(c, waiting, "apply", "-auto-approve", "-no-color")
	if elapsed > 30*time.Second {
		t.Errorf("the interrupt did not end the wait of a minute: it took %s", elapsed)
	}
	if !strings.Contains(output, "was interrupted") {
		t.Errorf("the output does not say it:\n%s", output)
	}

	// The state has every list and every entry that Twilio has.
	var inState []string
	for _, resource := range c.State() {
		for _, instance := range resource.Instances {
			for key := range instance.Attributes["ip_addresses"].(map[string]any) {
				inState = append(inState, fmt.Sprint(instance.Attributes["sid"], " ", key))
			}
			inState = append(inState, fmt.Sprint(instance.Attributes["sid"]))
		}
	}
	var actual []string
	for _, list := range m.Lists("") {
		actual = append(actual, list.SID)
		for _, a := range m.Addresses("", list.SID) {
			actual = append(actual, strings.TrimSuffix(fmt.Sprintf("%s %s/%d", list.SID, a.IPAddress, a.CIDRPrefixLength), "/32"))
		}
	}
	slices.Sort(inState)
	slices.Sort(actual)
	if len(actual) == 0 || !slices.Equal(inState, actual) {
		t.Errorf("the state has\n%s\nTwilio has\n%s", strings.Join(inState, "\n"), strings.Join(actual, "\n"))
	}

	m.ClearFaults()
	c.Run("apply", "-auto-approve")
	if got := len(m.Lists("")); got != len(all) {
		t.Errorf("%d lists in the end, not %d", got, len(all))
	}
	c.ExpectEmptyPlan()
}
