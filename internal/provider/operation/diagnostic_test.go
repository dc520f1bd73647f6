// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package operation

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"net"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

const (
	someAccount    = "AC0123456789abcdef0123456789abcdef"
	someSubaccount = "AC00000000000000000000000000000001"
	someList       = "AL0123456789abcdef0123456789abcdef"
	otherList      = "AL00000000000000000000000000000001"
	someRequest    = "RQ0123456789abcdef0123456789abcdef"
)

// TestDiagnostics compares the full text of diagnostics.
func TestDiagnostics(t *testing.T) {
	t.Parallel()
	client, err := twilio.New(twilio.Config{AccountSID: someAccount, APIKey: "SK0123456789abcdef0123456789abcdef", APISecret: "very secret"})
	if err != nil {
		t.Fatal(err)
	}
	withToken, err := twilio.New(twilio.Config{AccountSID: someAccount, AuthToken: "very secret"})
	if err != nil {
		t.Fatal(err)
	}
	const url = "/2010-04-01/Accounts/" + someAccount + "/SIP/IpAccessControlLists/" + someList + ".json"
	twilioError := func(reason twilio.Reason, status, code int, message string) *twilio.Error {
		return &twilio.Error{
			Reason: reason, Method: "POST", Path: url, Host: "api.twilio.com", Status: status, Code: code, Message: message,
			MoreInfo: fmt.Sprintf("https://www.twilio.com/docs/errors/%d", code), RequestID: someRequest, Attempts: 1, Elapsed: time.Second,
		}
	}
	responseDetails := func(code int, message string, status int) string {
		return fmt.Sprintf("Twilio error %d: %s (HTTP status %d)\nMore information: https://www.twilio.com/docs/errors/%d\nRequest ID: %s\nRequest: POST %s at api.twilio.com",
			code, message, status, code, someRequest, url)
	}
	const noun = "IP access control list"
	timeout := Timeout{Setting: "update", Duration: 5 * time.Second}
	updating := Operation{
		Verb: "update", Object: noun + " " + someList,
		Location: "account " + someAccount, AccountSID: someAccount, Timeout: timeout, MissingAdvice: "Look again.",
	}
	const prefix = "Updating IP access control list " + someList + " in account " + someAccount + " failed: "
	creating := Operation{
		Verb: "create", Object: noun + " \"Office\"", Location: "account " + someAccount, AccountSID: someAccount,
		Timeout: timeout, ImportID: func(sid string) string { return someAccount + "/" + cmp.Or(sid, "AL…") },
	}
	explained := updating
	explained.Affected, explained.Outcome = "These entries are affected: 1.", "The list is unchanged."
	const createPrefix = "Creating IP access control list \"Office\" in account " + someAccount + " failed: "
	subaccount := updating
	subaccount.AccountSID, subaccount.Location = someSubaccount, "account "+someSubaccount
	throttled := twilioError(twilio.Throttled, 429, 20429, "Too Many Requests")
	throttled.Attempts, throttled.Throttled, throttled.Elapsed, throttled.Err = 7, 7, 5*time.Second, context.DeadlineExceeded
	failing := twilioError(twilio.ServerError, 503, 20503, "Service Unavailable")
	failing.Attempts, failing.Elapsed = 4, 9200*time.Millisecond

	summaries := map[string]string{
		"create": "Cannot create IP access control list \"Office\"",
		"update": "Cannot update IP access control list " + someList,
	}

	canceled, cancel := context.WithCancel(t.Context())
	cancel()
	expired, cancelExpired := context.WithDeadline(t.Context(), time.Now().Add(-time.Second))
	defer cancelExpired()

	for name, test := range map[string]struct {
		ctx    context.Context
		client *twilio.Client
		op     Operation
		err    error
		detail string
	}{
		"not authenticated": {
			op: updating, err: twilioError(twilio.Unauthenticated, 401, 20003, "Authenticate"),
			detail: prefix + "Twilio did not accept the credentials.\n\n" + responseDetails(20003, "Authenticate", 401) + "\n\n" +
				"The provider uses the API key SK0123456789abcdef0123456789abcdef. Check that the auth token or API secret is current and belongs to that SID, " +
				"and that the account is active. The request went to api.twilio.com in region us1; the credentials must belong to that region. " +
				"The key must belong to account " + someAccount + ". If it is a restricted key, it needs the permission \"lists: update\" (see https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege).",
		},
		"not authenticated for another account": {
			op: subaccount, err: twilioError(twilio.Unauthenticated, 401, 20003, "Authenticate"),
			detail: "Updating IP access control list " + someList + " in account " + someSubaccount + " failed: Twilio did not accept the credentials.\n\n" +
				responseDetails(20003, "Authenticate", 401) + "\n\n" +
				"The provider uses the API key SK0123456789abcdef0123456789abcdef. Check that the auth token or API secret is current and belongs to that SID, " +
				"and that the account is active. The request went to api.twilio.com in region us1; the credentials must belong to that region. " +
				"The request was for account " + someSubaccount +
				", which must be a subaccount of the provider's account " + someAccount + ". Twilio may reject API keys of the parent account there. " +
				"Use the parent account's auth token, or a provider block with the subaccount's own SID and credentials.",
		},
		"not authenticated for another account, with an auth token": {
			client: withToken, op: subaccount, err: twilioError(twilio.Unauthenticated, 401, 20003, "Authenticate"),
			detail: "Updating IP access control list " + someList + " in account " + someSubaccount + " failed: Twilio did not accept the credentials.\n\n" +
				responseDetails(20003, "Authenticate", 401) + "\n\n" +
				"The provider uses the auth token of account " + someAccount + ". Check that the auth token or API secret is current and belongs to that SID, " +
				"and that the account is active. The request went to api.twilio.com in region us1; the credentials must belong to that region. " +
				"The request was for account " + someSubaccount + ", which must be a subaccount of the provider's account " + someAccount + ".",
		},
		"forbidden": {
			op: updating, err: twilioError(twilio.Forbidden, 403, 20403, "Forbidden"),
			detail: prefix + "the credentials do not have permission for this request.\n\n" + responseDetails(20403, "Forbidden", 403) + "\n\n" +
				"The provider uses the API key SK0123456789abcdef0123456789abcdef. If it is a restricted key, it needs the permission \"lists: update\" (see https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege). " +
				"Otherwise, check that the key has not been deleted and that account " + someAccount + " is active and allowed to use SIP.",
		},
		"what is affected and what is left": {
			op: explained, err: twilioError(twilio.NotFound, 404, 20404, "Not Found"),
			detail: prefix + "Twilio did not find it.\n\nThese entries are affected: 1.\n\n" + responseDetails(20404, "Not Found", 404) + "\n\nLook again.\n\nThe list is unchanged.",
		},
		"message without a code": {
			op:     updating,
			err:    &twilio.Error{Reason: twilio.Rejected, Method: "POST", Path: url, Host: "api.twilio.com", Status: 400, Message: "Bad Request", Attempts: 1},
			detail: prefix + "Twilio rejected the request.\n\nTwilio error: Bad Request (HTTP status 400)\nRequest: POST " + url + " at api.twilio.com",
		},
		"forbidden for another request": {
			op:  updating,
			err: &twilio.Error{Reason: twilio.Forbidden, Method: "PUT", Path: url, Host: "api.twilio.com", Status: 403, Attempts: 1},
			detail: prefix + "the credentials do not have permission for this request.\n\nHTTP status: 403\nRequest: PUT " + url + " at api.twilio.com\n\n" +
				"The provider uses the API key SK0123456789abcdef0123456789abcdef. If it is a restricted key, it needs the permission for this request (see https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege). " +
				"Otherwise, check that the key has not been deleted and that account " + someAccount + " is active and allowed to use SIP.",
		},
		"forbidden for another account": {
			op: subaccount, err: twilioError(twilio.Forbidden, 401, 70051, "Not authorized"),
			detail: "Updating IP access control list " + someList + " in account " + someSubaccount + " failed: the credentials do not have permission for this request.\n\n" +
				responseDetails(70051, "Not authorized", 401) + "\n\n" +
				"The provider uses the API key SK0123456789abcdef0123456789abcdef. The request was for account " + someSubaccount +
				", which must be a subaccount of the provider's account " + someAccount + ". Twilio may reject API keys of the parent account there. " +
				"Use the parent account's auth token, or a provider block with the subaccount's own SID and credentials. " +
				"If it is a restricted key, it needs the permission \"lists: update\" (see https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege). " +
				"Otherwise, check that the key has not been deleted and that account " + someSubaccount + " is active and allowed to use SIP.",
		},
		"forbidden by a gateway": {
			client: withToken, op: updating,
			err: &twilio.Error{Reason: twilio.Forbidden, Method: "POST", Path: url, Host: "api.twilio.com", Status: 403, BodyLine: "<html>", Attempts: 1},
			detail: prefix + "the credentials do not have permission for this request.\n\nHTTP status: 403\nResponse begins with: \"<html>\"\nRequest: POST " + url + " at api.twilio.com\n\n" +
				"The provider uses the auth token of account " + someAccount + ". The response is not in Twilio's format, so it may come from a proxy or firewall. " +
				"Check that account " + someAccount + " is active and allowed to use SIP.",
		},
		"forbidden with an auth token": {
			client: withToken, op: subaccount, err: twilioError(twilio.Forbidden, 403, 20403, "Forbidden"),
			detail: "Updating IP access control list " + someList + " in account " + someSubaccount + " failed: the credentials do not have permission for this request.\n\n" +
				responseDetails(20403, "Forbidden", 403) + "\n\n" +
				"The provider uses the auth token of account " + someAccount + ". Check that account " + someSubaccount + " is active and allowed to use SIP.",
		},
		"not found": {
			op: updating, err: twilioError(twilio.NotFound, 404, 20404, "Not there"),
			detail: prefix + "Twilio did not find it.\n\n" + responseDetails(20404, "Not there", 404) + "\n\nLook again.",
		},
		"throttled until the timeout": {
			ctx: expired, op: updating, err: throttled,
			detail: prefix + "Twilio throttled the request until the timeout of 5s (update in the timeouts block): 7 of 7 attempts in 5s.\n\n" +
				responseDetails(20429, "Too Many Requests", 429) + "\n\n" +
				"Run Terraform again when fewer other programs use the account, or raise update in the timeouts block. " +
				"A lower max_concurrent_requests in the provider block leaves more of the account's limit to other programs.\n\n" +
				"Error: context deadline exceeded",
		},
		"rejected": {
			op: updating, err: twilioError(twilio.Rejected, 400, 21999, "No such luck"),
			detail: prefix + "Twilio rejected the request.\n\n" + responseDetails(21999, "No such luck", 400),
		},
		"server error": {
			op: updating, err: failing,
			detail: prefix + "the server returned an error (4 attempts in 9.2s).\n\n" + responseDetails(20503, "Service Unavailable", 503) + "\n\n" +
				"Run Terraform again later. Twilio reports outages at https://status.twilio.com. A proxy or firewall may also be the cause.",
		},
		"unreachable": {
			op:  updating,
			err: &twilio.Error{Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 1, Err: errors.New("connection refused")},
			detail: prefix + "Twilio did not respond.\n\nRequest: POST " + url + " at api.twilio.com\n\n" +
				"Run Terraform again later. Twilio reports outages at https://status.twilio.com. A proxy or firewall may also be the cause.\n\n" +
				"Error: connection refused",
		},
		"not JSON": {
			op:  updating,
			err: &twilio.Error{Reason: twilio.NotJSON, Method: "POST", Path: url, Host: "proxy.example.com:8080", Status: 502, BodyLine: "<html>", Attempts: 1},
			detail: prefix + "the response is not a valid Twilio response.\n\nHTTP status: 502\nResponse begins with: \"<html>\"\nRequest: POST " + url + " at proxy.example.com:8080\n\n" +
				"A proxy, a captive portal, or the server in base_url may have answered instead of Twilio. Check your network and base_url.",
		},
		"interrupted": {
			ctx: canceled, op: updating,
			err:    &twilio.Error{Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 1, Err: context.Canceled},
			detail: prefix + "the operation was interrupted.\n\nRequest: POST " + url + " at api.twilio.com\n\nRun Terraform again to continue.\n\nError: context canceled",
		},
		"interrupted while connections were refused": {
			ctx: canceled, op: updating,
			err: &twilio.Error{
				Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 3, LastFault: "connection refused",
				Err: fmt.Errorf("%w: dial tcp: connection refused", context.Canceled),
			},
			detail: prefix + "the operation was interrupted; the last attempt failed: connection refused.\n\nRequest: POST " + url + " at api.twilio.com\n\n" +
				"Run Terraform again to continue.\n\nError: context canceled: dial tcp: connection refused",
		},
		"timed out while the server failed": {
			ctx: expired, op: updating,
			err: &twilio.Error{
				Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 3, LastFault: "server error (503)",
				Err: context.DeadlineExceeded,
			},
			detail: prefix + "the operation did not finish within the timeout of 5s (update in the timeouts block); the last attempt failed: server error (503).\n\n" +
				"Request: POST " + url + " at api.twilio.com\n\n" +
				"Run Terraform again to continue, or raise update in the timeouts block.\n\nError: context deadline exceeded",
		},
		"timed out": {
			ctx: expired, op: updating,
			err: &twilio.Error{Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 1, Err: context.DeadlineExceeded},
			detail: prefix + "the operation did not finish within the timeout of 5s (update in the timeouts block).\n\nRequest: POST " + url + " at api.twilio.com\n\n" +
				"Run Terraform again to continue, or raise update in the timeouts block.\n\nError: context deadline exceeded",
		},
		"uncertain create": {
			op: creating, err: &twilio.UncertainCreateError{Candidates: []string{otherList, someList}, Err: errors.New("EOF")},
			detail: createPrefix + "the response was lost, so it is unknown whether the object was created.\n\n" +
				"Several matching objects were found. Check in the Twilio Console whether one of them is the right one. If not, apply again. If one is, import it (replace ADDRESS with the resource's address):\n" +
				"  terraform import ADDRESS " + someAccount + "/" + otherList + "\n  terraform import ADDRESS " + someAccount + "/" + someList + "\n\n" +
				"Error: it is unknown whether the object was created, perhaps as " + otherList + " or " + someList + ": EOF",
		},
		"uncertain create with one candidate": {
			op: creating, err: &twilio.UncertainCreateError{Candidates: []string{someList}, Err: twilioError(twilio.ServerError, 500, 20500, "Internal")},
			detail: createPrefix + "the response was lost, so it is unknown whether the object was created.\n\n" + responseDetails(20500, "Internal", 500) + "\n\n" +
				"A matching object was found. Check in the Twilio Console whether it is the right one. If not, apply again. If it is, import it (replace ADDRESS with the resource's address):\n" +
				"  terraform import ADDRESS " + someAccount + "/" + someList,
		},
		"uncertain create whose lookup is forbidden": {
			op: creating,
			err: &twilio.UncertainCreateError{
				Err:       &twilio.Error{Reason: twilio.Unreachable, Method: "POST", Path: url, Host: "api.twilio.com", Attempts: 1, Err: errors.New("EOF")},
				LookupErr: &twilio.Error{Reason: twilio.Forbidden, Method: "GET", Path: "/2010-04-01/Accounts/" + someAccount + "/SIP/IpAccessControlLists.json", Status: 401, Code: 70051, Attempts: 1},
			},
			detail: createPrefix + "the response was lost, so it is unknown whether the object was created.\n\nRequest: POST " + url + " at api.twilio.com\n\n" +
				"Looking it up failed too: the credentials do not have permission for this request. " +
				"If it is a restricted key, it needs the permission \"lists: list\" (see https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs/guides/least-privilege).\n\n" +
				"Before the next apply, check in the Twilio Console whether it exists. If it does, import it (replace ADDRESS with the resource's address):\n" +
				"  terraform import ADDRESS " + someAccount + "/AL…\n\nError: EOF",
		},
		"uncertain create without a look": {
			ctx: canceled, op: creating, err: &twilio.UncertainCreateError{Err: errors.New("EOF")},
			detail: createPrefix + "the operation was interrupted.\n\n" +
				"Before the next apply, check in the Twilio Console whether it exists. If it does, import it (replace ADDRESS with the resource's address):\n" +
				"  terraform import ADDRESS " + someAccount + "/AL…\n\nError: it is unknown whether the object was created: EOF",
		},
		"already there": {
			op: creating, err: &twilio.AlreadyExistsError{Err: twilioError(twilio.Rejected, 400, 21231, "already associated")},
			detail: createPrefix + "it already exists.\n\n" + responseDetails(21231, "already associated", 400) + "\n\n" +
				"To manage the existing object with this resource, import it (replace ADDRESS with the resource's address):\n  terraform import ADDRESS " + someAccount + "/AL…",
		},
		"unexpected": {
			op: updating, err: errors.New("of another kind"),
			detail: prefix + "an unexpected error occurred.\n\nError: of another kind",
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			ctx := test.ctx
			if ctx == nil {
				ctx = t.Context()
			}
			got := test.op.Diagnostic(ctx, cmp.Or(test.client, client), test.err)
			if want := summaries[test.op.Verb]; got.Summary() != want || got.Severity() != diag.SeverityError {
				t.Errorf("summary %q, not %q", got.Summary(), want)
			}
			if got.Detail() != test.detail {
				t.Errorf("detail:\n%s\n\nnot:\n%s", got.Detail(), test.detail)
			}
		})
	}

	t.Run("at the argument", func(t *testing.T) {
		t.Parallel()
		at := updating
		at.Missing = path.Root("sid")
		got, ok := at.Diagnostic(t.Context(), client, twilioError(twilio.NotFound, 404, 20404, "Not there")).(diag.DiagnosticWithPath)
		if !ok || !got.Path().Equal(path.Root("sid")) {
			t.Errorf("%v", got)
		}
		if _, ok := at.Diagnostic(t.Context(), client, twilioError(twilio.Rejected, 400, 1, "")).(diag.DiagnosticWithPath); ok {
			t.Error("a rejection is not about that argument")
		}
	})
}

// A typo in the region or edge results in a host name that does not exist.
func TestDiagnosticOfUnknownHost(t *testing.T) {
	t.Parallel()
	for edge, advised := range map[string]bool{"": false, "dublin": true} {
		client, err := twilio.New(twilio.Config{AccountSID: someAccount, AuthToken: "very secret", Edge: edge})
		if err != nil {
			t.Fatal(err)
		}
		for _, missing := range []bool{false, true} {
			failed := &twilio.Error{Reason: twilio.Unreachable, Attempts: 1, Err: fmt.Errorf("dial: %w", &net.DNSError{Err: "lookup failed", IsNotFound: missing})}
			detail := (Operation{Verb: "read", Object: "it"}).Diagnostic(t.Context(), client, failed).Detail()
			if got := strings.Contains(detail, "The host name does not exist. Check region and edge"); got != (advised && missing) {
				t.Errorf("edge %q, host missing: %t:\n%s", edge, missing, detail)
			}
		}
	}
}

// Credentials belong to one region, so the host, region, and edge of a request help to find out what is wrong with them.
func TestDiagnosticsNameHostAndRegion(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		region, edge, baseURL, host string
		request, advice             string
	}{
		{"", "", "", "api.twilio.com", "api.twilio.com", "api.twilio.com in region us1; the credentials must belong to that region."},
		{"ie1", "dublin", "", "api.dublin.ie1.twilio.com", "api.dublin.ie1.twilio.com (region ie1, edge dublin)", "api.dublin.ie1.twilio.com in region ie1; the credentials must belong to that region."},
		{"au1", "", "", "api.au1.twilio.com", "api.au1.twilio.com (region au1)", "api.au1.twilio.com in region au1; the credentials must belong to that region."},
		{"", "sydney", "", "api.sydney.us1.twilio.com", "api.sydney.us1.twilio.com (edge sydney)", "api.sydney.us1.twilio.com in region us1; the credentials must belong to that region."},
		{
			"ie1", "dublin", "http://127.0.0.1:8080", "127.0.0.1:8080", "127.0.0.1:8080",
			"127.0.0.1:8080, which is set in base_url; the credentials must belong to the Twilio region that it forwards requests to.",
		},
		{"ie1", "", "", "", "", ""},
	} {
		client, err := twilio.New(twilio.Config{AccountSID: someAccount, AuthToken: "very secret", Region: test.region, Edge: test.edge, BaseURL: test.baseURL})
		if err != nil {
			t.Fatal(err)
		}
		failed := &twilio.Error{Reason: twilio.Unauthenticated, Method: "GET", Path: "/x.json", Host: test.host, Status: 401, Attempts: 1}
		want := "Reading it failed: Twilio did not accept the credentials.\n\nHTTP status: 401\nRequest: GET /x.json"
		if test.request != "" {
			want += " at " + test.request
		}
		want += "\n\nThe provider uses the auth token of account " + someAccount + ". Check that the auth token or API secret is current and belongs to that SID, " +
			"and that the account is active."
		if test.advice != "" {
			want += " The request went to " + test.advice
		}
		want += " An auth token works only with the SID of its own account. To manage a subaccount with its parent's auth token, set account_sid in the provider block to the parent account's SID, " +
			"and account_sid on each resource to the subaccount's SID. Trunks need the subaccount's own credentials."
		if got := (Operation{Verb: "read", Object: "it"}).Diagnostic(t.Context(), client, failed).Detail(); got != want {
			t.Errorf("detail:\n%s\n\nnot:\n%s", got, want)
		}
	}
}
