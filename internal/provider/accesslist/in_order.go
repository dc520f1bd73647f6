// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"iter"
	"sync"
)

// inOrder runs tasks concurrently and yields their results in the order of the tasks. It takes a task from the sequence only
// while fewer than ahead() results are outstanding, and returns when no result is outstanding. If the caller stops early, it cancels
// the context of the running tasks and waits for them.
func inOrder[R any](ctx context.Context, tasks iter.Seq[func(context.Context) R], ahead func() int) iter.Seq[R] {
	return func(yield func(R) bool) {
		var running sync.WaitGroup
		defer running.Wait()
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		next, stop := iter.Pull(tasks)
		defer stop()

		var results []chan R
		for more := true; ; {
			for more && len(results) < ahead() {
				var task func(context.Context) R
				if task, more = next(); more {
					// The buffer lets the task end even if no one receives its result.
					result := make(chan R, 1)
					running.Go(func() { result <- task(ctx) })
					results = append(results, result)
				}
			}
			if len(results) == 0 || !yield(<-results[0]) {
				return
			}
			results = results[1:]
		}
	}
}
