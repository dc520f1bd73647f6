// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package migrate converts the states of other Twilio providers, so that users can switch to this one. There is a table for each
// of these providers.
//
// RJPearson94/twilio uses the same type names as this provider, with schema version 0. Its states are upgraded after `terraform
// state replace-provider` has assigned them to this provider. twilio/twilio uses different type names. Its states are converted
// by `moved` blocks.
//
// Both happen before the provider is configured, so no requests are possible. Attributes that are missing in a state stay null
// until the next refresh. SIDs are checked strictly: if there is an error, Terraform leaves the state unchanged.
//
// The JSON of a state is read attribute by attribute rather than with a schema, because versions of those providers differ in
// their attributes.
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

// foreignType describes a resource type of another provider, and how to convert its states.
type foreignType struct {
	provider, typeName string
	// target is the resource type of this provider that the states are converted to.
	target string
	// convert returns the attributes for target. Attributes that it omits become null.
	convert func(*foreignState) map[string]any
}

// foreignTypes are the types of all other providers. Their names must differ, because a state of version 0 does not show which
// provider wrote it.
var foreignTypes = slices.Concat(twilioTypes, rjpearson94Types)

// StateUpgraders returns the result of UpgradeState for a resource type. Schema version 0 is the version of another provider with
// the same type name.
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

// StateMovers returns the result of MoveState for a resource type. A mover checks the source type and its schema version. It does
// not check the source provider, whose host differs between registries and mirrors, and which is this provider after `terraform
// state replace-provider`.
//
// Some versions of both CLIs also call movers for a resource that keeps its type if the provider source has changed: from
// RJPearson94/twilio, or from this provider in another registry (https://github.com/opentofu/opentofu/issues/4375).
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
					fmt.Sprintf("The state of this %s has schema version %d, which was written by a version of %s that this provider does not support. "+
						"Nothing was changed. Check for a newer version of this provider.", foreign.typeName, req.SourceSchemaVersion, req.SourceProviderAddress))
				return
			}
			foreign.convertState(ctx, req.SourceRawState, &resp.TargetState, &resp.Diagnostics)
			return
		}
		resp.Diagnostics.AddError("Cannot move resource",
			fmt.Sprintf("A %s of the provider %s cannot be moved to a %s. Nothing was changed. These types can:\n%s",
				req.SourceTypeName, req.SourceProviderAddress, target, strings.Join(understood, "\n")))
	}}}
}

// keepState copies a state that this provider wrote, with its private state and identity.
func keepState(ctx context.Context, req resource.MoveStateRequest, resp *resource.MoveStateResponse) {
	lenient := tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}}
	state, err := req.SourceRawState.UnmarshalWithOpts(resp.TargetState.Schema.Type().TerraformType(ctx), lenient)
	if err != nil {
		resp.Diagnostics.AddError("Cannot convert the stored state",
			fmt.Sprintf("The state of this %s does not have the format that this provider writes. Nothing was changed.\n\nError: %v", req.SourceTypeName, err))
		return
	}
	resp.TargetState.Raw = state
	resp.TargetPrivate = req.SourcePrivate
	if req.SourceIdentity == nil || len(req.SourceIdentity.JSON) == 0 || resp.TargetIdentity == nil {
		return
	}
	// An identity that cannot be decoded is dropped. The next refresh restores it.
	if identity, err := req.SourceIdentity.UnmarshalWithOpts(resp.TargetIdentity.Schema.Type().TerraformType(ctx), lenient); err == nil {
		resp.TargetIdentity.Raw = identity
	}
}

// convertState converts a state and writes it to target, whose schema must be set.
func (f foreignType) convertState(ctx context.Context, raw *tfprotov6.RawState, target *tfsdk.State, diags *diag.Diagnostics) {
	foreign, err := newForeignState(raw)
	if err != nil {
		foreign.problem("%v", err)
	}
	var converted map[string]any
	if err == nil {
		converted = f.convert(foreign)
	}
	if len(foreign.problems) > 0 {
		diags.AddError("Cannot convert the stored state",
			fmt.Sprintf("The state of this %s does not have the format that %s writes:\n  %s\n\n"+
				"Nothing was changed. If the object exists in Twilio, remove it from the state (terraform state rm) and import it instead.",
				f.typeName, f.provider, strings.Join(foreign.problems, "\n  ")))
		return
	}
	text, err := json.Marshal(converted)
	if err == nil {
		target.Raw, err = (&tfprotov6.RawState{JSON: text}).Unmarshal(target.Schema.Type().TerraformType(ctx))
	}
	if err != nil {
		diags.AddError("Cannot convert the stored state", "This is a bug in the provider; please report it. Nothing was changed.\n\nError: "+err.Error())
		target.Raw = tftypes.NewValue(target.Schema.Type().TerraformType(ctx), nil)
	}
}
