// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package attachment

import (
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestModelKeepsCaseOfSIDs configures SIDs in upper case, which Twilio returns in lower case. Terraform rejects a result that
// differs from the plan.
func TestModelKeepsCaseOfSIDs(t *testing.T) {
	t.Parallel()
	parent, list := "SD"+strings.Repeat("a", 32), "AL"+strings.Repeat("b", 32)
	upperParent, upperList := strings.ToUpper(parent), strings.ToUpper(list)
	configured := model{ParentSID: types.StringValue(upperParent), ListSID: types.StringValue(upperList)}
	got := configured.withAnswer(twilio.Attachment{ParentSID: parent, ListSID: list, FriendlyName: "Office"})
	for name, value := range map[string]struct {
		got  types.String
		want string
	}{
		"parent": {got.ParentSID, upperParent}, "list": {got.ListSID, upperList}, "SID": {got.SID, upperList},
		"ID": {got.ID, upperParent + "/" + upperList}, "friendly name": {got.FriendlyName, "Office"},
	} {
		if value.got.ValueString() != value.want {
			t.Errorf("%s: %s, not %s", name, value.got, value.want)
		}
	}
}
