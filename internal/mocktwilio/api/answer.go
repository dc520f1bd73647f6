// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/http"
	"strconv"
)

// Twilio's error codes. Codes that Twilio does not document are chosen by the mock. Clients must use the HTTP status.
const (
	codeInvalidParameter  = 20001
	codeInvalidName       = 20002
	codeAuthenticate      = 20003 // documented
	codeMethodNotAllowed  = 20004 // documented
	codePageSize          = 20007 // documented
	codeNotFound          = 20404 // documented
	codeAlreadyAssociated = 20409
	codeMediaType         = 20415
	codeNotServed         = 20501
	codeAlreadyMapped     = 21231 // documented
	codeDomainExists      = 21232 // observed in responses of Twilio
	codeEqualAddress      = 21238 // documented as Address Validation Error
	codeEqualUsername     = 21243 // documented as Credential Validation Error
	codeTrunkDomainExists = 21248 // documented
)

// Answer is the response to a request. If Body is nil, the response has no body.
type Answer struct {
	Status int
	Body   any         // encoded as JSON
	Header http.Header // in addition to the headers of every response; may be nil
}

// Error is the body of every error response.
type Error struct {
	Code     int    `json:"code"`
	Message  string `json:"message"`
	MoreInfo string `json:"more_info"`
	Status   int    `json:"status"`
}

// Refuse returns a response with an Error.
func Refuse(status, code int, format string, arguments ...any) *Answer {
	return &Answer{Status: status, Body: Error{
		Code:     code,
		Message:  fmt.Sprintf(format, arguments...),
		MoreInfo: "https://www.twilio.com/docs/errors/" + strconv.Itoa(code),
		Status:   status,
	}}
}

func refuse(code int, format string, arguments ...any) *Answer {
	return Refuse(http.StatusBadRequest, code, format, arguments...)
}

func notFound(path string) *Answer {
	return Refuse(http.StatusNotFound, codeNotFound, "The requested resource %s was not found", path)
}

func unauthenticated() *Answer {
	a := Refuse(http.StatusUnauthorized, codeAuthenticate, "Authenticate")
	a.Header = http.Header{"Www-Authenticate": {`Basic realm="Twilio API"`}}
	return a
}
