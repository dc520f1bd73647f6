// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package migrate converts the states of other Twilio providers, so that their users can change to this one. There is
// one table for each of those providers.
//
// RJPearson94/twilio uses the same type names as this provider, with schema version 0: its states are upgraded once
// `terraform state replace-provider` has made them ours. twilio/twilio has other type names: its states are converted by
// `moved` blocks.
//
// Both happen before the provider is configured, so no request can be made. What a state lacks stays null, and the
// refresh that follows fills it. What identifies an object is checked strictly: after an error Terraform leaves the
// state as it was.
//
// The JSON of a state is read attribute by attribute rather than through a schema, so that it does not matter which
// versions of those providers added or dropped an attribute.
package migrate

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-framework/tfsdk"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"
)

// foreignType is one type of another provider, and how its states are converted.
type foreignType struct {
	provider, typeName string
	// target is the type of this provider that the states become.
	target string
	// convert gives the attributes of target. What it leaves out becomes null.
	convert func(*foreignState) map[string]any
}

var foreignTypes = slices.Concat(twilioTypes, rjpearson94Types)

// StateUpgraders is the UpgradeState of a resource whose schema version 0 belongs to the provider that uses the same
// type name.
func StateUpgraders(target string) map[int64]resource.StateUpgrader {
	upgraders := map[int64]resource.StateUpgrader{}
	for _, foreign := range foreignTypes {
		if foreign.typeName == target {
			upgraders[0] = resource.StateUpgrader{StateUpgrader: func(ctx context.Context, req resource.UpgradeStateRequest, resp *resource.UpgradeStateResponse) {
				foreign.convertState(ctx, req.RawState, &resp.State, &resp.Diagnostics)
			}}
		}
	}
	return upgraders
}

// StateMovers is the MoveState of a resource. It goes by the type of the source and the form of its state, not by the
// address of its provider: that is another one with OpenTofu and with a mirror, and after
// `terraform state replace-provider` it is our own.
//
// Some versions of both CLIs also call it for a resource that keeps its type if the address of the provider differs from
// the one before: RJPearson94's, or our own in another registry (opentofu/opentofu#4375).
func StateMovers(target string) []resource.StateMover {
	return []resource.StateMover{{StateMover: func(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
		if req.SourceTypeName == target && req.SourceSchemaVersion == resp.TargetState.Schema.GetVersion() {
			keepState(ctx, req, resp)
			return
		}
		var understood []string
		for _, foreign := range foreignTypes {
			if foreign.target != target {
				continue
			}
			understood = append(understood, fmt.Sprintf("  %s of %s", foreign.typeName, foreign.provider))
			if foreign.typeName != req.SourceTypeName {
				continue
			}
			if req.SourceSchemaVersion != 0 {
				resp.Diagnostics.AddError("Cannot move resource",
					fmt.Sprintf("The state of the %s has schema version %d, written by a version of %s that this provider does not know. "+
						"Nothing was changed. Look for a newer version of this provider.", foreign.typeName, req.SourceSchemaVersion, req.SourceProviderAddress))
				return
			}
			foreign.convertState(ctx, req.SourceRawState, &resp.TargetState, &resp.Diagnostics)
			return
		}
		resp.Diagnostics.AddError("Cannot move resource",
			fmt.Sprintf("A %s of the provider %s cannot become a %s. Nothing was changed. These can:\n%s",
				req.SourceTypeName, req.SourceProviderAddress, target, strings.Join(understood, "\n")))
	}}}
}

// keepState keeps a state of our own as it is, with its private state and identity.
func keepState(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
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
	// An identity that cannot be read is left out: the refresh restores it.
	if identity, err := req.SourceIdentity.UnmarshalWithOpts(resp.TargetIdentity.Schema.Type().TerraformType(ctx), lenient); err == nil {
		resp.TargetIdentity.Raw = identity
	}
}

// convertState writes the converted state into target. The schema of target must be set.
func (f foreignType) convertState(ctx context.Context, raw *tfprotov6.RawState, target *tfsdk.State, diags *diag.Diagnostics) {
	foreign, err := newForeignState(raw)
	if err != nil {
		foreign.problem("the whole state: %v", err)
	}
	var converted map[string]any
	if err == nil {
		converted = f.convert(foreign)
	}
	if len(foreign.problems) > 0 {
		diags.AddError("Cannot take over the stored state",
			fmt.Sprintf("The state of this %s is not as %s writes it:\n  %s\n\n"+
				"Nothing was changed. If the object exists at Twilio, take the entry out of the state (terraform state rm) and import the object instead.",
				f.typeName, f.provider, strings.Join(foreign.problems, "\n  ")))
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
