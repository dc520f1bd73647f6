// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import "os"

// parentEnded returns a channel that is closed when the parent of this process has ended. If Windows does not let this process
// watch its parent, the channel stays open.
func parentEnded() <-chan struct{} {
	ended := make(chan struct{})
	parent, err := os.FindProcess(os.Getppid())
	if err != nil {
		return ended
	}
	go func() {
		if _, err := parent.Wait(); err == nil {
			close(ended)
		}
	}()
	return ended
}
