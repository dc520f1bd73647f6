// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"io"
	"maps"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// edgesOfRegions is Twilio's table, with a region and an edge that are not in it. "" means no region and no edge. Source:
// https://www.twilio.com/docs/global-infrastructure/edge-locations/legacy-regions
var edgesOfRegions = map[string]string{
	"": "", "us1": "ashburn", "ie1": "dublin", "au1": "sydney", "br1": "sao-paulo", "de1": "frankfurt", "jp1": "tokyo", "sg1": "singapore", "us2": "umatilla",
	"xx9": "roaming",
}

// hostRecorder answers every request with 404 and records the hosts of both APIs.
type hostRecorder struct{ api, trunking map[string]bool }

func (h *hostRecorder) RoundTrip(request *http.Request) (*http.Response, error) {
	hosts := h.api
	if strings.HasPrefix(request.URL.Path, "/v1/Trunks/") {
		hosts = h.trunking
	}
	hosts[request.URL.Scheme+"://"+request.URL.Host] = true
	return &http.Response{
		StatusCode: http.StatusNotFound, Header: http.Header{}, Request: request,
		Body: io.NopCloser(strings.NewReader(`{"code": 20404, "message": "not found", "status": 404}`)),
	}, nil
}

// hosts configures a provider, reads a list and a trunk, and returns the base URLs of both requests. If the configuration is
// rejected, it returns the only diagnostic instead.
func hosts(t *testing.T, block map[string]any) (api, trunking string, refused *tfprotov6.Diagnostic) {
	t.Helper()
	recorder := &hostRecorder{api: map[string]bool{}, trunking: map[string]bool{}}
	server := providerserver.NewProtocol6(provider.NewWithClientConfig("test", func(c *twilio.Config) { c.Transport = recorder })())()
	schemas, _ := servedSchemas(t)
	values := map[string]any{"account_sid": acctest.AccountSID, "auth_token": "token"}
	maps.Copy(values, block)
	config := acctest.DynamicValue(t, schemas.Provider, values)
	if validated, err := server.ValidateProviderConfig(t.Context(), &tfprotov6.ValidateProviderConfigRequest{Config: config}); err != nil || len(validated.Diagnostics) > 0 {
		t.Fatal(err, validated)
	}
	configured, err := server.ConfigureProvider(t.Context(), &tfprotov6.ConfigureProviderRequest{Config: config})
	switch {
	case err != nil || len(configured.Diagnostics) > 1:
		t.Fatal(err, configured)
	case len(configured.Diagnostics) == 1:
		return "", "", configured.Diagnostics[0]
	}
	for typeName, sid := range map[string]string{
		"twilio_sip_ip_access_control_list": acctest.ListSID, "twilio_sip_trunking_trunk": "TK" + acctest.ListSID[2:],
	} {
		read, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
			TypeName: typeName, Config: acctest.DynamicValue(t, schemas.DataSourceSchemas[typeName], map[string]any{"sid": sid}),
		})
		if err != nil || len(read.Diagnostics) != 1 {
			t.Fatal(err, read)
		}
	}
	only := func(hosts map[string]bool) string { return strings.Join(slices.Sorted(maps.Keys(hosts)), " and ") }
	return only(recorder.api), only(recorder.trunking), nil
}

// setEnvironment sets the variables for region and edge. "" means that the variable is not set.
func setEnvironment(t *testing.T, region, edge string) {
	t.Helper()
	t.Setenv("TWILIO_BASE_URL", "")
	t.Setenv("TWILIO_SUBACCOUNT_SID", "")
	t.Setenv("TWILIO_REGION", region)
	t.Setenv("TWILIO_EDGE", edge)
}

// TestHostsOfEveryPair sends a request to each API for every pair of region and edge, with each of them set in the block or in
// the environment.
func TestHostsOfEveryPair(t *testing.T) {
	for name, from := range map[string]struct{ region, edge string }{
		"block": {"block", "block"}, "environment": {"environment", "environment"},
		"region in the block": {"block", "environment"}, "edge in the block": {"environment", "block"},
		"block over environment": {"both", "both"},
	} {
		t.Run(name, func(t *testing.T) {
			for region := range edgesOfRegions {
				for _, edge := range edgesOfRegions {
					if name == "block over environment" && (region == "" || edge == "") {
						continue // Values that the block does not have come from the environment, as in the other cases.
					}
					block, environment := map[string]any{}, map[string]string{}
					for attribute, setting := range map[string]struct{ from, value string }{"region": {from.region, region}, "edge": {from.edge, edge}} {
						switch {
						case setting.from == "environment":
							environment[attribute] = setting.value
						case setting.value != "":
							block[attribute] = setting.value
						}
						if setting.from == "both" {
							environment[attribute] = "other"
						}
					}
					setEnvironment(t, environment["region"], environment["edge"])
					api, trunking, refused := hosts(t, block)
					checkHosts(t, region, edge, from.region, from.edge, api, trunking, refused)
				}
			}
		})
	}
}

// TestDefaultRegionOfTheBlock sets region us1 in the block while the environment has a region without an edge, and the other way
// around.
func TestDefaultRegionOfTheBlock(t *testing.T) {
	for name, test := range map[string]struct{ region, edge, want string }{
		"region in the environment": {region: "ie1", want: "us1"}, "edge in the environment": {edge: "dublin", want: "dublin.us1"},
	} {
		t.Run(name, func(t *testing.T) {
			setEnvironment(t, test.region, test.edge)
			api, trunking, refused := hosts(t, map[string]any{"region": "us1"})
			if refused != nil || api != "https://api."+test.want+".twilio.com" || trunking != "https://trunking."+test.want+".twilio.com" {
				t.Errorf("requests went to %s and %s: %v", api, trunking, refused)
			}
		})
	}
}

func checkHosts(t *testing.T, region, edge, regionFrom, edgeFrom, api, trunking string, refused *tfprotov6.Diagnostic) {
	t.Helper()
	var wantError, wantStart string
	suffix := ".twilio.com"
	given := func(from, attribute, variable string) string {
		if from == "environment" {
			return "The environment variable " + variable
		}
		return attribute
	}
	switch {
	case edge == "" && region == "":
	case edge == "" && region == "us1":
		suffix = ".us1" + suffix
	case edge == "":
		wantError, wantStart = `AttributeName("region"): Missing edge`, given(regionFrom, "region", "TWILIO_REGION")+` is "`+region+`", but no edge is set. `
	case region == "":
		wantError, wantStart = `AttributeName("edge"): Missing region`, given(edgeFrom, "edge", "TWILIO_EDGE")+` is "`+edge+`", but no region is set. `
	default:
		suffix = "." + edge + "." + region + suffix
	}
	switch {
	case wantError == "" && refused != nil:
		t.Errorf("region %q, edge %q: %s: %s", region, edge, refused.Summary, refused.Detail)
	case wantError == "":
		if api != "https://api"+suffix || trunking != "https://trunking"+suffix {
			t.Errorf("region %q, edge %q: requests went to %s and %s", region, edge, api, trunking)
		}
	case refused == nil:
		t.Errorf("region %q, edge %q: requests went to %s and %s", region, edge, api, trunking)
	case refused.Attribute.String()+": "+refused.Summary != wantError || !strings.HasPrefix(refused.Detail, wantStart):
		t.Errorf("region %q, edge %q: %s: %s: %s", region, edge, refused.Attribute, refused.Summary, refused.Detail)
	}
}

// TestRoutingErrors checks the full texts.
func TestRoutingErrors(t *testing.T) {
	const (
		regionOfItsOwn = "To manage resources in region ie1, set edge = \"dublin\" in the provider block, or set the environment variable TWILIO_EDGE to dublin. " +
			"Region ie1 needs its own credentials.\n\n" +
			"Without an edge, requests used to go to api.ie1.twilio.com, which Twilio retired on April 28, 2026. That host processed every request in us1, so everything that was managed through it is in us1. "
		end = "To manage resources in us1, remove the region.\n\nSee https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide"
		us1 = "To manage resources in us1, set region = \"us1\" in the provider block, or set the environment variable TWILIO_REGION to us1, or remove the edge. " +
			"Twilio's libraries use us1 if only an edge is set. The edge does not determine where requests enter Twilio's network.\n\n" +
			"See https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations"
	)
	for name, test := range map[string]struct {
		block        map[string]any
		region, edge string
		want         string
	}{
		"region in the block":   {block: map[string]any{"region": "ie1"}, want: "region is \"ie1\", but no edge is set. " + regionOfItsOwn + end},
		"region in environment": {region: "ie1", want: "The environment variable TWILIO_REGION is \"ie1\", but no edge is set. " + regionOfItsOwn + end},
		"name of an edge": {
			block: map[string]any{"region": "de1"},
			want: "region is \"de1\", but no edge is set. The edge location for de1 is frankfurt, but Twilio does not list de1 as a region that processes data: it processes these requests in us1. " +
				"If Twilio gave you credentials for a region de1, set edge = \"frankfurt\" in the provider block, or set the environment variable TWILIO_EDGE to frankfurt.\n\n" +
				"Without an edge, requests used to go to api.de1.twilio.com, which Twilio retired on April 28, 2026. That host processed every request in us1, so everything that was managed through it is in us1. " + end,
		},
		"unknown region": {
			block: map[string]any{"region": "xx9"},
			want: "region is \"xx9\", but no edge is set. To manage resources in region xx9, set edge in the provider block or the environment variable TWILIO_EDGE " +
				"to the edge location of the region.\n\n" + end,
		},
		"edge of a region": {
			block: map[string]any{"edge": "sydney"},
			want: "edge is \"sydney\", but no region is set. To manage resources in au1, set region = \"au1\" in the provider block, or set the environment variable TWILIO_REGION to au1. " +
				"Region au1 needs its own credentials.\n\n" + us1,
		},
		"edge in environment": {edge: "tokyo", want: "The environment variable TWILIO_EDGE is \"tokyo\", but no region is set. " + us1},
	} {
		t.Run(name, func(t *testing.T) {
			setEnvironment(t, test.region, test.edge)
			if _, _, refused := hosts(t, test.block); refused == nil || refused.Detail != test.want {
				t.Errorf("got %+v", refused)
			}
		})
	}
	for region, edge := range edgesOfRegions {
		if region == "" || region == "us1" || region == "xx9" {
			continue
		}
		setEnvironment(t, "", "")
		if _, _, refused := hosts(t, map[string]any{"region": region}); refused == nil || !strings.Contains(refused.Detail, `set edge = "`+edge+`"`) {
			t.Errorf("the error about %s does not name %s: %+v", region, edge, refused)
		}
	}
}

// With a base URL, region and edge have no effect but are still checked.
func TestBaseURLOverridesRegionAndEdge(t *testing.T) {
	const proxy = "https://proxy.example.com"
	for _, pair := range []struct {
		region, edge string
		valid        bool
	}{{"", "", true}, {"us1", "", true}, {"ie1", "dublin", true}, {"ie1", "", false}, {"", "dublin", false}} {
		block := map[string]any{}
		for attribute, value := range map[string]string{"region": pair.region, "edge": pair.edge} {
			if value != "" {
				block[attribute] = value
			}
		}
		check := func(values map[string]any) {
			t.Helper()
			switch api, trunking, refused := hosts(t, values); {
			case (refused == nil) != pair.valid:
				t.Errorf("%+v: %+v", pair, refused)
			case pair.valid && (api != proxy || trunking != proxy):
				t.Errorf("%+v: requests went to %s and %s", pair, api, trunking)
			}
		}
		setEnvironment(t, pair.region, pair.edge)
		t.Setenv("TWILIO_BASE_URL", proxy)
		check(nil)
		check(block)
		setEnvironment(t, "", "")
		block["base_url"] = proxy
		check(block)
	}
}
