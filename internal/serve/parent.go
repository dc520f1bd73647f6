// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build !windows

package serve

import (
	"os"
	"time"
)

// parentEnded returns a channel that is closed when the parent of this process has ended. It checks once a second whether the
// process has a new parent, because not all systems have a notification for that.
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
