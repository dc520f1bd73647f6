// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"context"

	"github.com/hashicorp/terraform-plugin-framework/diag"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// deleteIPAccessControlList deletes a list with its addresses.
func deleteIPAccessControlList(ctx context.Context, client *twilio.Client, list ipAccessControlListModel, limit timeout) diag.Diagnostics {
	var diags diag.Diagnostics
	if err := client.DeleteIPAccessControlList(ctx, list.AccountSID.ValueString(), list.SID.ValueString()); err != nil {
		diags.Append(changingIPAccessControlList("delete", list, limit).failed(ctx, client, err))
	}
	return diags
}
