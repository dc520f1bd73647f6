// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider_test

import (
	"context"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

type markKey struct{}

// TestCallsLeaveNoContextBehind imports, reads, and plans an object of every type. A plan makes four calls for each resource, so
// everything that the context of a call refers to, such as its gRPC stream, must be freed when the call is over.
func TestCallsLeaveNoContextBehind(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	office := acctest.NewOffice(m)
	server, schemas, _ := m.ConfiguredServer()
	list, entry, domain, trunk := office.List.SID, office.London.SID, office.Domain.SID, office.Trunk.SID
	marks := map[string]weak.Pointer[[1024]byte]{}
	call := func(name string) context.Context {
		mark := new([1024]byte)
		marks[name] = weak.Make(mark)
		return context.WithValue(t.Context(), markKey{}, mark)
	}
	for typeName, test := range map[string]struct {
		id     string
		config map[string]any
	}{
		listType:        {list, map[string]any{"friendly_name": "Office"}},
		entryType:       {list + "/" + entry, map[string]any{"ip_access_control_list_sid": list, "friendly_name": "SBC london", "ip_address": "203.0.113.10"}},
		mappingType:     {domain + "/" + list, map[string]any{"domain_sid": domain, "ip_access_control_list_sid": list}},
		associationType: {trunk + "/" + list, map[string]any{"trunk_sid": trunk, "ip_access_control_list_sid": list}},
	} {
		imported, err := server.ImportResourceState(call("import "+typeName), &tfprotov6.ImportResourceStateRequest{TypeName: typeName, ID: test.id})
		if err != nil || len(imported.Diagnostics) > 0 {
			t.Fatal(err, imported)
		}
		for range 2 { // the second read changes nothing
			read, err := server.ReadResource(call("read "+typeName), &tfprotov6.ReadResourceRequest{
				TypeName: typeName, CurrentState: imported.ImportedResources[0].State,
				Private: imported.ImportedResources[0].Private, CurrentIdentity: imported.ImportedResources[0].Identity,
			})
			if err != nil || len(read.Diagnostics) > 0 {
				t.Fatal(err, read)
			}
			imported.ImportedResources[0].State, imported.ImportedResources[0].Private = read.NewState, read.Private
		}
		state := imported.ImportedResources[0].State
		planned, err := server.PlanResourceChange(call("plan "+typeName), &tfprotov6.PlanResourceChangeRequest{
			TypeName: typeName, Config: acctest.DynamicValue(t, schemas.ResourceSchemas[typeName], test.config),
			PriorState: state, ProposedNewState: state, PriorPrivate: imported.ImportedResources[0].Private,
		})
		if err != nil || len(planned.Diagnostics) > 0 {
			t.Fatal(err, planned)
		}
	}
	runtime.GC()
	for name, mark := range marks {
		if mark.Value() != nil {
			t.Errorf("%s: the context is still in use", name)
		}
	}
	runtime.KeepAlive(server)
}
