// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import "time"

// SetSnapshotLife lets tests use snapshots that expire quickly. It must be called before the first read.
func (c *Client) SetSnapshotLife(d time.Duration) {
	c.caches = newCaches(!c.config.DisableReadCache, d)
}
