// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package cidr implements the provider-defined functions for IPv4 addresses and CIDR blocks.
package cidr

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

var _ function.Function = (*aggregateFunction)(nil)

type aggregateFunction struct{}

// NewAggregateFunction returns the function cidr_aggregate.
func NewAggregateFunction() function.Function { return &aggregateFunction{} }

func (f *aggregateFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "cidr_aggregate"
}

func (f *aggregateFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Fewest CIDR blocks that cover the same IPv4 addresses",
		MarkdownDescription: "Combines IPv4 addresses and CIDR blocks into the shortest sorted list of CIDR blocks that covers exactly the same addresses. " +
			"Single addresses are returned without `/32`, so you can use the result as keys of `ip_addresses`.",
		Parameters: []function.Parameter{
			blocksParameter("IPv4 addresses and CIDR blocks, in any order. They may overlap."),
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (f *aggregateFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var list types.List
	if resp.Error = req.Arguments.Get(ctx, &list); resp.Error != nil {
		return
	}
	blocks, known, funcErr := parseBlocks(0, list)
	switch {
	case funcErr != nil:
		resp.Error = funcErr
	case !known:
		// An unknown element can change every block of the result.
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(types.StringType))
	default:
		resp.Error = resp.Result.Set(ctx, blockTexts(ipblock.Aggregate(blocks)))
	}
}
