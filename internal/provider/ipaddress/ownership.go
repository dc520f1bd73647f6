// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package ipaddress

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/hashicorp/terraform-plugin-framework/diag"
	"github.com/hashicorp/terraform-plugin-framework/path"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/addressmap"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/operation"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/ownership"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// planOwnership finds other resources that manage the planned entry, and warns if all planned entries of its list together are
// wide.
func (r *managedResource) planOwnership(plan, state model, diags *diag.Diagnostics) {
	block, ok := plan.block()
	list := plan.IPAccessControlListSID.ValueString()
	if r.ConfiguredClient() == nil || !ok || list == "" {
		return
	}
	sid := state.SID.ValueString()
	if sid != "" && (!plan.IPAccessControlListSID.Equal(state.IPAccessControlListSID) || !plan.AccountSID.Equal(state.AccountSID)) {
		// The resource is replaced. Terraform plans its create separately.
		r.planDestroy(state, diags)
		return
	}
	conflict := r.Ownership().PlanAddress(list, block, sid)
	switch {
	case conflict.Mapped:
		diags.AddAttributeError(path.Root("ip_access_control_list_sid"), fmt.Sprintf("IP access control list %s is managed twice", list),
			fmt.Sprintf("This twilio_sip_ip_address resource manages %s in list %s, but a twilio_sip_ip_access_control_list resource manages all entries of that list with ip_addresses. "+
				"Each would undo the other's changes. Move the entry to ip_addresses and remove this resource, or remove ip_addresses.%s", block, list, operation.DestroyAdvice))
	case conflict.Twice:
		note := ""
		if conflict.TwinSID != "" {
			note = fmt.Sprintf(" The other one is %s.", conflict.TwinSID)
		}
		diags.AddAttributeError(path.Root("ip_address"), fmt.Sprintf("Duplicate entry %s in list %s", block, list),
			fmt.Sprintf("Two twilio_sip_ip_address resources manage %s in list %s.%s If you destroyed one of them, the address would still be allowed. Remove one of the resources.%s", block, list, note, operation.DestroyAdvice))
	case conflict.ReleasedSID != "":
		diags.AddAttributeError(path.Root("ip_address"), fmt.Sprintf("%s is already in list %s", block, list),
			alreadyHeld(block.String(), list, conflict.ReleasedSID, "")+
				" The entry stays in the list when ip_addresses no longer manages it.\n\n"+importAdvice(r.ConfiguredClient().Account(plan.AccountSID.ValueString()), list, conflict.ReleasedSID))
	}
	if r.Ownership().ReportWidth(list, attribute.AreWideTogether) {
		attribute.WarnOfTotal(list, path.Root("ip_access_control_list_sid"), diags)
	}
}

func alreadyHeld(block, list, sid, name string) string {
	if name != "" {
		sid += fmt.Sprintf(" (%q)", name)
	}
	return fmt.Sprintf("IP access control list %s already contains %s as %s. The provider does not create a second entry, because the address would still be allowed if one of the two were destroyed.", list, block, sid)
}

func importAdvice(account, list, sid string) string {
	return "To manage the entry with this resource, import it (replace ADDRESS with the resource's address):\n  terraform import ADDRESS " + account + "/" + list + "/" + sid
}

// planDestroy records that an entry is destroyed, and warns if ip_addresses of its list keeps the entry.
func (r *managedResource) planDestroy(state model, diags *diag.Diagnostics) {
	block, ok := state.block()
	list := state.IPAccessControlListSID.ValueString()
	if r.Ownership() == nil || !ok {
		return
	}
	if r.Ownership().PlanAddressDestroyed(list, block, state.SID.ValueString()) {
		diags.AddWarning(fmt.Sprintf("%s in list %s is blocked temporarily during this apply", block, list), addressmap.InterruptionWarning(list, []string{block.String()}))
	}
}

// holder returns the entry of the list that has the block of the plan, ignoring the entry with the SID except.
func holder(ctx context.Context, client *twilio.Client, plan model, except string) (twilio.IPAddress, bool, error) {
	block, _ := plan.block()
	entries, err := client.CurrentIPAddresses(ctx, plan.AccountSID.ValueString(), plan.IPAccessControlListSID.ValueString())
	at := slices.IndexFunc(entries, func(entry twilio.IPAddress) bool {
		other, entryErr := attribute.Entry(entry)
		return entryErr == nil && other.Block.Same(block) && entry.SID != except
	})
	if at < 0 || err != nil {
		return twilio.IPAddress{}, false, err
	}
	return entries[at], true, nil
}

// waitForBlock waits until no other entry of the list has the block of the plan, if this apply is about to delete or change it.
// If there still is such an entry, it returns it.
func (r *managedResource) waitForBlock(ctx context.Context, client *twilio.Client, plan, state model) (twilio.IPAddress, bool, error) {
	except := state.SID.ValueString()
	if plan.CIDRBlock.Equal(state.CIDRBlock) {
		return twilio.IPAddress{}, false, nil
	}
	entry, found, err := holder(ctx, client, plan, except)
	if twilio.IsForbidden(err) || twilio.IsNotFound(err) {
		// Credentials may permit writing without reading. If the list does not exist, the write will report it.
		return entry, false, nil
	}
	if err != nil || !found || r.Ownership().IsCreated(entry.SID) {
		return entry, found, err
	}
	gone := r.Ownership().WaitForDelete(ctx, entry.SID, ownership.WaitForDestroy, func() bool {
		_, still, err := holder(ctx, client, plan, except)
		return !still && err == nil
	})
	return entry, !gone, nil
}

// create creates an entry, unless its list has one with the same block. Terraform does not tell a provider that the same apply
// will destroy or change that entry, so create waits for this to happen. If it does not happen, an entry with the same name is
// assumed to be destroyed later, as with create_before_destroy, and any other entry is an error.
func (r *managedResource) create(ctx context.Context, client *twilio.Client, plan model, op operation.Operation, diags *diag.Diagnostics) (twilio.IPAddress, error) {
	account, list := plan.AccountSID.ValueString(), plan.IPAccessControlListSID.ValueString()
	block, _ := plan.block()
	unlock := r.Ownership().LockBlock(list, block)
	defer unlock()
	held, found, err := r.waitForBlock(ctx, client, plan, model{})
	if err != nil {
		return twilio.IPAddress{}, err
	}
	if found && (held.FriendlyName != plan.FriendlyName.ValueString() || r.Ownership().IsCreated(held.SID)) {
		diags.AddAttributeError(path.Root("ip_address"), fmt.Sprintf("%s is already in list %s", block, list),
			operation.Paragraphs(op.Describe()+" failed: it already exists.", alreadyHeld(block.String(), list, held.SID, held.FriendlyName),
				importAdvice(client.Account(account), list, held.SID)))
		return twilio.IPAddress{}, nil
	}
	address, err := client.CreateIPAddress(ctx, account, list, plan.fields())
	if found && twilio.IsRejected(err) {
		// Twilio may refuse an equal entry. Delete the old entry so that the new one can replace it; the delete of its own
		// resource then finds nothing.
		if err := client.DeleteIPAddress(ctx, account, list, held.SID); err != nil {
			return twilio.IPAddress{}, err
		}
		address, err = client.CreateIPAddress(ctx, account, list, plan.fields())
	}
	if found && address.SID != "" {
		diags.AddWarning(fmt.Sprintf("%s was already in list %s as %s", block, list, held.SID),
			fmt.Sprintf("When this resource created entry %[2]s, the list already contained entry %[1]s with the same block and name. This is expected if the same apply destroys %[1]s, as with create_before_destroy. "+
				"Otherwise, someone else created %[1]s. If the list still contains it, delete it: the address stays allowed as long as either entry exists.", held.SID, address.SID))
	}
	if address.SID != "" {
		r.Ownership().Created(list, block, address.SID)
	}
	return address, err
}

// warnIfHeldTwice warns if the list has another entry with the block of a changed entry.
func warnIfHeldTwice(ctx context.Context, client *twilio.Client, plan model, diags *diag.Diagnostics) {
	if other, found, err := holder(ctx, client, plan, plan.SID.ValueString()); found && err == nil {
		list := plan.IPAccessControlListSID.ValueString()
		diags.AddWarning(fmt.Sprintf("Duplicate entry %s in list %s", plan.CIDRBlock.ValueString(), list),
			fmt.Sprintf("Entry %s of list %s now has the same block as entry %s (%q). The address stays allowed as long as either entry exists. "+
				"If this apply changes or destroys the other entry, you can ignore this warning.", plan.SID.ValueString(), list, other.SID, other.FriendlyName))
	}
}

// warnIfStillCovered warns about other entries of the list that still allow addresses of a destroyed entry.
func warnIfStillCovered(ctx context.Context, client *twilio.Client, state model, diags *diag.Diagnostics) {
	block, ok := state.block()
	list := state.IPAccessControlListSID.ValueString()
	entries, err := client.CurrentIPAddresses(ctx, state.AccountSID.ValueString(), list)
	if err != nil || !ok {
		// The list may have been deleted with its entries.
		return
	}
	var lines []string
	for _, address := range entries {
		if other, err := attribute.Entry(address); err == nil && other.Block.Prefix().Overlaps(block.Prefix()) {
			lines = append(lines, fmt.Sprintf("  %s (%q, %s)", other.Block, other.Name, other.SID))
		}
	}
	if len(lines) > 0 {
		diags.AddWarning(fmt.Sprintf("%s is still allowed by another entry of list %s", block, list),
			fmt.Sprintf("Entry %s was destroyed, but these entries of list %s still allow some or all of its addresses:\n%s\n\n"+
				"To block the addresses, remove these entries as well. If this apply also destroys them, you can ignore this warning.", state.SID.ValueString(), list, strings.Join(lines, "\n")))
	}
}
