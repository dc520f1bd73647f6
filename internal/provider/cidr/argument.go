// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package cidr

import (
	"fmt"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/function"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
)

// blocksParameter returns a parameter for a list of addresses and blocks. parseBlocks parses its argument.
func blocksParameter(description string) function.Parameter {
	return function.ListParameter{
		Name:                "cidr_blocks",
		ElementType:         types.StringType,
		MarkdownDescription: description,
		AllowUnknownValues:  true,
	}
}

// parseBlocks parses the argument at a position, which is a list of addresses and blocks. The error names every invalid element.
// If there is no error, known reports whether all elements are known.
func parseBlocks(position int64, argument types.List) (blocks []ipblock.Block, known bool, funcErr *function.FuncError) {
	known = !argument.IsUnknown()
	var problems []string
	for i, element := range argument.Elements() {
		text, ok := element.(types.String)
		switch {
		case !ok || text.IsNull():
			problems = append(problems, fmt.Sprintf("[%d] is null. Remove it or set it to a value.", i))
			continue
		case text.IsUnknown():
			known = false
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
		return nil, known, argumentError(position, elementsProblem(problems, len(argument.Elements())))
	}
	return blocks, known, nil
}

// elementsProblem describes the invalid elements of a list.
func elementsProblem(problems []string, count int) string {
	if len(problems) > 1 {
		return fmt.Sprintf("%d of %d elements are invalid:\n  %s", len(problems), count, strings.Join(problems, "\n  "))
	}
	return "element " + problems[0]
}

// argumentError returns an error about the argument at a position. It does not end with a period, because Terraform adds one.
func argumentError(position int64, problem string) *function.FuncError {
	return function.NewArgumentFuncError(position, strings.TrimRight(problem, "."))
}

// joinErrors returns an error with the texts of both errors, either of which may be nil. It points at the argument of the first
// one.
func joinErrors(first, second *function.FuncError) *function.FuncError {
	if first != nil && second != nil {
		first.Text += "."
	}
	return function.ConcatFuncErrors(first, second)
}

// blockTexts spells blocks so that they can be keys of ip_addresses. The result is never nil.
func blockTexts(blocks []ipblock.Block) []string {
	texts := make([]string, len(blocks))
	for i, block := range blocks {
		texts[i] = block.String()
	}
	return texts
}
