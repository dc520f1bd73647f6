// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider"
)

const (
	storedAccount   = "AC0123456789abcdef0123456789abcdef"
	storedList      = "AL0123456789abcdef0123456789abcdef"
	storedOtherList = "ALfedcba9876543210fedcba9876543210"
	storedEntry     = "IP0123456789abcdef0123456789abcdef"
	storedDomain    = "SD0123456789abcdef0123456789abcdef"
	storedTrunk     = "TK0123456789abcdef0123456789abcdef"
)

// taken is the state that a stored state becomes by way of the protocol, with the text of the diagnostics. Without a
// source type it is upgraded from version 0, otherwise moved.
func taken(t *testing.T, sourceType, targetType, stored string) (map[string]tftypes.Value, string) {
	t.Helper()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	var (
		state *tfprotov6.DynamicValue
		diags []*tfprotov6.Diagnostic
	)
	if sourceType == "" {
		answer, err := server.UpgradeResourceState(t.Context(), &tfprotov6.UpgradeResourceStateRequest{
			TypeName: targetType, Version: 0, RawState: &tfprotov6.RawState{JSON: []byte(stored)},
		})
		if err != nil {
			t.Fatal(err)
		}
		state, diags = answer.UpgradedState, answer.Diagnostics
	} else {
		answer, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			SourceProviderAddress: "registry.terraform.io/twilio/twilio", SourceTypeName: sourceType, TargetTypeName: targetType,
			SourceState: &tfprotov6.RawState{JSON: []byte(stored)}, SourcePrivate: []byte(`{"schema_version":"0"}`),
		})
		if err != nil {
			t.Fatal(err)
		}
		state, diags = answer.TargetState, answer.Diagnostics
	}
	var text strings.Builder
	for _, d := range diags {
		fmt.Fprintf(&text, "%s: %s\n%s\n", d.Severity, d.Summary, d.Detail)
	}
	attributes := map[string]tftypes.Value{}
	if state != nil {
		value, err := state.Unmarshal(schemas.ResourceSchemas[targetType].ValueType())
		if err != nil {
			t.Fatal(err)
		}
		if !value.IsNull() {
			if err := value.As(&attributes); err != nil {
				t.Fatal(err)
			}
		}
	}
	return attributes, text.String()
}

// with returns a JSON object with some attributes changed; one that becomes nil is left out.
func with(base map[string]any, changes map[string]any) string {
	merged := maps.Clone(base)
	for name, value := range changes {
		merged[name] = value
		if value == nil {
			delete(merged, name)
		}
	}
	text, err := json.Marshal(merged)
	if err != nil {
		panic(err)
	}
	return string(text)
}

var (
	rjEntry = map[string]any{
		"account_sid": storedAccount, "cidr_length_prefix": 24, "date_created": "2019-03-01T12:00:00Z", "date_updated": "2019-03-01T12:00:00Z",
		"friendly_name": "London", "id": storedEntry, "ip_access_control_list_sid": storedList, "ip_address": "203.0.113.7", "sid": storedEntry, "timeouts": nil,
	}
	rjList = map[string]any{
		"account_sid": storedAccount, "date_created": "2019-03-01T12:00:00Z", "date_updated": "2019-03-01T12:00:00Z",
		"friendly_name": "Office", "id": storedList, "sid": storedList, "timeouts": nil,
	}
	rjMapping = map[string]any{
		"account_sid": storedAccount, "domain_sid": storedDomain, "ip_access_control_list_sid": storedList, "friendly_name": "Office", "id": storedList, "sid": storedList,
	}
	rjAssociation = map[string]any{"account_sid": storedAccount, "trunk_sid": storedTrunk, "ip_access_control_list_sid": storedList, "id": storedList, "url": "https://x"}
	incEntry      = map[string]any{
		"cidr_prefix_length": 24, "friendly_name": "London", "id": storedList + "/" + storedEntry, "ip_access_control_list_sid": storedList,
		"ip_address": "203.0.113.7", "path_account_sid": nil, "sid": storedEntry,
	}
	incMapping = map[string]any{"domain_sid": storedDomain, "id": storedDomain + "/" + storedList, "ip_access_control_list_sid": storedList, "sid": storedList}
)

const (
	listType        = "twilio_sip_ip_access_control_list"
	entryType       = "twilio_sip_ip_address"
	mappingType     = "twilio_sip_domain_ip_access_control_list_mapping"
	associationType = "twilio_sip_trunking_ip_access_control_list"
	incListType     = "twilio_api_accounts_sip_ip_access_control_lists"
	incEntryType    = "twilio_api_accounts_sip_ip_access_control_lists_ip_addresses"
	incMappingType  = "twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings"
	incTrunkType    = "twilio_trunking_trunks_ip_access_control_lists_v1"
)

// TestStoredStatesAreTakenOver goes through what versions of the other providers may leave out, add or spell otherwise.
func TestStoredStatesAreTakenOver(t *testing.T) {
	t.Parallel()
	timeouts := func(value tftypes.Value) string {
		if value.IsNull() {
			return "null"
		}
		var block map[string]tftypes.Value
		if err := value.As(&block); err != nil {
			t.Fatal(err)
		}
		return strings.Join([]string{plain(block["create"]), plain(block["read"]), plain(block["update"]), plain(block["delete"])}, " ")
	}
	for name, test := range map[string]struct {
		source, target, stored string
		want                   map[string]string
	}{
		"entry": {"", entryType, with(rjEntry, nil), map[string]string{
			"cidr_prefix_length": "24", "cidr_block": "203.0.113.0/24", "id": storedEntry, "ip_address": "203.0.113.7", "uri": "null", "timeouts": "null", "account_sid": storedAccount,
		}},
		"entry of an older version": {"", entryType, with(rjEntry, map[string]any{"cidr_length_prefix": nil, "date_created": nil, "account_sid": nil, "sid": nil}), map[string]string{
			"cidr_prefix_length": "32", "cidr_block": "203.0.113.7/32", "sid": storedEntry, "account_sid": "null", "date_created": "null",
		}},
		"entry of a newer version": {"", entryType, with(rjEntry, map[string]any{"colour": "blue", "nested": map[string]any{"a": []int{1}}}), map[string]string{"cidr_prefix_length": "24"}},
		"entry of length 0":        {"", entryType, with(rjEntry, map[string]any{"cidr_length_prefix": 0}), map[string]string{"cidr_prefix_length": "32"}},
		"entry that ipblock does not understand": {"", entryType, with(rjEntry, map[string]any{"ip_address": "::1"}), map[string]string{
			"cidr_block": "null", "ip_address": "::1",
		}},
		"list":                 {"", listType, with(rjList, nil), map[string]string{"sid": storedList, "ip_addresses": "null", "subresource_uris": "null"}},
		"list without timeout": {"", listType, with(rjList, map[string]any{"timeouts": map[string]any{}}), map[string]string{"timeouts": "null null null null"}},
		"list with timeouts": {"", listType, with(rjList, map[string]any{"timeouts": map[string]any{"create": "10m", "update": "1h30m0s", "default": "1h", "delete": nil}}), map[string]string{
			"timeouts": "10m null 1h30m0s null",
		}},
		"mapping":                             {"", mappingType, with(rjMapping, nil), map[string]string{"id": storedDomain + "/" + storedList, "sid": storedList}},
		"association":                         {"", associationType, with(rjAssociation, nil), map[string]string{"id": storedTrunk + "/" + storedList, "sid": storedList, "url": "https://x"}},
		"moved list":                          {incListType, listType, with(map[string]any{"friendly_name": "Office", "id": storedList, "sid": storedList, "path_account_sid": storedAccount}, nil), map[string]string{"account_sid": storedAccount}},
		"moved entry":                         {incEntryType, entryType, with(incEntry, nil), map[string]string{"id": storedEntry, "sid": storedEntry, "cidr_block": "203.0.113.0/24", "account_sid": "null"}},
		"moved entry by id":                   {incEntryType, entryType, with(incEntry, map[string]any{"sid": nil, "ip_access_control_list_sid": nil}), map[string]string{"sid": storedEntry, "ip_access_control_list_sid": storedList}},
		"moved mapping":                       {incMappingType, mappingType, with(incMapping, nil), map[string]string{"id": storedDomain + "/" + storedList, "friendly_name": "null"}},
		"moved association":                   {incTrunkType, associationType, with(map[string]any{"id": storedTrunk + "/" + storedList}, nil), map[string]string{"trunk_sid": storedTrunk, "ip_access_control_list_sid": storedList}},
		"renamed on the way from RJPearson94": {entryType, entryType, with(rjEntry, nil), map[string]string{"cidr_prefix_length": "24"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, problems := taken(t, test.source, test.target, test.stored)
			if problems != "" {
				t.Fatal(problems)
			}
			for attribute, want := range test.want {
				have := plain(got[attribute])
				if attribute == "timeouts" {
					have = timeouts(got[attribute])
				}
				if have != want {
					t.Errorf("%s: %s, want %s", attribute, have, want)
				}
			}
		})
	}
}

// plain spells a value of a simple type.
func plain(value tftypes.Value) string {
	var text string
	var truth bool
	switch {
	case value.IsNull():
		return "null"
	case value.As(&text) == nil:
		return text
	case value.As(&truth) == nil:
		return fmt.Sprint(truth)
	default:
		_, number, _ := strings.Cut(value.String(), `<"`)
		return strings.TrimSuffix(number, `">`)
	}
}

// TestDamagedStatesAreRefused holds the texts of errors: nothing may be guessed where an object is identified.
func TestDamagedStatesAreRefused(t *testing.T) {
	t.Parallel()
	const beginning = "ERROR: Cannot take over the stored state\nThe state of this "
	const end = "\n\nNothing was changed. If the object exists at Twilio, take the entry out of the state (terraform state rm) and import the object instead.\n"
	rj := func(problems ...string) string {
		return beginning + "twilio_sip_ip_address is not as RJPearson94/twilio writes it:\n  " + strings.Join(problems, "\n  ") + end
	}
	for name, test := range map[string]struct{ source, target, stored, want string }{
		"no JSON":   {"", entryType, "{", rj("the whole state: it is not a JSON object")},
		"null":      {"", entryType, "null", rj("the whole state: it is null")},
		"no object": {"", entryType, "[]", rj("the whole state: it is not a JSON object")},
		"nothing in it": {"", entryType, "{}", rj(
			"sid: the SID of an IP address entry is missing", "ip_access_control_list_sid: the SID of an IP access control list is missing")},
		"another kind of SID": {"", entryType, with(rjEntry, map[string]any{"sid": storedList, "id": storedList}), rj(
			`sid: "` + storedList + `" is the SID of an IP access control list. Expected is the SID of an IP address entry: "IP" followed by 32 hexadecimal digits.`)},
		"two SIDs": {"", listType, with(rjList, map[string]any{"id": storedOtherList}),
			beginning + "twilio_sip_ip_access_control_list is not as RJPearson94/twilio writes it:\n  sid and id: they should be the same, and are " + storedList + " and " + storedOtherList + end},
		"wrong types": {"", entryType, with(rjEntry, map[string]any{"friendly_name": 7, "cidr_length_prefix": "wide", "timeouts": "5m"}), rj(
			`cidr_length_prefix: a whole number was expected, and it is "wide"`, "friendly_name: a string was expected, and it is 7", `timeouts: an object was expected, and it is "5m"`)},
		"no durations": {"", entryType, with(rjEntry, map[string]any{"timeouts": map[string]any{"create": "soon", "delete": 5}}), rj(
			`timeouts.create: "soon" is not a duration`, "timeouts.delete: a duration was expected, and it is 5")},
		"bad account": {"", entryType, with(rjEntry, map[string]any{"account_sid": "me"}), rj(
			`account_sid: "me" is not a SID. Expected is the SID of an account: "AC" followed by 32 hexadecimal digits.`)},
		"short composite": {incEntryType, entryType, with(incEntry, map[string]any{"sid": nil, "id": storedList}),
			beginning + incEntryType + " is not as twilio/twilio writes it:\n  id: it has no segment 2, and it is \"" + storedList + `"` + end},
		"another type": {"twilio_api_accounts_sip_credential_lists", listType, "{}", "ERROR: Cannot move resource\n" +
			"A twilio_api_accounts_sip_credential_lists of the provider registry.terraform.io/twilio/twilio cannot become a twilio_sip_ip_access_control_list. Nothing was changed. These can:\n" +
			"  twilio_api_accounts_sip_ip_access_control_lists of twilio/twilio\n  twilio_sip_ip_access_control_list of RJPearson94/twilio\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, problems := taken(t, test.source, test.target, test.stored)
			if problems != test.want {
				t.Errorf("got\n%s\nwant\n%s", problems, test.want)
			}
			if len(got) > 0 {
				t.Errorf("a state came out: %v", got)
			}
		})
	}
}

// TestNewerSourceIsNotMoved refuses a schema version that nobody has seen yet.
func TestNewerSourceIsNotMoved(t *testing.T) {
	t.Parallel()
	server := providerserver.NewProtocol6(provider.New("test")())()
	answer, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.opentofu.org/twilio/twilio", SourceTypeName: incListType, TargetTypeName: listType,
		SourceSchemaVersion: 3, SourceState: &tfprotov6.RawState{JSON: []byte(`{"sid": "` + storedList + `"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "The state of the " + incListType + " has schema version 3, written by a version of registry.opentofu.org/twilio/twilio that this provider does not know. " +
		"Nothing was changed. Look for a newer version of this provider."
	if len(answer.Diagnostics) != 1 || answer.Diagnostics[0].Detail != want {
		t.Errorf("diagnostics %+v", answer.Diagnostics)
	}
}

// TestOwnStateIsKept takes a state of this provider over as it is. OpenTofu 1.12.4 and Terraform 1.15 ask for that when the
// registry changes, as it does on the way from one of them to the other.
func TestOwnStateIsKept(t *testing.T) {
	t.Parallel()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	const state = `{"account_sid": "` + storedAccount + `", "friendly_name": "Office", "id": "` + storedList + `", "sid": "` + storedList + `",
		"ip_addresses": {"192.0.2.7": "London"}, "subresource_uris": {}, "uri": "/x", "date_created": null, "date_updated": null,
		"timeouts": {"create": "5m", "read": null, "update": null, "delete": null}, "later": true}`
	const identity = `{"account_sid": "` + storedAccount + `", "sid": "` + storedList + `"}`
	private := []byte(`{"ip_addresses":"e30="}`)
	answer, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.terraform.io/twilio-sip/twilio", SourceTypeName: listType, TargetTypeName: listType, SourceSchemaVersion: 1,
		SourceState: &tfprotov6.RawState{JSON: []byte(state)}, SourcePrivate: private, SourceIdentity: &tfprotov6.RawState{JSON: []byte(identity)},
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(answer.Diagnostics) > 0 {
		t.Fatalf("diagnostics %+v", answer.Diagnostics[0])
	}
	kept, err := answer.TargetState.Unmarshal(schemas.ResourceSchemas[listType].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	want, err := (&tfprotov6.RawState{JSON: []byte(state)}).UnmarshalWithOpts(schemas.ResourceSchemas[listType].ValueType(),
		tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		t.Fatal(err)
	}
	if !kept.Equal(want) {
		t.Errorf("the state became %s", kept)
	}
	if string(answer.TargetPrivate) != string(private) {
		t.Errorf("the private state became %s", answer.TargetPrivate)
	}
	if answer.TargetIdentity == nil || answer.TargetIdentity.IdentityData == nil {
		t.Error("the identity is gone")
	}
}
