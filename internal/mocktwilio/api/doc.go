// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package api implements what Twilio does with a request: the objects of the 2010 API for SIP and of the trunking API, their
// fields, rules, paths, pages, and errors. It does not handle throttling, faults, and logs.
//
// [Store.Prepare] followed by [Call.Work] handles a request. A kind of object is a [Kind] in kinds.go, and its paths are in
// endpoints.go. To add a kind, add it to both.
package api
