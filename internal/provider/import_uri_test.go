// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// TestImportByURI imports each object by the uri or url in Twilio's responses.
func TestImportByURI(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	o := acctest.NewOffice(m)
	c := m.NewCLI(nil)
	const list, entry = "twilio_sip_ip_access_control_list.test", "twilio_sip_ip_address.test"
	const mapping, association = "twilio_sip_domain_ip_access_control_list_mapping.test", "twilio_sip_trunking_ip_access_control_list.test"
	var blocks []string
	for _, address := range []string{list, entry, mapping, association} {
		resourceType, name, _ := strings.Cut(address, ".")
		blocks = append(blocks, "resource \""+resourceType+"\" \""+name+"\" {}")
	}
	c.Write("main.tf", m.RootConfig()+strings.Join(blocks, "\n"))

	sip := "/2010-04-01/Accounts/" + m.AccountSID() + "/SIP"
	listURI := sip + "/IpAccessControlLists/" + o.List.SID
	domainURI := sip + "/Domains/" + o.Domain.SID
	const api = "https://api.twilio.com"
	for _, test := range []struct{ address, id, sid string }{
		{list, listURI + ".json", o.List.SID},
		{list, listURI, o.List.SID},
		{list, api + listURI + ".json", o.List.SID},
		{entry, listURI + "/IpAddresses/" + o.London.SID + ".json", o.London.SID},
		{mapping, domainURI + "/Auth/Calls/IpAccessControlListMappings/" + o.List.SID + ".json", o.List.SID},
		{mapping, api + domainURI + "/IpAccessControlListMappings/" + o.List.SID + ".json", o.List.SID},
		{association, "https://trunking.twilio.com/v1/Trunks/" + o.Trunk.SID + "/IpAccessControlLists/" + o.List.SID, o.List.SID},
	} {
		c.Run("import", test.address, test.id)
		state := c.State()
		if len(state) != 1 || len(state[0].Instances) != 1 || state[0].Instances[0].Attributes["sid"] != test.sid {
			t.Errorf("%s gave %v", test.id, state)
		}
		if uri, ok := state[0].Instances[0].Attributes["uri"].(string); ok && !strings.Contains(test.id, strings.TrimSuffix(uri, ".json")) {
			t.Errorf("the uri is %s", uri)
		}
		c.Run("state", "rm", test.address)
	}
	if got := acctest.Text("does not have a supported format."); !got.MatchString(c.ExpectError("import", list, "https://api.example.com"+listURI+".json")) {
		t.Error("a foreign host was not refused")
	}
}
