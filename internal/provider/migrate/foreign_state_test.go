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
	accountSID   = "AC0123456789abcdef0123456789abcdef"
	listSID      = "AL0123456789abcdef0123456789abcdef"
	otherListSID = "ALfedcba9876543210fedcba9876543210"
	entrySID     = "IP0123456789abcdef0123456789abcdef"
	domainSID    = "SD0123456789abcdef0123456789abcdef"
	trunkSID     = "TK0123456789abcdef0123456789abcdef"
)

// convertState converts the state of another provider with the protocol server, and returns its attributes and the text of the
// diagnostics. Without a source type it upgrades the state from version 0. Otherwise it moves the state.
func convertState(t *testing.T, sourceType, targetType, foreignState string) (map[string]tftypes.Value, string) {
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
			TypeName: targetType, Version: 0, RawState: &tfprotov6.RawState{JSON: []byte(foreignState)},
		})
		if err != nil {
			t.Fatal(err)
		}
		state, diags = answer.UpgradedState, answer.Diagnostics
	} else {
		answer, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
			SourceProviderAddress: "registry.terraform.io/twilio/twilio", SourceTypeName: sourceType, TargetTypeName: targetType,
			SourceState: &tfprotov6.RawState{JSON: []byte(foreignState)}, SourcePrivate: []byte(`{"schema_version":"0"}`),
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

// foreignJSON encodes a state with some attributes changed. It omits those that become nil.
func foreignJSON(base map[string]any, changes map[string]any) string {
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
	rjpearson94Entry = map[string]any{
		"account_sid": accountSID, "cidr_length_prefix": 24, "date_created": "2019-03-01T12:00:00Z", "date_updated": "2019-03-01T12:00:00Z",
		"friendly_name": "London", "id": entrySID, "ip_access_control_list_sid": listSID, "ip_address": "203.0.113.7", "sid": entrySID, "timeouts": nil,
	}
	rjpearson94List = map[string]any{
		"account_sid": accountSID, "date_created": "2019-03-01T12:00:00Z", "date_updated": "2019-03-01T12:00:00Z",
		"friendly_name": "Office", "id": listSID, "sid": listSID, "timeouts": nil,
	}
	rjpearson94Mapping = map[string]any{
		"account_sid": accountSID, "domain_sid": domainSID, "ip_access_control_list_sid": listSID, "friendly_name": "Office", "id": listSID, "sid": listSID,
	}
	rjpearson94Association = map[string]any{"account_sid": accountSID, "trunk_sid": trunkSID, "ip_access_control_list_sid": listSID, "id": listSID, "url": "https://x"}
	twilioEntry            = map[string]any{
		"cidr_prefix_length": 24, "friendly_name": "London", "id": listSID + "/" + entrySID, "ip_access_control_list_sid": listSID,
		"ip_address": "203.0.113.7", "path_account_sid": nil, "sid": entrySID,
	}
	twilioMapping = map[string]any{"domain_sid": domainSID, "id": domainSID + "/" + listSID, "ip_access_control_list_sid": listSID, "sid": listSID}
)

const (
	listType              = "twilio_sip_ip_access_control_list"
	entryType             = "twilio_sip_ip_address"
	mappingType           = "twilio_sip_domain_ip_access_control_list_mapping"
	associationType       = "twilio_sip_trunking_ip_access_control_list"
	twilioListType        = "twilio_api_accounts_sip_ip_access_control_lists"
	twilioEntryType       = "twilio_api_accounts_sip_ip_access_control_lists_ip_addresses"
	twilioMappingType     = "twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings"
	twilioAssociationType = "twilio_trunking_trunks_ip_access_control_lists_v1"
)

// TestConvertForeignState converts states with attributes that some versions of the other providers do not have, add, or format
// differently.
func TestConvertForeignState(t *testing.T) {
	t.Parallel()
	timeouts := func(value tftypes.Value) string {
		if value.IsNull() {
			return "null"
		}
		var block map[string]tftypes.Value
		if err := value.As(&block); err != nil {
			t.Fatal(err)
		}
		return strings.Join([]string{formatValue(block["create"]), formatValue(block["read"]), formatValue(block["update"]), formatValue(block["delete"])}, " ")
	}
	for name, test := range map[string]struct {
		source, target, foreignState string
		want                         map[string]string
	}{
		"entry": {"", entryType, foreignJSON(rjpearson94Entry, nil), map[string]string{
			"cidr_prefix_length": "24", "cidr_block": "203.0.113.0/24", "id": entrySID, "ip_address": "203.0.113.7", "uri": "null", "timeouts": "null", "account_sid": accountSID,
		}},
		"entry of an older version": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"cidr_length_prefix": nil, "date_created": nil, "account_sid": nil, "sid": nil}), map[string]string{
			"cidr_prefix_length": "32", "cidr_block": "203.0.113.7/32", "sid": entrySID, "account_sid": "null", "date_created": "null",
		}},
		"entry of a newer version": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"color": "blue", "nested": map[string]any{"a": []int{1}}}), map[string]string{"cidr_prefix_length": "24"}},
		"entry of length 0":        {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"cidr_length_prefix": 0}), map[string]string{"cidr_prefix_length": "32"}},
		"entry that ipblock does not understand": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"ip_address": "::1"}), map[string]string{
			"cidr_block": "null", "ip_address": "::1",
		}},
		"list":                 {"", listType, foreignJSON(rjpearson94List, nil), map[string]string{"sid": listSID, "ip_addresses": "null", "subresource_uris": "null"}},
		"list without timeout": {"", listType, foreignJSON(rjpearson94List, map[string]any{"timeouts": map[string]any{}}), map[string]string{"timeouts": "null null null null"}},
		"list with timeouts": {"", listType, foreignJSON(rjpearson94List, map[string]any{"timeouts": map[string]any{"create": "10m", "update": "1h30m0s", "default": "1h", "delete": nil}}), map[string]string{
			"timeouts": "10m null 1h30m0s null",
		}},
		"mapping":           {"", mappingType, foreignJSON(rjpearson94Mapping, nil), map[string]string{"id": domainSID + "/" + listSID, "sid": listSID}},
		"association":       {"", associationType, foreignJSON(rjpearson94Association, nil), map[string]string{"id": trunkSID + "/" + listSID, "sid": listSID, "url": "https://x"}},
		"moved list":        {twilioListType, listType, foreignJSON(map[string]any{"friendly_name": "Office", "id": listSID, "sid": listSID, "path_account_sid": accountSID}, nil), map[string]string{"account_sid": accountSID}},
		"moved entry":       {twilioEntryType, entryType, foreignJSON(twilioEntry, nil), map[string]string{"id": entrySID, "sid": entrySID, "cidr_block": "203.0.113.0/24", "account_sid": "null"}},
		"moved entry by id": {twilioEntryType, entryType, foreignJSON(twilioEntry, map[string]any{"sid": nil, "ip_access_control_list_sid": nil}), map[string]string{"sid": entrySID, "ip_access_control_list_sid": listSID}},
		"moved mapping":     {twilioMappingType, mappingType, foreignJSON(twilioMapping, nil), map[string]string{"id": domainSID + "/" + listSID, "friendly_name": "null"}},
		"moved association": {twilioAssociationType, associationType, foreignJSON(map[string]any{"id": trunkSID + "/" + listSID}, nil), map[string]string{"trunk_sid": trunkSID, "ip_access_control_list_sid": listSID}},
		"renamed during the migration from RJPearson94": {entryType, entryType, foreignJSON(rjpearson94Entry, nil), map[string]string{"cidr_prefix_length": "24"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diagnostics := convertState(t, test.source, test.target, test.foreignState)
			if diagnostics != "" {
				t.Fatal(diagnostics)
			}
			for attribute, want := range test.want {
				text := formatValue(got[attribute])
				if attribute == "timeouts" {
					text = timeouts(got[attribute])
				}
				if text != want {
					t.Errorf("%s: %s, want %s", attribute, text, want)
				}
			}
		})
	}
}

// formatValue formats a string, boolean, number or null.
func formatValue(value tftypes.Value) string {
	var text string
	var boolean bool
	switch {
	case value.IsNull():
		return "null"
	case value.As(&text) == nil:
		return text
	case value.As(&boolean) == nil:
		return fmt.Sprint(boolean)
	default:
		_, number, _ := strings.Cut(value.String(), `<"`)
		return strings.TrimSuffix(number, `">`)
	}
}

// TestConvertInvalidForeignState compares the texts of errors. SIDs must not be guessed.
func TestConvertInvalidForeignState(t *testing.T) {
	t.Parallel()
	const prefix = "ERROR: Cannot convert the stored state\nThe state of this "
	const suffix = "\n\nNothing was changed. If the object exists in Twilio, remove it from the state (terraform state rm) and import it instead.\n"
	rjpearson94Error := func(diagnostics ...string) string {
		return prefix + "twilio_sip_ip_address does not have the format that RJPearson94/twilio writes:\n  " + strings.Join(diagnostics, "\n  ") + suffix
	}
	for name, test := range map[string]struct{ source, target, foreignState, want string }{
		"no JSON":   {"", entryType, "{", rjpearson94Error("the state is not a JSON object")},
		"null":      {"", entryType, "null", rjpearson94Error("the state is null")},
		"no object": {"", entryType, "[]", rjpearson94Error("the state is not a JSON object")},
		"nothing in it": {"", entryType, "{}", rjpearson94Error(
			"sid: the SID of an IP address entry is missing", "ip_access_control_list_sid: the SID of an IP access control list is missing")},
		"another kind of SID": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"sid": listSID, "id": listSID}), rjpearson94Error(
			`sid: The value must be the SID of an IP address entry ("IP" followed by 32 hexadecimal digits); got "` + listSID + `", which is the SID of an IP access control list.`)},
		"two SIDs": {"", listType, foreignJSON(rjpearson94List, map[string]any{"id": otherListSID}),
			prefix + "twilio_sip_ip_access_control_list does not have the format that RJPearson94/twilio writes:\n  sid and id must be the same; got " + listSID + " and " + otherListSID + suffix},
		"wrong types": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"friendly_name": 7, "cidr_length_prefix": "wide", "timeouts": "5m"}), rjpearson94Error(
			`cidr_length_prefix must be a whole number; got "wide"`, "friendly_name must be a string; got 7", `timeouts must be an object; got "5m"`)},
		"no durations": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"timeouts": map[string]any{"create": "soon", "delete": 5}}), rjpearson94Error(
			`timeouts.create must be a duration; got "soon"`, "timeouts.delete must be a duration; got 5")},
		"bad account": {"", entryType, foreignJSON(rjpearson94Entry, map[string]any{"account_sid": "me"}), rjpearson94Error(
			`account_sid: The value must be the SID of an account ("AC" followed by 32 hexadecimal digits); got "me".`)},
		"short composite": {twilioEntryType, entryType, foreignJSON(twilioEntry, map[string]any{"sid": nil, "id": listSID}),
			prefix + twilioEntryType + " does not have the format that twilio/twilio writes:\n  id must have at least 2 segments separated by slashes; got \"" + listSID + `"` + suffix},
		"another type": {"twilio_api_accounts_sip_credential_lists", listType, "{}", "ERROR: Cannot move resource\n" +
			"A twilio_api_accounts_sip_credential_lists of the provider registry.terraform.io/twilio/twilio cannot be moved to a twilio_sip_ip_access_control_list. Nothing was changed. These types can:\n" +
			"  twilio_api_accounts_sip_ip_access_control_lists of twilio/twilio\n  twilio_sip_ip_access_control_list of RJPearson94/twilio\n"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			got, diagnostics := convertState(t, test.source, test.target, test.foreignState)
			if diagnostics != test.want {
				t.Errorf("got\n%s\nwant\n%s", diagnostics, test.want)
			}
			if len(got) > 0 {
				t.Errorf("a state came out: %v", got)
			}
		})
	}
}

func TestMoveStateUnknownSchemaVersion(t *testing.T) {
	t.Parallel()
	server := providerserver.NewProtocol6(provider.New("test")())()
	answer, err := server.MoveResourceState(t.Context(), &tfprotov6.MoveResourceStateRequest{
		SourceProviderAddress: "registry.opentofu.org/twilio/twilio", SourceTypeName: twilioListType, TargetTypeName: listType,
		SourceSchemaVersion: 3, SourceState: &tfprotov6.RawState{JSON: []byte(`{"sid": "` + listSID + `"}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	want := "The state of this " + twilioListType + " has schema version 3, which was written by a version of registry.opentofu.org/twilio/twilio that this provider does not support. " +
		"Nothing was changed. Check for a newer version of this provider."
	if len(answer.Diagnostics) != 1 || answer.Diagnostics[0].Detail != want {
		t.Errorf("diagnostics %+v", answer.Diagnostics)
	}
}

// TestMoveStateOfThisProvider keeps a state of this provider. OpenTofu 1.12.4 and Terraform 1.15 call MoveResourceState when the
// registry changes, for example from Terraform's to OpenTofu's.
func TestMoveStateOfThisProvider(t *testing.T) {
	t.Parallel()
	server := providerserver.NewProtocol6(provider.New("test")())()
	schemas, err := server.GetProviderSchema(t.Context(), &tfprotov6.GetProviderSchemaRequest{})
	if err != nil {
		t.Fatal(err)
	}
	const state = `{"account_sid": "` + accountSID + `", "friendly_name": "Office", "id": "` + listSID + `", "sid": "` + listSID + `",
		"ip_addresses": {"192.0.2.7": "London"}, "subresource_uris": {}, "uri": "/x", "date_created": null, "date_updated": null,
		"timeouts": {"create": "5m", "read": null, "update": null, "delete": null}, "later": true}`
	const identity = `{"account_sid": "` + accountSID + `", "sid": "` + listSID + `"}`
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
	moved, err := answer.TargetState.Unmarshal(schemas.ResourceSchemas[listType].ValueType())
	if err != nil {
		t.Fatal(err)
	}
	want, err := (&tfprotov6.RawState{JSON: []byte(state)}).UnmarshalWithOpts(schemas.ResourceSchemas[listType].ValueType(),
		tfprotov6.UnmarshalOpts{ValueFromJSONOpts: tftypes.ValueFromJSONOpts{IgnoreUndefinedAttributes: true}})
	if err != nil {
		t.Fatal(err)
	}
	if !moved.Equal(want) {
		t.Errorf("the state became %s", moved)
	}
	if string(answer.TargetPrivate) != string(private) {
		t.Errorf("the private state became %s", answer.TargetPrivate)
	}
	if answer.TargetIdentity == nil || answer.TargetIdentity.IdentityData == nil {
		t.Error("the identity is gone")
	}
}
