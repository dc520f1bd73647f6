// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate_test

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
)

const ownProvider = "registry.terraform.io/twilio-sip/twilio"

// sid returns a SID that ends with a number.
func sid(prefix string, n int) string { return fmt.Sprintf("%s%032d", prefix, n) }

// expand replaces AL1, SD2, and so on with complete SIDs.
func expand(text string) string {
	for _, prefix := range []string{"AC", "AL", "IP", "CL", "CR", "SD", "TK", "OU"} {
		for n := range 10 {
			text = strings.ReplaceAll(text, fmt.Sprintf("%s%d", prefix, n), sid(prefix, n))
		}
	}
	return text
}

// shorten does the opposite of expand.
func shorten(text string) string {
	return strings.ReplaceAll(text, strings.Repeat("0", 31), "")
}

// resource returns a resource of a state. instances are attributes, or complete instances if they begin with "+".
func resource(mode, provider, typeName string, instances ...string) string {
	for i, attributes := range instances {
		if whole, ok := strings.CutPrefix(attributes, "+"); ok {
			instances[i] = whole
		} else {
			instances[i] = `{"schema_version": 0, "attributes": {` + attributes + `}}`
		}
	}
	return fmt.Sprintf(`{"mode": %q, "type": %q, "name": "x", "provider": "provider[\"%s\"]", "instances": [%s]}`,
		mode, typeName, provider, strings.Join(instances, ", "))
}

func managed(typeName string, instances ...string) string {
	return resource("managed", ownProvider, typeName, instances...)
}

func data(typeName string, instances ...string) string {
	return resource("data", ownProvider, typeName, instances...)
}

func state(resources ...string) []byte {
	return []byte(expand(`{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [` + strings.Join(resources, ", ") + `]}`))
}

// private returns the private state of a list.
func private(content string) string {
	encode := base64.StdEncoding.EncodeToString
	return encode([]byte(`{"ip_addresses":"` + encode([]byte(expand(content))) + `"}`))
}

// read reads a state. It returns one line for each object, with shortened SIDs, and the notes.
func read(t *testing.T, options tfstate.Options, resources ...string) (lines, notes []string) {
	t.Helper()
	if options.DefaultAccountSID == "" {
		options.DefaultAccountSID = sid("AC", 9)
	}
	contents, err := tfstate.Read(state(resources...), options)
	if err != nil {
		t.Fatal(err)
	}
	for _, note := range contents.Notes {
		notes = append(notes, shorten(note))
	}
	for _, account := range contents.Accounts {
		lines = append(lines, strings.TrimSpace("account "+account.SID+" "+account.ParentAccountSID))
		for _, collection := range [][]snapshot.Object{account.IPAccessControlLists, account.CredentialLists, account.Domains, account.Trunks} {
			lines = describe(lines, " ", collection)
		}
	}
	// The mock has to accept all objects.
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	if err := server.Load(contents.Accounts); err != nil {
		t.Errorf("the mock refuses it: %v", err)
	}
	for i := range lines {
		lines[i] = shorten(lines[i])
	}
	return lines, notes
}

func describe(lines []string, indent string, objects []snapshot.Object) []string {
	for _, o := range objects {
		fields, below := snapshot.Object{}, map[string][]snapshot.Object{}
		for name, value := range o {
			if children, ok := value.([]snapshot.Object); ok {
				below[name] = children
			} else if name != "sid" {
				fields[name] = value
			}
		}
		var text bytes.Buffer
		encoder := json.NewEncoder(&text)
		encoder.SetEscapeHTML(false)
		if err := encoder.Encode(fields); err != nil {
			panic(err)
		}
		lines = append(lines, fmt.Sprintf("%s%v %s", indent, o["sid"], strings.ReplaceAll(strings.TrimSpace(text.String()), `"`, "")))
		for _, name := range []string{
			"ip_addresses", "credentials", "ip_access_control_list_mappings", "credential_list_mappings", "registration_credential_list_mappings",
			"ip_access_control_lists", "credential_lists", "origination_urls",
		} {
			if len(below[name]) > 0 {
				lines = describe(append(lines, indent+" "+name), indent+"  ", below[name])
			}
		}
	}
	return lines
}

func expectLines(t *testing.T, label string, got []string, want string) {
	t.Helper()
	if all := strings.Join(got, "\n"); all != strings.Trim(want, "\n") {
		t.Errorf("%s:\n%s\nwant\n%s", label, all, strings.Trim(want, "\n"))
	}
}

const listOne = `"account_sid": "AC1", "sid": "AL1", "id": "AL1", "friendly_name": "Office", "date_created": "2019-03-01T12:00:00Z", "date_updated": "2020-03-01T12:00:00Z", "uri": "/x"`

func TestManagedResources(t *testing.T) {
	t.Parallel()
	lines, notes := read(t, tfstate.Options{},
		managed("twilio_sip_ip_access_control_list",
			`+{"attributes": {`+listOne+`, "ip_addresses": {"203.0.113.7/24": "Block", "198.51.100.7": "Address", "198.51.100.7/32 (IP3)": "Again"}},
			"private": "`+private(`{"blocks": {"IP1": "203.0.113.7/24", "IP2": "198.51.100.7", "IP3": "198.51.100.7/32"}}`)+`"}`,
			`+{"deposed": "01234567", "attributes": {"account_sid": "AC1", "sid": "AL3", "friendly_name": "Old", "ip_addresses": null}}`,
			`+{"index_key": "a", "status": "tainted", "attributes": {"account_sid": "AC1", "sid": "AL2", "friendly_name": "Branches", "ip_addresses": null, "date_created": null}}`),
		`{"module": "module.a[\"x\"].module.b", "mode": "managed", "type": "twilio_sip_ip_address", "provider": "module.a.provider[\"example.com/twilio-sip/twilio\"].north", "instances": [
			{"index_key": 0, "attributes": {"account_sid": "AC1", "sid": "IP4", "ip_access_control_list_sid": "AL2", "friendly_name": "B4", "ip_address": "192.0.2.4", "cidr_prefix_length": 32, "date_created": "2019-03-03T12:00:00Z"}},
			{"index_key": 1, "attributes": {"account_sid": "AC1", "sid": "IP5", "ip_access_control_list_sid": "AL2", "friendly_name": "B5", "ip_address": "192.0.2.5", "cidr_length_prefix": 31, "date_created": "2019-03-02T12:00:00Z"}}]}`,
		managed("twilio_sip_domain_ip_access_control_list_mapping", `"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sid": "AL1", "sid": "AL1", "friendly_name": "Office", "date_created": "2019-03-01T12:00:00Z"`),
		managed("twilio_sip_trunking_ip_access_control_lists_exclusive", `"account_sid": "AC1", "trunk_sid": "TK1", "ip_access_control_list_sids": ["AL1", "AL2"]`),
		data("twilio_sip_domain", `"account_sid": "AC1", "sid": "SD1", "domain_name": "a.sip.twilio.com", "friendly_name": "A", "secure": true, "voice_url": "https://example.com", "auth_type": "", "ip_access_control_list_sids": []`),
		data("twilio_sip_trunking_trunk", `"account_sid": "AC1", "sid": "TK1", "domain_name": null, "friendly_name": "Main", "secure": false, "auth_type": "", "ip_access_control_list_sids": ["AL9"]`),
	)
	expectLines(t, "objects", lines, `
account AC1
 AL1 {date_created:2019-03-01T12:00:00Z,date_updated:2020-03-01T12:00:00Z,friendly_name:Office}
  ip_addresses
   IP1 {cidr_prefix_length:24,friendly_name:Block,ip_address:203.0.113.7}
   IP2 {cidr_prefix_length:32,friendly_name:Address,ip_address:198.51.100.7}
   IP3 {cidr_prefix_length:32,friendly_name:Again,ip_address:198.51.100.7}
 AL2 {friendly_name:Branches}
  ip_addresses
   IP5 {cidr_prefix_length:31,date_created:2019-03-02T12:00:00Z,friendly_name:B5,ip_address:192.0.2.5}
   IP4 {cidr_prefix_length:32,date_created:2019-03-03T12:00:00Z,friendly_name:B4,ip_address:192.0.2.4}
 AL3 {friendly_name:Old}
 SD1 {domain_name:a.sip.twilio.com,friendly_name:A,secure:true,voice_url:https://example.com}
  ip_access_control_list_mappings
   AL1 {date_created:2019-03-01T12:00:00Z}
 TK1 {friendly_name:Main,secure:false}
  ip_access_control_lists
   AL1 {}
   AL2 {}`)
	expectLines(t, "notes", notes, "")
}

func TestEntries(t *testing.T) {
	t.Parallel()
	list := func(entries, privateState string) string {
		return managed("twilio_sip_ip_access_control_list", `+{"attributes": {"account_sid": "AC1", "sid": "AL1", "friendly_name": "Office", "ip_addresses": `+entries+`}, "private": `+privateState+`}`)
	}
	observed := data("twilio_sip_ip_addresses", `"account_sid": "AC1", "ip_access_control_list_sid": "AL1", "ip_addresses": [
		{"sid": "IP2", "friendly_name": "Second", "ip_address": "192.0.2.2", "cidr_prefix_length": 32, "ip_access_control_list_sid": "AL1", "date_created": "2019-03-01T12:00:00Z"},
		{"sid": "IP1", "friendly_name": "First", "ip_address": "192.0.2.1", "cidr_prefix_length": 32, "ip_access_control_list_sid": "AL1"}]`)
	const invented = "The state does not have the SIDs of all entries of these lists, so the missing SIDs are invented: AL1."
	for name, test := range map[string]struct {
		resources   []string
		want, notes string
	}{
		"without private state": {[]string{list(`{"192.0.2.1": "First", "198.51.100.0/24": "New"}`, "null")}, `
   <nil> {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}
   <nil> {cidr_prefix_length:24,friendly_name:New,ip_address:198.51.100.0}`, invented},
		"private state of another provider": {[]string{list(`{"192.0.2.1": "First"}`, `"eyJzY2hlbWFfdmVyc2lvbiI6IjAiLCJhIjp7ImIiOjF9fQ=="`)}, `
   <nil> {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}`, invented},
		"SIDs from a data source, which is out of date": {[]string{list(`{"192.0.2.1": "Renamed"}`, "null"), observed}, `
   IP1 {cidr_prefix_length:32,friendly_name:Renamed,ip_address:192.0.2.1}`, ""},
		"the order of a data source": {[]string{list(`{"192.0.2.1": "First", "192.0.2.2/32": "Second"}`, `"`+private(`{"blocks": {"IP1": "192.0.2.1", "IP2": "192.0.2.2"}}`)+`"`), observed}, `
   IP2 {cidr_prefix_length:32,date_created:2019-03-01T12:00:00Z,friendly_name:Second,ip_address:192.0.2.2}
   IP1 {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}`, ""},
		"an import that is not decided": {[]string{list(`{"192.0.2.1": "First"}`, `"`+private(`{"undecided": true, "blocks": {"IP1": "192.0.2.1"}}`)+`"`), observed}, `
   IP2 {cidr_prefix_length:32,date_created:2019-03-01T12:00:00Z,friendly_name:Second,ip_address:192.0.2.2}
   IP1 {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}`, ""},
		"a list whose entries something else manages": {[]string{list("null", "null")}, "", `The state does not have the entries of these lists, so the lists are empty: AL1 "Office".`},
		"a map that was given up": {[]string{list("null", `"`+private(`{"blocks": {"IP1": "192.0.2.1"}, "names": {"IP1": "First"}}`)+`"`)}, `
   IP1 {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}`, ""},
		"a data source with duplicates": {[]string{data("twilio_sip_ip_access_control_list", `"account_sid": "AC1", "sid": "AL1", "friendly_name": "Office", "ip_addresses": {"192.0.2.1": "First"},
		 	"duplicate_ip_addresses": [{"cidr_block": "192.0.2.1/32", "friendly_name": "Again", "sid": "IP7"}]`)}, `
   <nil> {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}
   IP7 {cidr_prefix_length:32,friendly_name:Again,ip_address:192.0.2.1}`, invented},
		"a data source with duplicates of which another one has the SIDs": {[]string{data("twilio_sip_ip_access_control_list", `"account_sid": "AC1", "sid": "AL1", "friendly_name": "Office", "ip_addresses": {"192.0.2.1": "First", "192.0.2.2": "Second"},
		 	"duplicate_ip_addresses": [{"cidr_block": "192.0.2.2/32", "friendly_name": "Again", "sid": "IP7"}]`), observed}, `
   IP2 {cidr_prefix_length:32,date_created:2019-03-01T12:00:00Z,friendly_name:Second,ip_address:192.0.2.2}
   IP1 {cidr_prefix_length:32,friendly_name:First,ip_address:192.0.2.1}
   IP7 {cidr_prefix_length:32,friendly_name:Again,ip_address:192.0.2.2}`, ""},
		"effective access": {[]string{data("twilio_sip_effective_access", `"account_sid": "AC1", "domain_sid": "SD1", "trunk_sid": null, "auth_type": "IP_ACL", "cidr_blocks": ["192.0.2.0/31"], "credential_list_sids": [], "ip_access_control_list_sids": ["AL1"],
		    "entries": [{"cidr_block": "192.0.2.1/32", "friendly_name": "B", "ip_access_control_list_friendly_name": "Office", "ip_access_control_list_sid": "AL1", "sid": "IP2"},
		    {"cidr_block": "192.0.2.0/32", "friendly_name": "A", "ip_access_control_list_friendly_name": "Office", "ip_access_control_list_sid": "AL1", "sid": "IP1"}]`)}, `
   IP2 {cidr_prefix_length:32,friendly_name:B,ip_address:192.0.2.1}
   IP1 {cidr_prefix_length:32,friendly_name:A,ip_address:192.0.2.0}`, "The state has only the SIDs of these domains, so they have invented names and Twilio's default settings: SD1."},
		"an access report": {[]string{data("twilio_sip_access_report", `"account_sid": "AC1", "trunks": null, "unattached_ip_access_control_list_sids": null, "domains": [
			{"sid": "SD1", "domain_name": "a.sip.twilio.com", "friendly_name": "A", "auth_type": "IP_ACL", "address_count": 9, "cidr_blocks": ["0.0.0.0/0"], "credential_list_sids": [], "ip_access_control_list_sids": ["AL1"]}]`)}, `
   <nil> {cidr_prefix_length:1,friendly_name:0.0.0.0/1,ip_address:0.0.0.0}
   <nil> {cidr_prefix_length:1,friendly_name:128.0.0.0/1,ip_address:128.0.0.0}`, `
The state does not have the entries of these lists, so entries are invented to match the access that the state shows for their domains and trunks: AL1.
The state does not have the names of these lists, so each is named after its SID: AL1.`},
	} {
		lines, notes := read(t, tfstate.Options{}, test.resources...)
		at := slices.Index(lines, "  ip_addresses")
		lines = slices.DeleteFunc(lines[at+1:], func(line string) bool { return !strings.HasPrefix(line, "   ") || strings.HasPrefix(line, "   AL") })
		expectLines(t, name, lines, test.want)
		expectLines(t, name+", notes", notes, test.notes)
	}
}

func TestExclusiveWinsOverDataSources(t *testing.T) {
	t.Parallel()
	lines, _ := read(t, tfstate.Options{},
		data("twilio_sip_domain_ip_access_control_list_mappings", `"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_mappings": [
			{"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sid": "AL3", "sid": "AL3", "friendly_name": "Gone"},
			{"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sid": "AL2", "sid": "AL2", "friendly_name": "Two"},
			{"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sid": "AL1", "sid": "AL1", "friendly_name": "One"}]`),
		managed("twilio_sip_domain_ip_access_control_list_mappings_exclusive", `"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sids": ["AL1", "AL2"]`))
	expectLines(t, "objects", lines, `
account AC1
 AL1 {friendly_name:One}
 AL2 {friendly_name:Two}
 SD1 {domain_name:sd1.sip.twilio.com}
  ip_access_control_list_mappings
   AL2 {}
   AL1 {}`)
}

// TestAttachmentsThatDataSourcesSaw: an apply may have removed attachments after data sources read them.
func TestAttachmentsThatDataSourcesSaw(t *testing.T) {
	t.Parallel()
	list := func(n string) string {
		return managed("twilio_sip_ip_access_control_list", `"account_sid": "AC1", "sid": "`+n+`", "friendly_name": "x", "ip_addresses": {}`)
	}
	_, notes := read(t, tfstate.Options{}, list("AL1"), list("AL2"),
		managed("twilio_sip_domain_ip_access_control_list_mapping", `"account_sid": "AC1", "domain_sid": "SD1", "ip_access_control_list_sid": "AL1", "sid": "AL1"`),
		data("twilio_sip_domain", `"account_sid": "AC1", "sid": "SD1", "domain_name": "a.sip.twilio.com", "ip_access_control_list_sids": ["AL1", "AL2", "AL3"]`),
		data("twilio_sip_ip_access_control_list", `"account_sid": "AC1", "sid": "AL3", "friendly_name": "x", "ip_addresses": {}`))
	expectLines(t, "notes", notes, "Only data sources show that these lists are attached. If the last apply detached them, refresh the state and load it again: AL2 to SD1.")
}

func TestFillIn(t *testing.T) {
	t.Parallel()
	lines, notes := read(t, tfstate.Options{},
		data("twilio_sip_domain", `"account_sid": "AC1", "sid": "SD1", "domain_name": "a.sip.twilio.com", "auth_type": "IP_ACL,CREDENTIAL_LIST", "ip_access_control_list_sids": ["AL2", "AL1"]`),
		data("twilio_sip_trunking_ip_access_control_list", `"account_sid": "AC1", "trunk_sid": "TK1", "ip_access_control_list_sid": "AL1", "sid": "AL1", "friendly_name": "Carriers"`),
		data("twilio_sip_access_report", `"account_sid": "AC1", "domains": [], "unattached_ip_access_control_list_sids": ["AL3", "AL4", "AL5", "AL6", "AL7", "AL8"], "trunks": [
			{"sid": "TK2", "domain_name": "t.pstn.twilio.com", "friendly_name": null, "auth_type": "CREDENTIAL_LIST", "address_count": 0, "cidr_blocks": [], "credential_list_sids": ["CL1"], "ip_access_control_list_sids": []}]`))
	lines = slices.DeleteFunc(lines, func(line string) bool { return strings.HasPrefix(line, " AL") && line >= " AL4" })
	const invented = "CL1c7276855612d829ee23f88dde1f09a3"
	expectLines(t, "objects", lines, `
account AC1
 AL3 {friendly_name:AL3}
 AL2 {friendly_name:AL2}
 AL1 {friendly_name:Carriers}
 CL1 {friendly_name:CL1}
 `+invented+` {friendly_name:Credentials of SD1}
 SD1 {domain_name:a.sip.twilio.com}
  ip_access_control_list_mappings
   AL2 {}
   AL1 {}
  credential_list_mappings
   `+invented+` {}
 TK2 {domain_name:t.pstn.twilio.com}
  credential_lists
   CL1 {}
 TK1 {}
  ip_access_control_lists
   AL1 {}`)
	expectLines(t, "notes", notes, `
The state does not have the credential lists of these domains and trunks, so each has an invented one: SD1 "a.sip.twilio.com".
The state does not have the names of these lists, so each is named after its SID: AL3, AL4, AL5, AL6, AL7, and 3 more.
The state does not have the entries of these lists, so the lists are empty: AL3 "AL3", AL4 "AL4", AL5 "AL5", AL6 "AL6", AL7 "AL7", and 3 more.
The state has only the SIDs of these trunks, so they have no names and Twilio's default settings: TK1.`)
}

func TestOtherTwilioProviders(t *testing.T) {
	t.Parallel()
	rjpearson94 := func(typeName string, instances ...string) string {
		return resource("managed", "registry.terraform.io/rjpearson94/twilio", typeName, instances...)
	}
	twilio := func(typeName string, instances ...string) string {
		return resource("managed", "registry.terraform.io/twilio/twilio", typeName, instances...)
	}
	lines, notes := read(t, tfstate.Options{},
		rjpearson94("twilio_sip_domain", `"account_sid": "AC1", "sid": "SD1", "id": "SD1", "domain_name": "a.sip.twilio.com", "friendly_name": "", "secure": true, "byoc_trunk_sid": "",
			"voice": [{"url": "https://example.com", "method": "GET", "fallback_url": "", "fallback_method": "POST", "status_callback_url": "", "status_callback_method": "POST"}],
			"emergency": [{"calling_enabled": false, "caller_sid": ""}], "auth_type": "", "sip_registration": true, "date_created": "2019-03-01T12:00:00Z"`),
		rjpearson94("twilio_sip_credential_list", `"account_sid": "AC1", "sid": "CL1", "friendly_name": "Users"`),
		rjpearson94("twilio_sip_credential", `"account_sid": "AC1", "sid": "CR1", "credential_list_sid": "CL1", "username": "alice", "password": "secret"`),
		rjpearson94("twilio_sip_domain_credential_list_mapping", `"account_sid": "AC1", "domain_sid": "SD1", "credential_list_sid": "CL1", "sid": "CL1"`),
		rjpearson94("twilio_sip_domain_registration_credential_list_mapping", `"account_sid": "AC1", "domain_sid": "SD1", "credential_list_sid": "CL1", "sid": "CL1"`),
		rjpearson94("twilio_sip_trunking_trunk", `"account_sid": "AC1", "sid": "TK1", "friendly_name": "Main", "domain_name": "", "cnam_lookup_enabled": true, "transfer_mode": "sip-only",
			"recording": [{"mode": "record-from-answer", "trim": "trim-silence"}], "disaster_recovery_method": "", "auth_type_set": []`),
		rjpearson94("twilio_sip_trunking_origination_url", `"account_sid": "AC1", "trunk_sid": "TK1", "sid": "OU1", "friendly_name": "URL", "sip_url": "sip:example.com", "enabled": true, "priority": 1, "weight": 2`),
		rjpearson94("twilio_chat_service", `"sid": "IS1"`),
		twilio("twilio_api_accounts_sip_domains", `"path_account_sid": "AC1", "sid": "SD2", "id": "SD2", "domain_name": "b.sip.twilio.com", "voice_url": "https://example.com"`),
		twilio("twilio_api_accounts_sip_domains_auth_calls_ip_access_control_list_mappings", `"path_account_sid": null, "id": "SD2/AL1", "domain_sid": "SD2", "ip_access_control_list_sid": "AL1", "sid": "AL1"`),
		twilio("twilio_trunking_trunks_ip_access_control_lists_v1", `"id": "TK1/AL1"`),
	)
	expectLines(t, "objects", lines, `
account AC1
 AL1 {friendly_name:AL1}
 CL1 {friendly_name:Users}
  credentials
   CR1 {username:alice}
 SD1 {date_created:2019-03-01T12:00:00Z,domain_name:a.sip.twilio.com,emergency_calling_enabled:false,secure:true,sip_registration:true,voice_fallback_method:POST,voice_method:GET,voice_status_callback_method:POST,voice_url:https://example.com}
  credential_list_mappings
   CL1 {}
  registration_credential_list_mappings
   CL1 {}
 SD2 {domain_name:b.sip.twilio.com,voice_url:https://example.com}
  ip_access_control_list_mappings
   AL1 {}
 TK1 {cnam_lookup_enabled:true,friendly_name:Main,recording:{mode:record-from-answer,trim:trim-silence},transfer_mode:sip-only}
  ip_access_control_lists
   AL1 {}
  origination_urls
   OU1 {enabled:true,friendly_name:URL,priority:1,sip_url:sip:example.com,weight:2}`)
	expectLines(t, "notes", notes, `
The state does not have the names of these lists, so each is named after its SID: AL1.
The state does not have the entries of these lists, so the lists are empty: AL1 "AL1".
The mock does not serve objects of these types, so they are not loaded: twilio_chat_service.`)
	contents, err := tfstate.Read(state(managed("twilio_sip_ip_access_control_list", listOne), rjpearson94("twilio_sip_domain", `"sid": "SD1"`),
		resource("data", "registry.terraform.io/hashicorp/aws", "aws_ami", `"id": "x"`), resource("managed", "registry.terraform.io/hashicorp/random", "random_id", `"id": "x"`),
		resource("managed", "terraform.io/builtin/terraform", "terraform_data", `"id": "x"`), resource("managed", "registry.terraform.io/hashicorp/aws", "aws_instance", `"id": "x"`)), tfstate.Options{})
	if want := []string{"registry.terraform.io/hashicorp/aws", "registry.terraform.io/rjpearson94/twilio"}; err != nil || !slices.Equal(contents.OtherProviders, want) {
		t.Errorf("other providers %v, %v", contents.OtherProviders, err)
	}
}

func TestAccounts(t *testing.T) {
	t.Parallel()
	list := func(account, list string) string {
		return managed("twilio_sip_ip_access_control_list", fmt.Sprintf(`"account_sid": %q, "sid": %q, "friendly_name": "x", "ip_addresses": {}`, account, list))
	}
	trunk := data("twilio_sip_trunking_trunk", `"account_sid": "AC2", "sid": "TK1", "friendly_name": "x"`)
	unknown := managed("twilio_sip_ip_access_control_list", `"account_sid": null, "sid": "AL9", "friendly_name": "x", "ip_addresses": {}`)
	several := "The state does not say which account is the parent account. The mock uses %s %s. To choose another account, use --account-sid. Subaccounts: %s."
	const nothing = "The state has no Twilio objects, so none are loaded. If they are in another state, load that one."
	const guessed = "The state does not say which account some objects belong to. The mock puts them in %s. To choose another account, use --account-sid."
	for name, test := range map[string]struct {
		options   tfstate.Options
		resources []string
		accounts  string
		notes     []string
	}{
		"one":                   {tfstate.Options{}, []string{list("AC1", "AL1")}, "AC1", nil},
		"one, environment":      {tfstate.Options{EnvironmentAccountSID: sid("AC", 5)}, []string{list("AC1", "AL1")}, "AC5, AC1 AC5", []string{fmt.Sprintf(several, "AC5", "because TWILIO_ACCOUNT_SID names it", "AC1")}},
		"flag":                  {tfstate.Options{AccountSID: sid("AC", 5), EnvironmentAccountSID: sid("AC", 1)}, []string{list("AC1", "AL1")}, "AC5, AC1 AC5", []string{fmt.Sprintf(several, "AC5", "because --account-sid names it", "AC1")}},
		"environment":           {tfstate.Options{EnvironmentAccountSID: sid("AC", 3)}, []string{list("AC1", "AL1"), list("AC1", "AL2"), list("AC3", "AL3"), trunk}, "AC3, AC1 AC3, AC2 AC3", []string{fmt.Sprintf(several, "AC3", "because TWILIO_ACCOUNT_SID names it", "AC1, AC2")}},
		"trunks":                {tfstate.Options{}, []string{list("AC1", "AL1"), list("AC1", "AL2"), trunk}, "AC2, AC1 AC2", []string{fmt.Sprintf(several, "AC2", "because it has trunks", "AC1")}},
		"trunks, environment":   {tfstate.Options{EnvironmentAccountSID: sid("AC", 5)}, []string{list("AC1", "AL1"), trunk}, "AC2, AC1 AC2", []string{fmt.Sprintf(several, "AC2", "because it has trunks", "AC1")}},
		"most":                  {tfstate.Options{}, []string{list("AC1", "AL1"), list("AC2", "AL2"), list("AC2", "AL3")}, "AC2, AC1 AC2", []string{fmt.Sprintf(several, "AC2", "because it has the most objects", "AC1")}},
		"none":                  {tfstate.Options{}, []string{unknown}, "AC9", []string{fmt.Sprintf(guessed, "AC9")}},
		"empty":                 {tfstate.Options{}, nil, "AC9", []string{nothing}},
		"empty, environment":    {tfstate.Options{EnvironmentAccountSID: sid("AC", 5)}, nil, "AC5", []string{nothing}},
		"other providers":       {tfstate.Options{}, []string{resource("managed", "registry.terraform.io/hashicorp/random", "twilio_sip_ip_access_control_list", listOne)}, "AC9", []string{nothing}},
		"none, environment":     {tfstate.Options{EnvironmentAccountSID: sid("AC", 5)}, []string{unknown}, "AC5", []string{fmt.Sprintf(guessed, "AC5")}},
		"none, bad environment": {tfstate.Options{EnvironmentAccountSID: "x"}, []string{unknown}, "AC9", []string{fmt.Sprintf(guessed, "AC9")}},
		"some":                  {tfstate.Options{EnvironmentAccountSID: sid("AC", 5)}, []string{unknown, list("AC1", "AL1")}, "AC5, AC1 AC5", []string{fmt.Sprintf(guessed, "AC5"), fmt.Sprintf(several, "AC5", "because TWILIO_ACCOUNT_SID names it", "AC1")}},
		"of what refers to it": {tfstate.Options{}, []string{
			managed("twilio_sip_ip_access_control_list", `"sid": "AL1", "friendly_name": "x", "ip_addresses": {}`), managed("twilio_sip_domain_ip_access_control_list_mapping", `"domain_sid": "SD1", "sid": "AL1"`),
			data("twilio_sip_domain", `"sid": "SD1", "domain_name": "a.sip.twilio.com", "uri": "/2010-04-01/Accounts/AC3/SIP/Domains/SD1.json"`),
		}, "AC3", nil},
	} {
		lines, notes := read(t, test.options, test.resources...)
		var accounts []string
		for _, line := range lines {
			if account, ok := strings.CutPrefix(line, "account "); ok {
				accounts = append(accounts, account)
			}
		}
		if got := strings.Join(accounts, ", "); got != test.accounts {
			t.Errorf("%s: accounts %s, want %s", name, got, test.accounts)
		}
		expectLines(t, name, notes, strings.Join(test.notes, "\n"))
	}
}

func TestErrors(t *testing.T) {
	t.Parallel()
	for content, problem := range map[string]string{
		"":   "the file is empty",
		"[]": "not a Terraform state",
		"{":  "not a Terraform state",
		"{}": "it has no version",
		`{"version": 3, "terraform_version": "0.11.14", "modules": []}`: "the state has version 3",
		`{"version": 5}`: "the state has version 5",
		`{"serial": 1, "lineage": "x", "meta": {}, "encrypted_data": "e30="}`: "the state is encrypted",
		`{"format_version": "1.0", "terraform_version": "1.11.4"}`:            "the output of `terraform show -json`",
	} {
		if _, err := tfstate.Read([]byte(content), tfstate.Options{}); err == nil || !strings.Contains(err.Error(), problem) {
			t.Errorf("%s: %v, want %s", content, err, problem)
		}
	}
	for content, want := range map[string]bool{
		"": false, "[]": false, "{}": false, `{"format": "mocktwilio", "version": 1}`: false, `{"version": 4}`: false,
		string(state()): true, `{"encrypted_data": "x"}`: true, `{"format_version": "1.0"}`: true, `{"version": 3, "terraform_version": "0.11.14"}`: true,
	} {
		if tfstate.IsState([]byte(content)) != want {
			t.Errorf("%s: want %v", content, want)
		}
	}
}

// TestEveryField compares the kinds with those of the mock: everything that a mock saves can also be read from a state.
func TestEveryField(t *testing.T) {
	t.Parallel()
	const dates = `"date_created": "2019-03-01T12:00:00Z", "date_updated": "2020-03-01T12:00:00Z"`
	attached := func(key, list string) string { return fmt.Sprintf(`%q: [{"sid": %q, %s}]`, key, list, dates) }
	file := fmt.Sprintf(`{"format": "mocktwilio", "version": 1, "accounts": [{"sid": "AC1",
		"ip_access_control_lists": [{"sid": "AL1", "friendly_name": "Office", DATES,
			"ip_addresses": [{"sid": "IP1", "friendly_name": "London", "ip_address": "203.0.113.7", "cidr_prefix_length": 24, DATES}]}],
		"credential_lists": [{"sid": "CL1", "friendly_name": "Phones", DATES, "credentials": [{"sid": "CR1", "username": "anna", DATES}]}],
		"domains": [{"sid": "SD1", "domain_name": "a.sip.twilio.com", "friendly_name": "A", "voice_url": "https://example.com/1", "voice_method": "GET",
			"voice_fallback_url": "https://example.com/2", "voice_fallback_method": "GET", "voice_status_callback_url": "https://example.com/3",
			"voice_status_callback_method": "GET", "sip_registration": true, "emergency_calling_enabled": true, "secure": true,
			"byoc_trunk_sid": "BY11111111111111111111111111111111", "emergency_caller_sid": "PN11111111111111111111111111111111", DATES, %s, %s, %s}],
		"trunks": [{"sid": "TK1", "friendly_name": "Main", "domain_name": "a.pstn.twilio.com", "disaster_recovery_url": "https://example.com/4",
			"disaster_recovery_method": "GET", "transfer_mode": "sip-only", "transfer_caller_id": "from-transferor", "secure": true, "cnam_lookup_enabled": true,
			"recording": {"mode": "record-from-answer", "trim": "trim-silence"}, DATES, %s, %s,
			"origination_urls": [{"sid": "OU1", "friendly_name": "PBX", "sip_url": "sip:a@example.com", "priority": 1, "weight": 2, "enabled": true, DATES}]}]}]}`,
		attached("ip_access_control_list_mappings", "AL1"), attached("credential_list_mappings", "CL1"), attached("registration_credential_list_mappings", "CL1"),
		attached("ip_access_control_lists", "AL1"), attached("credential_lists", "CL1"))
	accounts, err := snapshot.Decode([]byte(expand(strings.ReplaceAll(file, "DATES", dates))))
	if err != nil {
		t.Fatal(err)
	}
	want := reload(t, accounts)
	var resources []string
	for key, objects := range map[string][]snapshot.Object{
		"ip_access_control_lists": want.IPAccessControlLists, "credential_lists": want.CredentialLists, "domains": want.Domains, "trunks": want.Trunks,
	} {
		resources = append(resources, resourcesOf(t, "account_sid", want.SID, "", key, objects)...)
	}
	if len(resources) != 12 {
		t.Errorf("%d resources", len(resources))
	}
	contents, err := tfstate.Read(state(resources...), tfstate.Options{})
	if err != nil || len(contents.Notes) > 0 {
		t.Fatal(err, contents.Notes)
	}
	got := reload(t, contents.Accounts)
	want.AuthToken, got.AuthToken = "", ""
	encode := func(account snapshot.Account) string {
		text, err := json.MarshalIndent(account, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		return string(text)
	}
	if encode(got) != encode(want) {
		t.Errorf("from the state:\n%s\nwant\n%s", encode(got), encode(want))
	}
}

// reload loads an account into a mock and returns what the mock saves.
func reload(t *testing.T, accounts []snapshot.Account) snapshot.Account {
	t.Helper()
	server, err := mocktwilio.Start(mocktwilio.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	if err := server.Load(accounts); err != nil {
		t.Fatal(err)
	}
	return server.Save()[0]
}

// resourcesOf returns a resource for each object in a collection and for the objects that belong to it. above is the collection
// of the parent.
func resourcesOf(t *testing.T, parent, parentSID, above, key string, objects []snapshot.Object) []string {
	t.Helper()
	kind := map[string]struct{ typeName, sid string }{
		"/ip_access_control_lists":                      {"twilio_sip_ip_access_control_list", "ip_access_control_list_sid"},
		"ip_access_control_lists/ip_addresses":          {"twilio_sip_ip_address", ""},
		"/credential_lists":                             {"twilio_sip_credential_list", "credential_list_sid"},
		"credential_lists/credentials":                  {"twilio_sip_credential", ""},
		"/domains":                                      {"twilio_sip_domain", "domain_sid"},
		"domains/ip_access_control_list_mappings":       {"twilio_sip_domain_ip_access_control_list_mapping", ""},
		"domains/credential_list_mappings":              {"twilio_sip_domain_credential_list_mapping", ""},
		"domains/registration_credential_list_mappings": {"twilio_sip_domain_registration_credential_list_mapping", ""},
		"/trunks":                        {"twilio_sip_trunking_trunk", "trunk_sid"},
		"trunks/ip_access_control_lists": {"twilio_sip_trunking_ip_access_control_list", ""},
		"trunks/credential_lists":        {"twilio_sip_trunking_credential_list", ""},
		"trunks/origination_urls":        {"twilio_sip_trunking_origination_url", ""},
	}[above+"/"+key]
	var resources []string
	for _, o := range objects {
		attributes := snapshot.Object{parent: parentSID}
		for name, value := range o {
			if below, ok := value.([]snapshot.Object); ok {
				sid, _ := o["sid"].(string)
				resources = append(resources, resourcesOf(t, kind.sid, sid, key, name, below)...)
			} else {
				attributes[name] = value
			}
		}
		text, err := json.Marshal(attributes)
		if err != nil {
			t.Fatal(err)
		}
		resources = append(resources, managed(kind.typeName, shorten(string(text[1:len(text)-1]))))
	}
	return resources
}
