// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/api"
)

// TestOpenAPIDocumentsExist shows in the test output if Twilio's documents are missing, because other tests then do not check
// requests and responses.
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

// TestEndpointsNotInDocuments checks which requests are accepted if Twilio's documents do not have them.
func TestEndpointsNotInDocuments(t *testing.T) {
	t.Parallel()
	hex := strings.Repeat("0", 32)
	domain, trunk := "/2010-04-01/Accounts/AC"+hex+"/SIP/Domains/SD"+hex, "/v1/Trunks/TK"+hex
	for path, passes := range map[string]bool{
		domain + "/Auth/Calls/CredentialListMappings.json":                 true,
		domain + "/Auth/Registrations/CredentialListMappings/CL1.json":     true,
		domain + "/CredentialListMappings.json":                            true,
		"/2010-04-01/Accounts/AC" + hex + "/SIP/CredentialLists.json":      true,
		trunk + "/CredentialLists":                                         true,
		trunk + "/Recording":                                               true,
		trunk + "/PhoneNumbers":                                            false,
		trunk + "/Recordings":                                              false,
		domain + "/Auth/Registrations/IpAccessControlListMappings.json":    false,
		"/2010-04-01/Accounts/AC" + hex + "/SIP/IpAccessControlLists.json": false,
		"/v1/Trunks/" + hex + "/CredentialLists":                           false,
	} {
		if notInDocuments.MatchString(path) != passes {
			t.Errorf("%s: want %t", path, passes)
		}
	}
}

// TestEveryEndpoint sends a request to each endpoint of the mock, with objects as they are created and with every field set.
// StartMock compares the exchanges with Twilio's documents.
func TestEveryEndpoint(t *testing.T) {
	t.Parallel()
	mock := StartMock(t)
	client := &wireClient{t: t, http: http.DefaultClient, user: mock.AccountSID(), password: mock.AuthToken()}
	send := func(method, path string, parameters ...string) string {
		t.Helper()
		sid, _ := client.send(method, mock.URL()+path, parameters...)["sid"].(string)
		return sid
	}
	// create creates an object, and updates it if update is not empty.
	create := func(collection, suffix string, parameters, update []string) (sid string) {
		t.Helper()
		sid = send(http.MethodPost, collection+suffix, parameters...)
		if update != nil {
			send(http.MethodPost, collection+"/"+sid+suffix, update...)
		}
		send(http.MethodGet, collection+suffix)
		send(http.MethodGet, collection+"/"+sid+suffix)
		return sid
	}
	root := "/2010-04-01/Accounts/" + mock.AccountSID() + "/SIP/"
	name := []string{"FriendlyName", "b"}
	list := create(root+"IpAccessControlLists", ".json", []string{"FriendlyName", "a"}, name)
	address := create(root+"IpAccessControlLists/"+list+"/IpAddresses", ".json", []string{"FriendlyName", "a", "IpAddress", "192.0.2.1"}, []string{"CidrPrefixLength", "24"})
	credentials := create(root+"CredentialLists", ".json", []string{"FriendlyName", "a"}, name)
	credential := create(root+"CredentialLists/"+credentials+"/Credentials", ".json", []string{"Username", "u", "Password", "IWasAtSignal2018"}, []string{"Password", "IWasAtSignal2019"})
	domain := create(root+"Domains", ".json", []string{"DomainName", "a.sip.twilio.com"}, []string{
		"FriendlyName", "b", "VoiceUrl", "https://example.com", "VoiceMethod", "GET", "VoiceFallbackUrl", "https://example.com", "VoiceFallbackMethod", "GET",
		"VoiceStatusCallbackUrl", "https://example.com", "VoiceStatusCallbackMethod", "GET", "SipRegistration", "true", "EmergencyCallingEnabled", "true",
		"Secure", "true", "ByocTrunkSid", "BY" + list[2:], "EmergencyCallerSid", "PN" + list[2:],
	})
	trunk := create("/v1/Trunks", "", []string{"DomainName", "a.pstn.twilio.com"}, []string{
		"FriendlyName", "b", "DisasterRecoveryUrl", "https://example.com", "DisasterRecoveryMethod", "GET", "TransferMode", "sip-only", "Secure", "true",
		"CnamLookupEnabled", "true", "TransferCallerId", "from-transferor",
	})
	of := "/v1/Trunks/" + trunk
	send(http.MethodPost, of+"/Recording", "Mode", "record-from-answer", "Trim", "trim-silence")
	send(http.MethodGet, of+"/Recording")
	origination := create(of+"/OriginationUrls", "", []string{"FriendlyName", "a", "SipUrl", "sip:example.com", "Priority", "1", "Weight", "1", "Enabled", "true"}, []string{"Enabled", "false"})

	var remove []string
	for _, path := range []string{"IpAccessControlListMappings", "CredentialListMappings", "Auth/Calls/IpAccessControlListMappings", "Auth/Calls/CredentialListMappings", "Auth/Registrations/CredentialListMappings"} {
		path = root + "Domains/" + domain + "/" + path
		parameters := []string{"CredentialListSid", credentials}
		if strings.Contains(path, "IpAccess") {
			parameters = []string{"IpAccessControlListSid", list}
		}
		sid := create(path, ".json", parameters, nil)
		if strings.Contains(path, "Registrations") {
			remove = append(remove, path+"/"+sid+".json")
		} else {
			send(http.MethodDelete, path+"/"+sid+".json") // Both paths have the same mappings.
		}
	}
	create(of+"/IpAccessControlLists", "", []string{"IpAccessControlListSid", list}, nil)
	create(of+"/CredentialLists", "", []string{"CredentialListSid", credentials}, nil)
	for _, path := range append(remove,
		of+"/IpAccessControlLists/"+list, of+"/CredentialLists/"+credentials, of+"/OriginationUrls/"+origination, of,
		root+"IpAccessControlLists/"+list+"/IpAddresses/"+address+".json", root+"IpAccessControlLists/"+list+".json",
		root+"CredentialLists/"+credentials+"/Credentials/"+credential+".json", root+"CredentialLists/"+credentials+".json", root+"Domains/"+domain+".json",
	) {
		send(http.MethodDelete, path)
	}

	made := make(map[string]bool)
	for _, r := range mock.Requests() {
		made[r.Method+" "+r.Endpoint] = true
	}
	if got := slices.Sorted(maps.Keys(made)); !slices.Equal(got, api.Endpoints()) {
		t.Errorf("requests to\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(api.Endpoints(), "\n"))
	}
}
