// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipblock

import (
	"math"
	"slices"
)

// assign gives each of the rows 0 to rows-1 a column of its own from 0 to
// columns-1, so that the sum of the weights is the greatest possible. There must
// be at least as many columns as rows. It returns the column of each row.
//
// This is the Hungarian method in the form of Jonker and Volgenant: rows are
// added one by one, each along the cheapest path that moves earlier ones, in
// rows² · columns steps.
func assign(rows, columns int, weight func(row, column int) int64) []int {
	const none = -1
	// Column "columns" stands for the row that is being added.
	var (
		rowPrice    = make([]int64, rows)
		columnPrice = make([]int64, columns+1)
		rowOf       = slices.Repeat([]int{none}, columns+1)
		cameFrom    = make([]int, columns)   // the column before, on the cheapest path
		distance    = make([]int64, columns) // the cost of that path
		visited     = make([]bool, columns+1)
		cost        = make([]int64, rows*columns)
	)
	for row := range rows {
		for column := range columns {
			cost[row*columns+column] = -weight(row, column)
		}
	}
	for added := range rows {
		for column := range columns {
			distance[column] = math.MaxInt64
		}
		clear(visited)
		current := columns
		rowOf[current] = added
		for rowOf[current] != none {
			visited[current] = true
			row := rowOf[current]
			next, step := none, int64(math.MaxInt64)
			for column, c := range cost[row*columns : (row+1)*columns] {
				if visited[column] {
					continue
				}
				if reduced := c - rowPrice[row] - columnPrice[column]; reduced < distance[column] {
					distance[column], cameFrom[column] = reduced, current
				}
				if distance[column] < step {
					next, step = column, distance[column]
				}
			}
			for column := range columns + 1 {
				switch {
				case visited[column]:
					rowPrice[rowOf[column]] += step
					columnPrice[column] -= step
				case column < columns:
					distance[column] -= step
				}
			}
			current = next
		}
		for current != columns {
			before := cameFrom[current]
			rowOf[current] = rowOf[before]
			current = before
		}
	}
	columnOf := make([]int, rows)
	for column, row := range rowOf[:columns] {
		if row != none {
			columnOf[row] = column
		}
	}
	return columnOf
}
