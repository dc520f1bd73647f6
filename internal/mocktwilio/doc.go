// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package mocktwilio is a local mock of Twilio for SIP: IP access control lists, credential lists, SIP domains, Elastic SIP
// trunks, and the objects that belong to them or are attached to them.
//
// It listens on a loopback address, keeps everything in memory, and serves two of Twilio's APIs: the 2010 API
// (/2010-04-01/Accounts/…, RFC 2822 dates, next_page_uri) and the trunking API (/v1/Trunks, ISO 8601 dates, meta.next_page_url).
// One base URL serves both, because their paths do not overlap.
//
// It is as strict as Twilio about authentication, SIDs, form encoding, limits, page tokens, and error bodies. If Twilio does not
// document a response, the mock chooses one that reveals a client's mistake, and a comment in the code says so:
//
//   - It rejects parameters that the endpoint does not know (400, 20001) and bodies that are not forms (415, 20415).
//   - It rejects page sizes outside 1 to 1000 (400, 20007) instead of adjusting them.
//   - It answers 501, 20501 for endpoints that it does not serve, such as those of other products, so that no client treats an
//     object as deleted.
//   - It answers 404 for the path of an account that does not exist, and 401 if the credentials may not act on the account.
//   - A list that is mapped to a domain cannot be deleted (400, 21236; a credential list: 21241). A list that is associated with
//     a trunk can be deleted, together with the association, unless Options.TrunkBlocksListDelete is set.
//   - Several entries of a list may have the same block, unless Options.RefuseEqualAddresses is set (400, 21238).
//   - A user name can be only once in a credential list (400, 21243).
//   - A list can be associated only once with a trunk (409, 20409).
//   - Passwords are checked but not stored.
//
// Collections are in the order in which their objects were created, the oldest first.
//
// In addition to the API, there are controls for tests: a log of all requests, latency, throttling, faults, and changes made out
// of band, as by a colleague in the Twilio Console. A [Server] is safe for use by several goroutines.
//
// Package api decides what a request does. This package has the server and the controls.
package mocktwilio
