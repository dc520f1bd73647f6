// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package cidr implements the provider-defined functions for IPv4 addresses and CIDR blocks.
package cidr

import (
	"context"
	"fmt"
	"strings"

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
		Summary: "The fewest CIDR blocks that cover exactly the same IPv4 addresses",
		MarkdownDescription: "Joins IPv4 addresses and CIDR blocks into the fewest CIDR blocks that cover exactly the same addresses, sorted. " +
			"A bare address counts as `/32`, and `/32` is spelled as a bare address, so that the result can be the keys of `ip_addresses`.",
		Parameters: []function.Parameter{
			function.ListParameter{
				Name:                "cidr_blocks",
				ElementType:         types.StringType,
				MarkdownDescription: "IPv4 addresses and CIDR blocks, in any order; they may overlap.",
				AllowUnknownValues:  true,
			},
		},
		Return: function.ListReturn{ElementType: types.StringType},
	}
}

func (f *aggregateFunction) Run(ctx context.Context, req function.RunRequest, resp *function.RunResponse) {
	var argument types.List
	if resp.Error = req.Arguments.Get(ctx, &argument); resp.Error != nil {
		return
	}
	if argument.IsUnknown() {
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(types.StringType))
		return
	}
	var (
		blocks   []ipblock.Block
		problems []string
		unknown  bool
	)
	for i, element := range argument.Elements() {
		text, ok := element.(types.String)
		switch {
		case !ok || text.IsNull():
			problems = append(problems, fmt.Sprintf("[%d] is null. Leave it out, or give it a value.", i))
			continue
		case text.IsUnknown():
			unknown = true
			continue
		}
		block, err := ipblock.Parse(text.ValueString())
		if err != nil {
			problems = append(problems, fmt.Sprintf("[%d]: %s", i, err))
			continue
		}
		blocks = append(blocks, block)
	}
	if len(problems) > 0 {
		resp.Error = function.NewArgumentFuncError(0, elementsError(problems, len(argument.Elements())))
		return
	}
	// An unknown element can change every block of the result.
	if unknown {
		resp.Error = resp.Result.Set(ctx, types.ListUnknown(types.StringType))
		return
	}
	aggregated := []string{}
	for _, block := range ipblock.Aggregate(blocks) {
		aggregated = append(aggregated, block.String())
	}
	resp.Error = resp.Result.Set(ctx, aggregated)
}

// elementsError describes the invalid elements of a list. It does not end in a full stop, because Terraform adds one.
func elementsError(problems []string, count int) string {
	text := "element " + problems[0]
	if len(problems) > 1 {
		text = fmt.Sprintf("%d of %d elements are invalid:\n  %s", len(problems), count, strings.Join(problems, "\n  "))
	}
	return strings.TrimRight(text, ".")
}
