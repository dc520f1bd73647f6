// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package api is what Twilio does with a request: the objects of the 2010 API for SIP and
// of the trunking API, their fields and rules, paths, pages and errors. It knows
// nothing of throttling, faults and logs.
//
// [Store.Prepare] and then [Call.Work] handle a request. A kind of object is a [Kind] in
// kinds.go, and its paths are in endpoints.go: to add a kind, add it to both.
package api
