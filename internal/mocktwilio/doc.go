// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package mocktwilio is a local Twilio for SIP IP access control lists and the
// places where they take effect: lists, their addresses, SIP domains and their
// mappings, Elastic SIP trunks and their associations.
//
// It listens on loopback, keeps everything in memory and speaks both of
// Twilio's dialects: the 2010 API (/2010-04-01/Accounts/…, RFC 2822 dates,
// next_page_uri) and trunking (/v1/Trunks, ISO 8601 dates, meta.next_page_url).
// One origin serves both; the paths do not overlap.
//
// It is strict where Twilio is: authentication, SIDs, form encoding, limits,
// paging by token, error bodies. Where Twilio's answer is not documented the
// mock takes the side that catches a client's mistake, and says so beside the
// code:
//
//   - A parameter that the endpoint does not know is refused (400, 20001), as is
//     a body that is not a form (415, 20415).
//   - A page size outside 1 to 1000 is refused (400, 20007), not clamped.
//   - A path without .json is not found in the 2010 API; Twilio would answer XML.
//   - Another account's path is 404 when no such account exists and 401 when the
//     credentials may not act on it.
//   - A list that is mapped to a domain cannot be deleted (400, 21235). One that
//     is associated with a trunk can, and the association goes with it, unless
//     Options.TrunkBlocksListDelete is set.
//   - Associating a list with a trunk again is refused (409, 20409).
//
// Every collection is in the order in which its objects were created, oldest
// first.
//
// Beside the API there are controls for tests: a log of every request, latency,
// throttling, faults, and changes made behind the client's back. A Server is
// safe for use by several goroutines.
package mocktwilio
