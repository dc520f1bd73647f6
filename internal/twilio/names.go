// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"errors"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/rest"
)

// Names from other packages that callers of this package need.
type (
	// Error is the failure of a request after all its attempts.
	Error = rest.Error
	// Reason classifies the failure of a request.
	Reason = rest.Reason
	// Logger receives messages about requests.
	Logger = rest.Logger
	// UncertainCreateError reports that a create may or may not have been carried out, and that a lookup did not show which.
	UncertainCreateError = create.UncertainError
	// SuperfluousError reports that an object was created, and that duplicates were created that could not be deleted.
	SuperfluousError = create.SuperfluousError
	// AlreadyExistsError reports that an attachment already exists.
	AlreadyExistsError = create.AlreadyExistsError
)

// DefaultRegion is the region of host names without a region.
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

// IsNotFound reports whether Twilio itself answered that the requested object does not exist.
func IsNotFound(err error) bool { return rest.IsNotFound(err) }

// IsForbidden reports whether the credentials do not permit a request.
func IsForbidden(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == Forbidden
}

// IsRejected reports whether Twilio refused a request because of its content.
func IsRejected(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.Reason == Rejected
}

// ValidateBaseURL checks the URL that overrides Twilio's hosts. It may only have a scheme, a host, and a port. Plain http is only
// allowed for loopback addresses, so that credentials never cross a network unencrypted.
func ValidateBaseURL(base string) error { return rest.ValidateBaseURL(base) }
