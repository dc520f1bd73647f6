// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"errors"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/rest"
)

// Names of the packages below that callers of this one need.
type (
	// Error is the failure of one request after all its attempts.
	Error = rest.Error
	// Reason classifies the failure of a request.
	Reason = rest.Reason
	// Logger receives messages about requests.
	Logger = rest.Logger
	// UncertainCreateError says that a create may or may not have been carried out, and that a lookup did not decide it.
	UncertainCreateError = create.UncertainError
	// SuperfluousError says that an object was created, and that further ones were created that could not be deleted.
	SuperfluousError = create.SuperfluousError
	// AlreadyExistsError says that the attachment that was to be created existed before.
	AlreadyExistsError = create.AlreadyExistsError
)

// DefaultRegion is the region that serves host names without a region.
const DefaultRegion = rest.DefaultRegion

// The reasons of an Error.
const (
	Unauthenticated = rest.Unauthenticated
	Forbidden       = rest.Forbidden
	NotFound        = rest.NotFound
	Throttled       = rest.Throttled
	Rejected        = rest.Rejected
	ServerError     = rest.ServerError
	Unreachable     = rest.Unreachable
	NotJSON         = rest.NotJSON
)

// IsNotFound reports whether Twilio itself said that the requested object does not exist.
func IsNotFound(err error) bool { return rest.IsNotFound(err) }

// IsForbidden reports whether the credentials do not permit a request.
func IsForbidden(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == Forbidden
}

// IsRejected reports whether Twilio refused a request as it stands.
func IsRejected(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == Rejected
}

// ValidateBaseURL checks the URL that overrides Twilio's hosts: scheme, host and optional port, nothing else.
// Plain http is allowed to loopback only, so that credentials never cross a network unencrypted.
func ValidateBaseURL(base string) error { return rest.ValidateBaseURL(base) }
