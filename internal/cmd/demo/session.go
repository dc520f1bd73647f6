// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
)

// Two later versions of the module's variables, and the configuration of a list
// that a person made in the Console.
const (
	renamed = `friendly_name = "Carrier gateways"
`
	readdressed = `friendly_name = "Carrier gateways"

gateways = {
  "203.0.113.10"    = "London SBC"
  "198.51.100.0/29" = "Frankfurt SBCs"
}
`
	mistyped = `friendly_name = "Carrier gateways"

gateways = {
  "203.0.113.010"   = "London SBC"
  "198.51.100.0/29" = "Frankfurt SBCs"
}
`
	byHand = `resource "twilio_sip_ip_access_control_list" "by_hand" {
  friendly_name = "Call centre"

  ip_addresses = {
    "192.0.2.44" = "PBX"
  }
}
`
)

// session is one walk through the module.
type session struct {
	cli    string // terraform or tofu
	dir    string // of the module
	titles int
}

func (s *session) run(ctx context.Context) error {
	s.title("The module")
	if err := s.show("main.tf"); err != nil {
		return err
	}

	s.title("Create a list with its entries")
	if err := s.expect(ctx, "1 added, 0 changed, 0 destroyed", "apply", "-auto-approve"); err != nil {
		return err
	}
	sid, err := s.output(ctx, "output", "-raw", "list_sid")
	if err != nil {
		return err
	}
	if !strings.HasPrefix(sid, "AL") {
		return fmt.Errorf("list_sid is %q, which is no SID of a list", sid)
	}

	s.title("Plan again: nothing to do")
	if err := s.expect(ctx, "No changes.", "plan", "-detailed-exitcode"); err != nil {
		return err
	}

	s.title("Rename it in place: the SID stays, so nothing that refers to it breaks")
	if err := s.change(ctx, renamed, sid); err != nil {
		return err
	}

	s.title("Change an entry: no call from an address that is in both versions is refused meanwhile")
	if err := s.change(ctx, readdressed, sid); err != nil {
		return err
	}

	s.title("A typing mistake fails at plan")
	if err := s.refuse(ctx); err != nil {
		return err
	}

	s.title("Import a list that somebody made by hand")
	if err := s.importByHand(ctx); err != nil {
		return err
	}

	s.title("Destroy")
	if err := s.expect(ctx, "2 destroyed", "destroy", "-auto-approve"); err != nil {
		return err
	}
	left, err := countLists(ctx)
	if err != nil {
		return err
	}
	fmt.Printf("%d lists\n", left)
	if left != 0 {
		return fmt.Errorf("%d lists are left in the account", left)
	}

	s.title("The module's own tests, against the same mock")
	for _, name := range []string{"terraform.tfvars", "by_hand.tf"} {
		if err := os.Remove(filepath.Join(s.dir, name)); err != nil {
			return err
		}
	}
	if err := s.expect(ctx, "Success!", "test"); err != nil {
		return err
	}

	fmt.Print("\nEverything was as it should be. This is what reached the mock:\n\n")
	return nil
}

// change puts other values into terraform.tfvars and applies them: an update in
// place that must keep sid, with an empty plan afterwards.
func (s *session) change(ctx context.Context, variables, sid string) error {
	if err := s.write("terraform.tfvars", variables); err != nil {
		return err
	}
	if err := s.expect(ctx, "0 added, 1 changed, 0 destroyed", "apply", "-auto-approve"); err != nil {
		return err
	}
	now, err := s.output(ctx, "output", "-raw", "list_sid")
	if err != nil {
		return err
	}
	if now != sid {
		return fmt.Errorf("the list was %s and is now %s", sid, now)
	}
	return nil
}

// refuse plans an address with a leading zero, which must fail and name it.
func (s *session) refuse(ctx context.Context) error {
	good, err := os.ReadFile(filepath.Join(s.dir, "terraform.tfvars"))
	if err != nil {
		return err
	}
	if err := s.write("terraform.tfvars", mistyped); err != nil {
		return err
	}
	output, err := s.output(ctx, "plan")
	if err == nil {
		return errors.New("the plan should have failed")
	}
	if !strings.Contains(output, "203.0.113.010") {
		return errors.New("the error does not name the address")
	}
	return os.WriteFile(filepath.Join(s.dir, "terraform.tfvars"), good, 0o600)
}

// importByHand makes a list as the Console would, and imports it.
func (s *session) importByHand(ctx context.Context) error {
	sid, err := makeList(ctx)
	if err != nil {
		return err
	}
	if err := s.write("by_hand.tf", byHand); err != nil {
		return err
	}
	if err := s.expect(ctx, "Import successful!", "import", "twilio_sip_ip_access_control_list.by_hand", sid); err != nil {
		return err
	}
	return s.expect(ctx, "No changes.", "plan", "-detailed-exitcode")
}
