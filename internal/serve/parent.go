// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package serve

import (
	"os"
	"time"
)

// parentEnded returns a channel that is closed when the parent of this process has ended. The process then gets another
// parent. Nothing announces that on every system, so this looks once a second.
func parentEnded() <-chan struct{} {
	parent := os.Getppid()
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for os.Getppid() == parent {
			time.Sleep(time.Second)
		}
	}()
	return ended
}
