// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import "time"

// now is the time for objects. Twilio keeps whole seconds.
func (s *Server) now() time.Time { return s.options.Now().UTC().Truncate(time.Second) }

// rfc2822 is the date of the 2010 API: Fri, 17 Jul 2015 21:25:15 +0000.
func rfc2822(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

// iso8601 is the date of trunking: 2015-07-17T21:25:15Z.
func iso8601(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
