// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"bytes"
	"encoding/base64"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-log/tflogtest"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

// TestLogHasNoSecrets reads at log level trace, with each kind of credentials and with wrong ones.
func TestLogHasNoSecrets(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	m.CreateList("", "Office")
	key, secret := m.AddAPIKey("")
	const wrong = "0123456789abcdef0123456789abcdea"
	for name, test := range map[string]struct {
		values        map[string]any
		user, secret  string
		authenticated bool
	}{
		"token":       {map[string]any{"auth_token": m.AuthToken()}, m.AccountSID(), m.AuthToken(), true},
		"API key":     {map[string]any{"api_key": key, "api_secret": secret}, key, secret, true},
		"wrong token": {map[string]any{"auth_token": wrong}, m.AccountSID(), wrong, false},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			test.values["account_sid"], test.values["base_url"] = m.AccountSID(), m.URL()
			var log bytes.Buffer
			ctx := tflogtest.RootLogger(t.Context(), &log)
			server := providerserver.NewProtocol6(provider.New("test")())()
			schemas, _ := servedSchemas(t)
			if configured, err := server.ConfigureProvider(ctx, &tfprotov6.ConfigureProviderRequest{Config: acctest.DynamicValue(t, schemas.Provider, test.values)}); err != nil || len(configured.Diagnostics) > 0 {
				t.Fatal(err, configured)
			}
			const lists = "twilio_sip_ip_access_control_lists"
			read, err := server.ReadDataSource(ctx, &tfprotov6.ReadDataSourceRequest{TypeName: lists, Config: acctest.DynamicValue(t, schemas.DataSourceSchemas[lists], nil)})
			if err != nil || (len(read.Diagnostics) == 0) != test.authenticated {
				t.Fatal(err, read)
			}
			output := log.String()
			for _, diagnostic := range read.Diagnostics {
				output += diagnostic.Summary + diagnostic.Detail
			}
			if !strings.Contains(output, "/SIP/IpAccessControlLists.json") {
				t.Fatalf("the request is not in the log:\n%s", output)
			}
			for _, hidden := range []string{test.secret, base64.StdEncoding.EncodeToString([]byte(test.user + ":" + test.secret)), "Authorization"} {
				if strings.Contains(output, hidden) {
					t.Errorf("%q is in the log or the diagnostics:\n%s", hidden, output)
				}
			}
		})
	}
}
