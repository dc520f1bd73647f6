// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

//go:build !unix

package main

import "os"

// peakMemory returns 0, since the peak is unknown on this system.
func peakMemory(*os.ProcessState) int64 { return 0 }
