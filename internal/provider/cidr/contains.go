// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

var _ function.Function = (*containsFunction)(nil)

type containsFunction struct{}

// NewContainsFunction returns the function cidr_contains.
func NewContainsFunction() function.Function { return &containsFunction{} }

func (f *containsFunction) Metadata(_ context.Context, _ function.MetadataRequest, resp *function.MetadataResponse) {
	resp.Name = "cidr_contains"
}

func (f *containsFunction) Definition(_ context.Context, _ function.DefinitionRequest, resp *function.DefinitionResponse) {
	resp.Definition = function.Definition{
		Summary: "Whether CIDR blocks contain an IPv4 address or CIDR block",
		MarkdownDescription: "Returns `true` if a list of IPv4 addresses and CIDR blocks contains a given address or every address of a given CIDR block. " +
			"The list is considered as a whole: two adjacent `/25` blocks can contain a `/24`.",
		Parameters: []function.Parameter{
			blocksParameter("IPv4 addresses and CIDR blocks, in any order. They may overlap."),
			function.StringParameter{
				Name:                "cidr_block",
				MarkdownDescription: "IPv4 address or CIDR block to look for.",
				AllowUnknownValues:  true,
			},
		},
		Return: function.BoolReturn{},
	}
}

func (f *containsFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var (
		list   types.List
		wanted types.String
	)
	if resp.Error = req.Arguments.Get(ctx, &list, &wanted); resp.Error != nil {
		return
	}
	blocks, known, funcErr := parseBlocks(0, list)
	var block ipblock.Block
	if !wanted.IsUnknown() {
		var err error
		if block, err = ipblock.Parse(wanted.ValueString()); err != nil {
			funcErr = joinErrors(funcErr, argumentError(1, err.Error()))
		}
	}
	switch {
	case funcErr != nil:
		resp.Error = funcErr
	case !known || wanted.IsUnknown():
		resp.Error = resp.Result.Set(ctx, types.BoolUnknown())
	default:
		resp.Error = resp.Result.Set(ctx, ipblock.Contains(blocks, block))
	}
}
