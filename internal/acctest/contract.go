// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"bytes"
	"io"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"sync"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// openAPIDir returns the directory with Twilio's OpenAPI documents: TWILIO_OPENAPI_DIR, or else a directory beside the
// repository.
func openAPIDir() string {
	if dir := os.Getenv("TWILIO_OPENAPI_DIR"); dir != "" {
		return dir
	}
	return filepath.Join(Root(), "..", "shared", "openapi")
}

// openAPIRouters returns a router for each of Twilio's OpenAPI documents, which finds the operation of a request. It returns nil
// if there are no documents.
var openAPIRouters = sync.OnceValues(func() ([]routers.Router, error) {
	var all []routers.Router
	for _, name := range []string{"twilio_api_v2010_sip.json", "twilio_trunking_v1.json"} {
		document, err := openapi3.NewLoader().LoadFromFile(filepath.Join(openAPIDir(), name))
		if os.IsNotExist(err) {
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		// The mock answers for every host.
		document.Servers = nil
		for _, item := range document.Paths.Map() {
			item.Servers = nil
			for _, operation := range item.Operations() {
				for _, response := range operation.Responses.Map() {
					for _, content := range response.Value.Content {
						requireAllFields(content.Schema)
					}
				}
			}
		}
		router, err := gorillamux.NewRouter(document)
		if err != nil {
			return nil, err
		}
		all = append(all, router)
	}
	return all, nil
})

// requireAllFields makes every field of a schema required and forbids additional ones. Twilio's documents do neither, so a
// renamed field would not be noticed.
func requireAllFields(schema *openapi3.SchemaRef) {
	if schema == nil {
		return
	}
	if items := schema.Value.Items; items != nil {
		requireAllFields(items)
	}
	if len(schema.Value.Properties) == 0 || schema.Value.AdditionalProperties.Has != nil {
		return
	}
	closed := false
	schema.Value.AdditionalProperties.Has = &closed
	schema.Value.Required = slices.Sorted(maps.Keys(schema.Value.Properties))
	for _, property := range schema.Value.Properties {
		requireAllFields(property)
	}
}

// checkContract fails the test if a request, or the response to a successful request, differs from Twilio's documents.
func checkContract(t *testing.T, server *mocktwilio.Server) {
	t.Helper()
	apis, err := openAPIRouters()
	if err != nil {
		t.Fatal(err)
	}
	if apis == nil {
		t.Log("exchanges are not checked: no OpenAPI documents in " + openAPIDir())
		return
	}
	server.Wrap(func(inner http.Handler) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			body, err := io.ReadAll(r.Body)
			if err != nil {
				return
			}
			r.Body = io.NopCloser(bytes.NewReader(body))
			recorder := &recorder{ResponseWriter: w, status: http.StatusOK}
			inner.ServeHTTP(recorder, r)

			r.Body = io.NopCloser(bytes.NewReader(body))
			logged, _ := server.RequestByID(recorder.Header().Get("Twilio-Request-Id"))
			if problem := validateExchange(apis, r, recorder, logged.Fault == ""); problem != nil {
				t.Errorf("%s %s is not as Twilio documents it: %v", r.Method, r.URL.Path, problem)
			}
		})
	})
}

// notInDocuments matches paths that the documents beside the repository do not have. Twilio's complete documents have them.
var notInDocuments = regexp.MustCompile(`^(/2010-04-01/Accounts/AC\w{32}/SIP/(CredentialLists|Domains/SD\w{32}/(Auth/(Calls|Registrations)/)?CredentialListMappings)` +
	`|/v1/Trunks/TK\w{32}/(CredentialLists|OriginationUrls|Recording))\b`)

// validateExchange returns an error that describes how a request or its response differs from Twilio's documents.
func validateExchange(apis []routers.Router, r *http.Request, answer *recorder, checkResponse bool) error {
	var (
		route  *routers.Route
		params map[string]string
		err    error
	)
	for _, router := range apis {
		if route, params, err = router.FindRoute(r); err == nil {
			break
		}
	}
	if err != nil && notInDocuments.MatchString(r.URL.Path) {
		return nil
	}
	if err != nil {
		return err
	}
	request := &openapi3filter.RequestValidationInput{
		Request: r, PathParams: params, Route: route,
		Options: &openapi3filter.Options{AuthenticationFunc: openapi3filter.NoopAuthenticationFunc, MultiError: true},
	}
	if err := openapi3filter.ValidateRequest(r.Context(), request); err != nil {
		return err
	}
	if !checkResponse || answer.status >= 300 {
		return nil
	}
	return openapi3filter.ValidateResponse(r.Context(), (&openapi3filter.ResponseValidationInput{
		RequestValidationInput: request,
		Status:                 answer.status,
		Header:                 answer.Header(),
		Options:                &openapi3filter.Options{IncludeResponseStatus: true, MultiError: true},
	}).SetBodyBytes(answer.body.Bytes()))
}

// recorder records a response and passes it on.
type recorder struct {
	http.ResponseWriter
	status int
	body   bytes.Buffer
}

func (r *recorder) WriteHeader(status int) {
	r.status = status
	r.ResponseWriter.WriteHeader(status)
}

func (r *recorder) Write(p []byte) (int, error) {
	r.body.Write(p)
	return r.ResponseWriter.Write(p)
}

// Unwrap gives the mock access to the connection, which some of its faults close.
func (r *recorder) Unwrap() http.ResponseWriter { return r.ResponseWriter }
