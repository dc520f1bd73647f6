// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package mocktwilio is a local mock of Twilio's SIP APIs: IP access control lists, credential
// lists, SIP domains, Elastic SIP trunks, and the objects that belong to them.
//
// It listens on loopback, keeps everything in memory and serves two of Twilio's
// APIs: the 2010 API (/2010-04-01/Accounts/…, RFC 2822 dates, next_page_uri) and
// trunking (/v1/Trunks, ISO 8601 dates, meta.next_page_url). One base URL serves
// both; the paths do not overlap.
//
// It is as strict as Twilio: authentication, SIDs, form encoding, limits, paging
// by token, error bodies. Where Twilio's response is not documented, the mock gives
// the one that reveals a client's mistake, and a comment at the code says so:
//
//   - A parameter that the endpoint does not know is refused (400, 20001), as is
//     a body that is not a form (415, 20415).
//   - A page size outside 1 to 1000 is refused (400, 20007), not clamped.
//   - An endpoint that is not served, one of another product for example, is
//     answered with 501, 20501, so that no client takes an object for deleted.
//   - Another account's path is 404 when no such account exists and 401 when the
//     credentials may not act on it.
//   - A list that is mapped to a domain cannot be deleted (400, 21236; a
//     credential list: 21241). One that is associated with a trunk can, together
//     with the association, unless Options.TrunkBlocksListDelete is set.
//   - A list may hold the same block more than once, unless
//     Options.RefuseEqualAddresses is set (400, 21238).
//   - A credential list holds a user name once (400, 21243).
//   - Associating a list with a trunk again is refused (409, 20409).
//   - Passwords are checked and forgotten.
//
// Every collection is in the order in which its objects were created, oldest
// first.
//
// Beside the API there are controls for tests: a log of every request, latency,
// throttling, faults, and changes made out of band, as by a colleague in the
// Console. A [Server] is safe for use by several goroutines.
//
// What the API does with a request is in package api; this package is the server
// around it and the controls.
package mocktwilio
