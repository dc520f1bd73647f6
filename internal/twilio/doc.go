// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package twilio is the client for the parts of Twilio's API that this provider manages: SIP IP access control lists,
// their addresses, and the SIP domains and trunks where a list takes effect.
//
// It puts small types of its own around twilio-go's generated services, and below those services one transport that
// every request passes: authentication, context, throttling, repeats, logging. Three mechanisms stand behind the plain
// calls, so that callers need not know them:
//
//   - A request that Twilio throttled, or whose answer did not arrive, is repeated (see transport).
//   - A create whose answer was lost is looked up before it is repeated (see creation).
//   - Reads of single objects share one fetch of their collection (see collection).
//
// The package knows nothing of Terraform.
package twilio
