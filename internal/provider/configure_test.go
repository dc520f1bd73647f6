// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

func TestClientConfig(t *testing.T) {
	t.Parallel()
	const (
		someAccount  = "AC0123456789abcdef0123456789abcdef"
		otherAccount = "AC00000000000000000000000000000002"
		key          = "SK0123456789abcdef0123456789abcdef"
		otherKey     = "SK00000000000000000000000000000001"
		secret       = "top secret that no message shows"
	)
	account := map[string]string{envAccountSID: someAccount}
	with := func(more map[string]string) map[string]string {
		all := maps.Clone(account)
		maps.Copy(all, more)
		return all
	}
	token := with(map[string]string{envAuthToken: secret})
	// mocktwilio sets this variable.
	besideMock := with(map[string]string{envAuthToken: secret, "MOCKTWILIO_URL": "http://127.0.0.1:1"})
	for name, test := range map[string]struct {
		block providerModel
		env   map[string]string
		want  twilio.Config
		// errors are in the form "attribute: summary".
		errors []string
		says   string
	}{
		"token from the environment": {env: token, want: twilio.Config{AccountSID: someAccount, AuthToken: secret}},
		"token from the block": {
			block: providerModel{AccountSID: types.StringValue(someAccount), AuthToken: types.StringValue(secret)},
			want:  twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"API key preferred in the environment": {
			env:  with(map[string]string{envAuthToken: "t", envAPIKey: key, envAPISecret: secret}),
			want: twilio.Config{AccountSID: someAccount, APIKey: key, APISecret: secret},
		},
		"token in the block wins over an API key in the environment": {
			block: providerModel{AuthToken: types.StringValue(secret)},
			env:   with(map[string]string{envAPIKey: key, envAPISecret: "s"}),
			want:  twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"API key in the block wins over a token in the environment": {
			block: providerModel{APIKey: types.StringValue(otherKey), APISecret: types.StringValue(secret)},
			env:   with(map[string]string{envAuthToken: "t", envAPIKey: key, envAPISecret: "s"}),
			want:  twilio.Config{AccountSID: someAccount, APIKey: otherKey, APISecret: secret},
		},
		"API key in the block, secret in the environment": {
			block: providerModel{APIKey: types.StringValue(key)},
			env:   with(map[string]string{envAPISecret: secret}),
			want:  twilio.Config{AccountSID: someAccount, APIKey: key, APISecret: secret},
		},
		"everything else from the environment": {
			env: with(map[string]string{
				envAuthToken: secret, envRegion: "ie1", envEdge: "dublin", envBaseURL: "https://proxy.example.com",
				envMaxConcurrentRequests: "3", envReadCache: "false",
			}),
			want: twilio.Config{
				AccountSID: someAccount, AuthToken: secret, Region: "ie1", Edge: "dublin", BaseURL: "https://proxy.example.com",
				MaxConcurrentRequests: 3, DisableReadCache: true,
			},
		},
		"everything else from the block": {
			block: providerModel{
				Region: types.StringValue("ie1"), Edge: types.StringValue("dublin"), BaseURL: types.StringValue("http://127.0.0.1:8080"),
				MaxConcurrentRequests: types.Int64Value(7), ReadCache: types.BoolValue(true),
			},
			env: with(map[string]string{
				envAuthToken: secret, envRegion: "x", envEdge: "x", envBaseURL: "x", envMaxConcurrentRequests: "x", envReadCache: "x",
			}),
			want: twilio.Config{
				AccountSID: someAccount, AuthToken: secret, Region: "ie1", Edge: "dublin", BaseURL: "http://127.0.0.1:8080", MaxConcurrentRequests: 7,
			},
		},
		"nothing": {errors: []string{"account_sid: Missing account SID", "auth_token: Missing credentials"}, says: envAuthToken},
		"no credentials": {
			env: account, errors: []string{"auth_token: Missing credentials"},
			says: "Set auth_token in the provider block or the environment variable TWILIO_AUTH_TOKEN. To use an API key instead, set api_key and api_secret, or TWILIO_API_KEY and TWILIO_API_SECRET.",
		},
		"no account":                {env: map[string]string{envAuthToken: secret}, errors: []string{"account_sid: Missing account SID"}, says: envAccountSID},
		"account of another kind":   {env: with(map[string]string{envAccountSID: key, envAuthToken: secret}), errors: []string{"account_sid: Invalid account SID"}, says: "is the SID of an API key"},
		"token in place of account": {block: providerModel{AccountSID: types.StringValue(secret)}, env: token, errors: []string{"account_sid: Invalid account SID"}, says: "It is not shown"},
		"key without secret":        {env: with(map[string]string{envAPIKey: key, envAuthToken: secret}), errors: []string{"api_secret: Missing API secret"}, says: envAPISecret},
		"secret without key":        {block: providerModel{APISecret: types.StringValue(secret)}, env: token, errors: []string{"api_key: Missing API key"}, says: envAPIKey},
		"key and secret swapped":    {env: with(map[string]string{envAPIKey: secret, envAPISecret: key}), errors: []string{"api_key: Invalid API key SID"}, says: "It is not shown"},
		"empty in the block":        {block: providerModel{AuthToken: types.StringValue("")}, env: token, errors: []string{"auth_token: Empty auth_token"}, says: envAuthToken},
		"plain http":                {block: providerModel{BaseURL: types.StringValue("http://example.com")}, env: token, errors: []string{"base_url: Invalid base URL"}, says: "unencrypted"},
		"base URL beside a mock": {
			block: providerModel{BaseURL: types.StringValue("https://example.com")}, env: besideMock,
			errors: []string{"base_url: Base URL does not point to the mock"}, says: "send requests to https://example.com.",
		},
		"base URL in capitals beside a mock": {
			block: providerModel{BaseURL: types.StringValue("HTTPS://EXAMPLE.COM")}, env: besideMock,
			errors: []string{"base_url: Base URL does not point to the mock"}, says: "HTTPS://EXAMPLE.COM",
		},
		"base URL with a password beside a mock": {
			block: providerModel{BaseURL: types.StringValue("https://user:" + secret + "@example.com")}, env: besideMock,
			errors: []string{"base_url: Invalid base URL"}, says: "base_url must be a URL with a scheme and a host, such as https://proxy.example.com.",
		},
		"local base URL beside a mock": {
			block: providerModel{BaseURL: types.StringValue("http://127.0.0.1:2")}, env: besideMock,
			want: twilio.Config{AccountSID: someAccount, AuthToken: secret, BaseURL: "http://127.0.0.1:2"},
		},
		"base URL of the environment": {env: with(map[string]string{envAuthToken: secret, envBaseURL: "ftp://x"}), errors: []string{"base_url: Invalid base URL"}, says: envBaseURL},
		"region of the environment":   {env: with(map[string]string{envAuthToken: secret, envRegion: "evil.example/"}), errors: []string{"region: Invalid region"}, says: "The environment variable TWILIO_REGION must consist of lowercase letters, digits, and hyphens, such as ie1; got \"evil.example/\"."},
		"edge of the environment":     {env: with(map[string]string{envAuthToken: secret, envEdge: "a.b"}), errors: []string{"edge: Invalid edge"}, says: "The environment variable TWILIO_EDGE must consist of lowercase letters, digits, and hyphens, such as dublin; got \"a.b\"."},
		"no number":                   {env: with(map[string]string{envAuthToken: secret, envMaxConcurrentRequests: "many"}), errors: []string{"max_concurrent_requests: Invalid max_concurrent_requests"}, says: "\"many\""},
		"no boolean":                  {env: with(map[string]string{envAuthToken: secret, envReadCache: "maybe"}), errors: []string{"read_cache: Invalid read_cache"}, says: "\"maybe\""},
		"subaccount of twilio/twilio": {
			env: with(map[string]string{envAuthToken: secret, envSubaccountSID: otherAccount}), errors: []string{"account_sid: Two accounts in the environment"},
			says: "would manage account " + someAccount + " wherever a resource does not set account_sid",
		},
		"malformed subaccount of twilio/twilio": {
			env: with(map[string]string{envAuthToken: "t", envSubaccountSID: secret}), errors: []string{"account_sid: Two accounts in the environment"},
			says: "To manage account " + someAccount + ", unset TWILIO_SUBACCOUNT_SID or set account_sid in the provider block to " + someAccount + ".",
		},
		"no account but a subaccount of twilio/twilio": {
			env:    map[string]string{envAuthToken: secret, envSubaccountSID: otherAccount},
			errors: []string{"account_sid: Missing account SID"}, says: envAccountSID,
		},
		"equal subaccount of twilio/twilio": {
			env: with(map[string]string{envAuthToken: secret, envSubaccountSID: someAccount}), want: twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"empty subaccount of twilio/twilio": {
			env: with(map[string]string{envAuthToken: secret, envSubaccountSID: ""}), want: twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"account of the block over a subaccount of twilio/twilio": {
			block: providerModel{AccountSID: types.StringValue(someAccount)},
			env:   map[string]string{envAccountSID: otherAccount, envAuthToken: secret, envSubaccountSID: otherAccount},
			want:  twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"unknown account beside a subaccount of twilio/twilio": {
			block: providerModel{AccountSID: types.StringUnknown()},
			env:   with(map[string]string{envAuthToken: secret, envSubaccountSID: otherAccount}),
			want:  twilio.Config{AuthToken: secret},
		},
		"region without an unknown edge": {
			block: providerModel{Region: types.StringValue("ie1"), Edge: types.StringUnknown()}, env: token,
			want: twilio.Config{AccountSID: someAccount, AuthToken: secret, Region: "ie1"},
		},
		"edge without an unknown region": {
			block: providerModel{Region: types.StringUnknown(), Edge: types.StringValue("dublin")}, env: token,
			want: twilio.Config{AccountSID: someAccount, AuthToken: secret, Edge: "dublin"},
		},
		"unknown region alone": {
			block: providerModel{Region: types.StringUnknown()}, env: token, want: twilio.Config{AccountSID: someAccount, AuthToken: secret},
		},
		"region alone beside an unknown base URL": {
			block: providerModel{Region: types.StringValue("ie1"), BaseURL: types.StringUnknown()}, env: token,
			errors: []string{"region: Missing edge"}, says: `set edge = "dublin"`,
		},
		"empty edge": {
			block: providerModel{Region: types.StringValue("ie1"), Edge: types.StringValue("")}, env: token,
			errors: []string{"edge: Empty edge"}, says: envEdge,
		},
		"unknown token": {
			block: providerModel{AuthToken: types.StringUnknown()}, env: account, want: twilio.Config{AccountSID: someAccount},
		},
		"unknown account": {
			block: providerModel{AccountSID: types.StringUnknown()}, env: token, want: twilio.Config{AuthToken: secret},
		},
		"unknown key": {
			block: providerModel{APIKey: types.StringUnknown(), APISecret: types.StringUnknown()}, env: token, want: twilio.Config{AccountSID: someAccount},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			var diags diag.Diagnostics
			got := (&twilioProvider{version: "1"}).clientConfig(test.block, func(variable string) string { return test.env[variable] }, &diags)
			var summaries []string
			for _, d := range diags {
				at := path.Empty()
				if located, ok := d.(diag.DiagnosticWithPath); ok {
					at = located.Path()
				}
				summaries = append(summaries, at.String()+": "+d.Summary())
				if strings.Contains(d.Summary()+d.Detail(), secret) {
					t.Errorf("the secret is in %q", d.Detail())
				}
			}
			slices.Sort(summaries)
			if !slices.Equal(summaries, test.errors) {
				t.Fatalf("problems %q, not %q", summaries, test.errors)
			}
			if len(summaries) > 0 {
				if last := diags[len(diags)-1].Detail() + diags[0].Detail(); !strings.Contains(last, test.says) {
					t.Errorf("%q does not say %q", last, test.says)
				}
				return
			}
			test.want.Version, test.want.Logger = "1", tflogLogger{}
			if got != test.want {
				t.Errorf("got %+v, not %+v", got, test.want)
			}
		})
	}
}

func TestUnknownProviderConfiguration(t *testing.T) {
	t.Parallel()
	block := providerModel{AuthToken: types.StringUnknown(), Region: types.StringUnknown()}
	var diags diag.Diagnostics
	operation.NewProviderData(nil, block.unknown(), operation.PrefixLimit{}).Client(&diags)
	if len(diags) != 1 || !strings.Contains(diags[0].Detail(), "auth_token, region") {
		t.Errorf("%v", diags)
	}
}

func TestPrefixLimit(t *testing.T) {
	t.Parallel()
	environment := func(string) string { return "17" }
	for name, test := range map[string]struct {
		block types.Int64
		want  operation.PrefixLimit
	}{
		"block":       {types.Int64Value(24), operation.PrefixLimit{Shortest: 24, Source: "shortest_prefix_length in the provider block"}},
		"environment": {types.Int64Null(), operation.PrefixLimit{Shortest: 17, Source: "the environment variable TWILIO_SHORTEST_PREFIX_LENGTH"}},
		// The environment must not replace a value that is known later.
		"unknown": {types.Int64Unknown(), operation.PrefixLimit{Source: "shortest_prefix_length in the provider block"}},
	} {
		var diags diag.Diagnostics
		if got := prefixLimit(providerModel{ShortestPrefixLength: test.block}, environment, &diags); got != test.want || len(diags) > 0 {
			t.Errorf("%s: %+v, %v", name, got, diags)
		}
	}
}
