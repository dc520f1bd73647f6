// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"
)

// Summary counts requests by endpoint. The zero value is ready to use. It is not safe for concurrent use.
type Summary struct {
	rows map[summaryKey]*summaryRow
}

type summaryKey struct{ endpoint, method string }

type summaryRow struct{ requests, throttled, rejected, failed int }

// Add counts a finished request.
func (s *Summary) Add(r Request) {
	if s.rows == nil {
		s.rows = make(map[summaryKey]*summaryRow)
	}
	key := summaryKey{endpoint: r.Endpoint, method: r.Method}
	if key.endpoint == "" {
		key.endpoint = "(not served)"
	}
	// All paths of the 2010 API have this prefix.
	key.endpoint = strings.TrimPrefix(key.endpoint, "/2010-04-01/Accounts/{AccountSid}")
	row := s.rows[key]
	if row == nil {
		row = new(summaryRow)
		s.rows[key] = row
	}
	row.requests++
	switch {
	case r.Throttled():
		row.throttled++
	case r.Status == 0 || r.Status >= 500, r.Fault != "" && r.Fault != FaultDelay:
		row.failed++
	case r.Status >= 400:
		row.rejected++
	}
}

// String returns a table with a line for each endpoint and method and a total: the number of requests, and how many of them were
// throttled (429), rejected (other 4xx), or failed (no response, a wrong one, or 5xx).
func (s *Summary) String() string {
	keys := slices.SortedFunc(maps.Keys(s.rows), func(a, b summaryKey) int {
		return cmp.Or(cmp.Compare(a.endpoint, b.endpoint), cmp.Compare(a.method, b.method))
	})
	table := [][]string{{"METHOD", "ENDPOINT", "REQUESTS", "THROTTLED", "REJECTED", "FAILED"}}
	var total summaryRow
	for _, key := range keys {
		row := s.rows[key]
		table = append(table, row.cells(key.method, key.endpoint))
		total.requests += row.requests
		total.throttled += row.throttled
		total.rejected += row.rejected
		total.failed += row.failed
	}
	table = append(table, total.cells("", "total"))
	return formatTable(table)
}

func (r *summaryRow) cells(method, endpoint string) []string {
	return []string{
		method, endpoint,
		fmt.Sprint(r.requests), fmt.Sprint(r.throttled), fmt.Sprint(r.rejected), fmt.Sprint(r.failed),
	}
}

// formatTable aligns words to the left, and numbers, from the third column on, to the right.
func formatTable(table [][]string) string {
	widths := make([]int, len(table[0]))
	for _, row := range table {
		for i, cell := range row {
			widths[i] = max(widths[i], utf8.RuneCountInString(cell))
		}
	}
	var text strings.Builder
	for _, row := range table {
		for i, cell := range row {
			padding := strings.Repeat(" ", widths[i]-utf8.RuneCountInString(cell))
			if i < 2 {
				text.WriteString(cell + padding)
			} else {
				text.WriteString(padding + cell)
			}
			if i < len(row)-1 {
				text.WriteString("  ")
			}
		}
		text.WriteString("\n")
	}
	return text.String()
}
