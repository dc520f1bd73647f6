// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// # Taking over the states of other providers
//
// RJPearson94/twilio uses the same type names as this provider, with schema version 0: <noun>_upgrade.go takes its states
// over when `terraform state replace-provider` has made them ours. twilio/twilio has other type names: <noun>_move.go takes
// its states over through `moved` blocks.
//
// Both happen before the provider is configured, so no request can be made. What a state lacks stays null, and the refresh
// that follows fills it. What identifies an object is checked strictly instead: nothing is guessed, and with an error Terraform
// leaves the state as it was.
//
// The JSON of a state is read attribute by attribute rather than through a schema, so that it does not matter which versions
// of those providers added or dropped an attribute.

// origin is one type of another provider, and how its states become ours.
type origin struct {
	// provider and typeName are what the other side is called.
	provider, typeName string
	// convert gives our attributes. What it leaves out becomes null.
	convert func(*storedState) map[string]any
}

const (
	rjpearson94 = "RJPearson94/twilio"
	twilioInc   = "twilio/twilio"
)

// upgradeFrom is the UpgradeState of a resource whose version 0 belongs to another provider.
func upgradeFrom(o origin) map[int64]resource.StateUpgrader {
	return map[int64]resource.StateUpgrader{
		0: {StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
			o.takeOver(ctx, req.RawState, &resp.State, &resp.Diagnostics)
		}},
	}
}

// moveFrom is the MoveState of a resource. It goes by the type of the source and the form of its state, not by the
// address of its provider: that is another one with OpenTofu and with a mirror, and after `terraform state replace-provider`
// it is our own.
//
// Some versions of both CLIs also call it for a resource that keeps its type, when the address of the provider is another one
// than before: RJPearson94's, or our own in another registry (opentofu/opentofu#4375).
func moveFrom(target string, origins ...origin) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if req.SourceTypeName == target && req.SourceSchemaVersion == resp.TargetState.Schema.GetVersion() {
			keep(ctx, req, resp)
			return
		}
		var understood []string
		for _, o := range origins {
			understood = append(understood, fmt.Sprintf("  %s of %s", o.typeName, o.provider))
			if o.typeName != req.SourceTypeName {
				continue
			}
			if req.SourceSchemaVersion != 0 {
				resp.Diagnostics.AddError("Cannot move resource",
					fmt.Sprintf("The state of the %s has schema version %d, written by a version of %s that this provider does not know. "+
						"Nothing was changed. Look for a newer version of this provider.", o.typeName, req.SourceSchemaVersion, req.SourceProviderAddress))
				return
			}
			o.takeOver(ctx, req.SourceRawState, &resp.TargetState, &resp.Diagnostics)
			return
		}
		resp.Diagnostics.AddError("Cannot move resource",
			fmt.Sprintf("A %s of the provider %s cannot become a %s. Nothing was changed. These can:\n%s",
				req.SourceTypeName, req.SourceProviderAddress, target, strings.Join(understood, "\n")))
	}}}
}

// keep takes over a state of our own as it is, with its private state and identity.
func keep(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	lenient := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	state, err := req.SourceRawState.UnmarshalWithOpts(resp.TargetState.Schema.Type().TerraformType(ctx), lenient)
	if err != nil {
		resp.Diagnostics.AddError("Cannot take over the stored state",
			fmt.Sprintf("The state of this %s is not as this provider writes it. Nothing was changed.\n\nError: %v", req.SourceTypeName, err))
		return
	}
	resp.TargetState.Raw = state
	resp.TargetPrivate = req.SourcePrivate
	if req.SourceIdentity == nil || len(req.SourceIdentity.JSON) == 0 || resp.TargetIdentity == nil {
		return
	}
	// An identity that cannot be read is left out: the refresh finds it again.
	if identity, err := req.SourceIdentity.UnmarshalWithOpts(resp.TargetIdentity.Schema.Type().TerraformType(ctx), lenient); err == nil {
		resp.TargetIdentity.Raw = identity
	}
}

// takeOver puts what a stored state becomes into target. The schema of target must be set.
func (o origin) takeOver(ctx context.Context, raw *tfprotov6.RawState, target *tfsdk.State, diags *diag.Diagnostics) {
	stored, err := newStoredState(raw)
	if err != nil {
		stored.problem("the whole state: %v", err)
	}
	var converted map[string]any
	if err == nil {
		converted = o.convert(stored)
	}
	if len(stored.problems) > 0 {
		diags.AddError("Cannot take over the stored state",
			fmt.Sprintf("The state of this %s is not as %s writes it:\n  %s\n\n"+
				"Nothing was changed. If the object exists at Twilio, take the entry out of the state (terraform state rm) and import the object instead.",
				o.typeName, o.provider, strings.Join(stored.problems, "\n  ")))
		return
	}
	text, err := json.Marshal(converted)
	if err == nil {
		target.Raw, err = (&tfprotov6.RawState{JSON: text}).Unmarshal(target.Schema.Type().TerraformType(ctx))
	}
	if err != nil {
		diags.AddError("Cannot take over the stored state", "This is a mistake in the provider, please report it. Nothing was changed.\n\nError: "+err.Error())
		target.Raw = tftypes.NewValue(target.Schema.Type().TerraformType(ctx), nil)
	}
}

// storedState reads a state that another provider wrote. Its methods note what is wrong and go on, so that an error can
// name everything at once. All of them give null for what is absent.
type storedState struct {
	attributes map[string]json.RawMessage
	problems   []string
}

// newStoredState never gives nil.
func newStoredState(raw *tfprotov6.RawState) (*storedState, error) {
	s := &storedState{}
	switch {
	case raw == nil || len(raw.JSON) == 0 && len(raw.Flatmap) == 0:
		return s, fmt.Errorf("it is empty")
	case len(raw.JSON) == 0:
		return s, fmt.Errorf("it is in the format of Terraform 0.11, which Terraform 0.12 or the other provider converts")
	}
	if err := json.Unmarshal(raw.JSON, &s.attributes); err != nil {
		return s, fmt.Errorf("it is not a JSON object")
	}
	if s.attributes == nil {
		return s, fmt.Errorf("it is null")
	}
	return s, nil
}

func (s *storedState) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

func (s *storedState) get(name string) (json.RawMessage, bool) {
	value, ok := s.attributes[name]
	return value, ok && string(bytes.TrimSpace(value)) != "null"
}

// text gives a string, or nil.
func (s *storedState) text(name string) any {
	value, ok := s.get(name)
	if !ok {
		return nil
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		s.problem("%s: a string was expected, and it is %s", name, shortened(value))
		return nil
	}
	return text
}

// number gives an int, or nil.
func (s *storedState) number(name string) any {
	value, ok := s.get(name)
	if !ok {
		return nil
	}
	var number int
	if json.Unmarshal(value, &number) != nil {
		s.problem("%s: a whole number was expected, and it is %s", name, shortened(value))
		return nil
	}
	return number
}

// optionalSID gives a SID, or nil.
func (s *storedState) optionalSID(prefix, name string) any {
	text, _ := s.text(name).(string)
	if text == "" {
		return nil
	}
	if problem := sidProblem(prefix, text); problem != "" {
		s.problem("%s: %s", name, problem)
		return nil
	}
	return text
}

// sid gives the SID that stands at each of several places: "sid" is an attribute, "id/1" the second segment of one. It may
// be absent from some of them but not from all, and where it is present it must be the same.
func (s *storedState) sid(prefix string, places ...string) string {
	found, foundAt := "", ""
	for _, place := range places {
		name, index, composite := strings.Cut(place, "/")
		text, _ := s.text(name).(string)
		if composite && text != "" {
			segments := strings.Split(text, "/")
			number, _ := strconv.Atoi(index)
			if number >= len(segments) {
				s.problem("%s: it has no segment %d, and it is %q", name, number+1, text)
				return ""
			}
			text = segments[number]
		}
		if text == "" {
			continue
		}
		if problem := sidProblem(prefix, text); problem != "" {
			s.problem("%s: %s", name, problem)
			return ""
		}
		if found != "" && found != text {
			s.problem("%s and %s: they should be the same, and are %s and %s", foundAt, name, found, text)
			return ""
		}
		found, foundAt = text, name
	}
	if found == "" {
		s.problem("%s: the SID of %s is missing", strings.ReplaceAll(places[0], "/0", ""), sidNouns[prefix])
	}
	return found
}

// account gives the account that a state names. nil leaves it to the refresh, which uses the provider's.
func (s *storedState) account(name string) any { return s.optionalSID(twilio.PrefixAccount, name) }

// timeouts gives the timeouts block as it was, so that an unchanged configuration plans no change: null without a block,
// otherwise an object of all four operations. A default for all operations, which this provider's block does not have, is dropped.
func (s *storedState) timeouts() any {
	value, ok := s.get("timeouts")
	if !ok {
		return nil
	}
	var block map[string]any
	if json.Unmarshal(value, &block) != nil {
		s.problem("timeouts: an object was expected, and it is %s", shortened(value))
		return nil
	}
	converted := map[string]any{}
	for _, operation := range []string{"create", "read", "update", "delete"} {
		switch duration := block[operation].(type) {
		case nil:
			converted[operation] = nil
		case string:
			if _, err := time.ParseDuration(duration); err != nil {
				s.problem("timeouts.%s: %q is not a duration", operation, duration)
			}
			converted[operation] = duration
		default:
			s.problem("timeouts.%s: a duration was expected, and it is %v", operation, duration)
		}
	}
	return converted
}

// shortened keeps a diagnostic readable whatever a damaged state holds.
func shortened(value json.RawMessage) string {
	const most = 80
	if text := []rune(string(value)); len(text) > most {
		return string(text[:most]) + "…"
	}
	return string(value)
}
