// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestOpenAPIDocumentsExist makes it visible that Twilio's documents are missing: other tests then check no exchange.
func TestOpenAPIDocumentsExist(t *testing.T) {
	t.Parallel()
	apis, err := openAPIRouters()
	switch {
	case err != nil:
		t.Fatal(err)
	case apis != nil:
	case os.Getenv("CI") == "true":
		t.Fatalf("no OpenAPI documents in %s: set TWILIO_OPENAPI_DIR", openAPIDir())
	default:
		t.Skipf("no OpenAPI documents in %s: exchanges with the mock are not checked; set TWILIO_OPENAPI_DIR", openAPIDir())
	}
}

// TestValidateExchange checks that a renamed field and a wrong type are noticed.
func TestValidateExchange(t *testing.T) {
	t.Parallel()
	apis, err := openAPIRouters()
	if err != nil {
		t.Fatal(err)
	}
	if apis == nil {
		t.Skip("no OpenAPI documents: see TestOpenAPIDocumentsExist")
	}
	const sid = "AL0123456789abcdef0123456789abcdef"
	path := "/2010-04-01/Accounts/" + mocktwilio.DefaultAccountSID + "/SIP/IpAccessControlLists/" + sid + ".json"
	const correct = `{"sid": "` + sid + `", "account_sid": "` + mocktwilio.DefaultAccountSID + `", "friendly_name": "Office", "uri": "/x", "subresource_uris": {},
		"date_created": "Fri, 17 Jul 2015 21:25:15 +0000", "date_updated": "Fri, 17 Jul 2015 21:25:15 +0000"}`
	for name, body := range map[string]string{
		"correct":    correct,
		"renamed":    strings.Replace(correct, "friendly_name", "friendlyName", 1),
		"wrong type": strings.Replace(correct, `"Office"`, "7", 1),
	} {
		answer := &recorder{ResponseWriter: httptest.NewRecorder(), status: http.StatusOK}
		answer.Header().Set("Content-Type", "application/json")
		answer.body.WriteString(body)
		request := httptest.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1"+path, nil)
		if problem := validateExchange(apis, request, answer, true); (problem == nil) != (name == "correct") {
			t.Errorf("%s: %v", name, problem)
		}
	}
}

// TestEndpointsNotInDocuments checks that reads of credential lists are the only requests that pass without a document.
func TestEndpointsNotInDocuments(t *testing.T) {
	t.Parallel()
	apis, err := openAPIRouters()
	if err != nil {
		t.Fatal(err)
	}
	if apis == nil {
		t.Skip("no OpenAPI documents: see TestOpenAPIDocumentsExist")
	}
	hex := strings.Repeat("0", 32)
	domain, trunk := "/2010-04-01/Accounts/AC"+hex+"/SIP/Domains/SD"+hex, "/v1/Trunks/TK"+hex
	for request, passes := range map[string]bool{
		"GET " + domain + "/Auth/Calls/CredentialListMappings.json":         true,
		"GET " + trunk + "/CredentialLists":                                 true,
		"POST " + domain + "/Auth/Calls/CredentialListMappings.json":        false,
		"GET " + domain + "/Auth/Registrations/CredentialListMappings.json": false,
		"GET " + domain + "/CredentialListMappings.json":                    false,
		"DELETE " + trunk + "/CredentialLists":                              false,
		"GET " + trunk + "/OriginationUrls":                                 false,
	} {
		method, path, _ := strings.Cut(request, " ")
		problem := validateExchange(apis, httptest.NewRequestWithContext(t.Context(), method, "http://127.0.0.1"+path, nil), &recorder{status: http.StatusOK}, true)
		if (problem == nil) != passes {
			t.Errorf("%s: %v", request, problem)
		}
	}
}
