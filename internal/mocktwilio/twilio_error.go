// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"net/http"
	"strconv"
)

// Twilio's error codes. Those that Twilio does not document are the mock's choice.
// Clients must classify by HTTP status.
const (
	codeInvalidParameter  = 20001
	codeInvalidName       = 20002
	codeAuthenticate      = 20003 // documented
	codeMethodNotAllowed  = 20004 // documented
	codePageSize          = 20007 // documented
	codeNotFound          = 20404 // documented
	codeAlreadyAssociated = 20409
	codeMediaType         = 20415
	codeTooManyRequests   = 20429 // documented
	codeAlreadyMapped     = 21231 // documented
	codeDomainExists      = 21232 // seen in answers of Twilio
	codeListInUse         = 21235
	codeLimit             = 21236
	codeEqualAddress      = 21237
)

// errorWire is the body of every answer that is not a success.
type errorWire struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// answer is the answer to a request. A nil body is no body.
type answer struct {
	status int
	body   any
	header http.Header // beside those that every answer has; may be nil
}

func refuse(status, code int, format string, arguments ...any) *answer {
	return &answer{status: status, body: errorWire{
		Code:     code,
		Message:  fmt.Sprintf(format, arguments...),
		MoreInfo: "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
		Status:   status,
	}}
}

func notFound(path string) *answer {
	return refuse(http.StatusNotFound, codeNotFound, "The requested resource %s was not found", path)
}

func unauthenticated() *answer {
	a := refuse(http.StatusUnauthorized, codeAuthenticate, "Authenticate")
	a.header = http.Header{"Www-Authenticate": {`Basic realm="Twilio API"`}}
	return a
}

func invalidParameter(format string, arguments ...any) *answer {
	return refuse(http.StatusBadRequest, codeInvalidParameter, format, arguments...)
}
