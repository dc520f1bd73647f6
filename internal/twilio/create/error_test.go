// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package create

import (
	"errors"
	"testing"
)

func TestErrorTexts(t *testing.T) {
	cause := errors.New("POST /x.json: server error (500)")
	for _, test := range []struct {
		err  error
		want string
	}{
		{&UncertainError{Err: cause}, "it is unknown whether the object was created: POST /x.json: server error (500)"},
		{&UncertainError{Err: cause, LookupErr: errors.New("EOF")}, "it is unknown whether the object was created: POST /x.json: server error (500); looking it up failed: EOF"},
		{&UncertainError{Candidates: []string{"AL1", "AL2"}, Err: cause}, "it is unknown whether the object was created, perhaps as AL1 or AL2: POST /x.json: server error (500)"},
		{&AlreadyExistsError{Err: cause}, "already exists: POST /x.json: server error (500)"},
	} {
		if got := test.err.Error(); got != test.want {
			t.Errorf("got  %s\nwant %s", got, test.want)
		}
		if !errors.Is(test.err, cause) {
			t.Errorf("%T hides its cause", test.err)
		}
	}
}
