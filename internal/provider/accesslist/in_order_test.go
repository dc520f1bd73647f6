// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package accesslist

import (
	"context"
	"iter"
	"math/rand/v2"
	"testing"
	"testing/synctest"
	"time"
)

func TestInOrder(t *testing.T) {
	t.Parallel()
	for seed := range uint64(200) {
		random := rand.New(rand.NewPCG(seed, 0))
		count, ahead, stopAt := random.IntN(40), 1+random.IntN(12), 1+random.IntN(60)
		// synctest fails the test if a goroutine is left.
		synctest.Test(t, func(t *testing.T) {
			started, outstanding, mostOutstanding, received := 0, 0, 0, 0
			tasks := func(yield func(func(context.Context) int) bool) {
				for i := range count {
					started++
					outstanding++
					mostOutstanding = max(mostOutstanding, outstanding)
					duration := time.Duration(random.IntN(100)) * time.Millisecond
					if !yield(func(context.Context) int { time.Sleep(duration); return i }) {
						return
					}
				}
			}
			for result := range inOrder(t.Context(), tasks, func() int { return ahead }) {
				if result != received {
					t.Fatalf("seed %d: result %d came as number %d", seed, result, received)
				}
				received++
				outstanding--
				if received == stopAt {
					break
				}
			}
			if want := min(count, stopAt); received != want {
				t.Errorf("seed %d: %d results of %d", seed, received, want)
			}
			if want := min(count, ahead); mostOutstanding != want {
				t.Errorf("seed %d: up to %d tasks ran at once, not %d", seed, mostOutstanding, want)
			}
			if most := stopAt + ahead - 1; started > most {
				t.Errorf("seed %d: %d tasks were started, not at most %d", seed, started, most)
			}
		})
	}
}

// TestInOrderEndsRunningTasks checks that the running tasks, which would never end, are canceled if the caller stops early.
func TestInOrderEndsRunningTasks(t *testing.T) {
	t.Parallel()
	synctest.Test(t, func(t *testing.T) {
		var tasks iter.Seq[func(context.Context) error] = func(yield func(func(context.Context) error) bool) {
			for more := yield(func(context.Context) error { return nil }); more; {
				more = yield(func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() })
			}
		}
		for err := range inOrder(t.Context(), tasks, func() int { return 4 }) {
			if err != nil {
				t.Error(err)
			}
			break
		}
	})
}
