// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// spreadAccounts sets the account of objects without one to that of related objects: their parent or their attachments.
func (inv *inventory) spreadAccounts() {
	for changed := true; changed; {
		changed = false
		for _, o := range inv.order {
			for _, related := range inv.related(o) {
				switch {
				case o.account == "" && related.account != "":
					o.account, changed = related.account, true
				case o.account != "" && related.account == "":
					related.account, changed = o.account, true
				}
			}
		}
	}
}

// related returns the objects that are in the same account as an object.
func (inv *inventory) related(o *object) []*object {
	var related []*object
	if o.kind.parent != nil {
		related = append(related, inv.objects[key{o.kind.parent, "", o.parent}])
	}
	if o.kind.attaches != nil {
		related = append(related, inv.objects[key{o.kind.attaches, "", o.sid}])
	}
	return related
}

// chooseParent returns the account that becomes the parent account of all others. Objects whose account is unknown are put into it.
func (inv *inventory) chooseParent(options Options) string {
	objects, trunksIn := map[string]int{}, map[string]int{}
	unknown := 0
	for _, o := range inv.order {
		if o.account == "" {
			unknown++
			continue
		}
		objects[o.account]++
		if o.kind == trunks {
			trunksIn[o.account]++
		}
	}
	byMost := func(counts map[string]int) string {
		sids := slices.SortedFunc(maps.Keys(counts), func(a, b string) int { return cmp.Or(counts[b]-counts[a], strings.Compare(a, b)) })
		return sids[0]
	}
	var parent, because string
	switch {
	case options.AccountSID != "":
		parent, because = options.AccountSID, "because --account-sid names it"
	// The provider uses this account for objects without account_sid, and the state may only have objects of its subaccounts. The
	// account of a trunk depends on the credentials: if the state only has trunks of other accounts, the variable is for
	// something else.
	case validSID("AC", options.EnvironmentAccountSID) && (len(trunksIn) == 0 || objects[options.EnvironmentAccountSID] > 0):
		parent, because = options.EnvironmentAccountSID, "because TWILIO_ACCOUNT_SID names it"
	case len(trunksIn) > 0:
		parent, because = byMost(trunksIn), "because it has trunks"
	case len(objects) > 0:
		parent, because = byMost(objects), "because it has the most objects"
	default:
		parent = options.DefaultAccountSID
	}
	if unknown > 0 {
		for _, o := range inv.order {
			o.account = cmp.Or(o.account, parent)
		}
		inv.note("The state does not say which account some objects belong to. The mock puts them in %s. To choose another account, use --account-sid.", parent)
	}
	delete(objects, parent)
	if len(objects) > 0 {
		inv.note("The state does not say which account is the parent account. The mock uses %s %s. To choose another account, use --account-sid. Subaccounts: %s.",
			parent, because, enumerate(slices.Sorted(maps.Keys(objects))))
	}
	return parent
}

// accounts returns the objects by account, the parent account first.
func (inv *inventory) accounts(parent string) []snapshot.Account {
	sids := []string{parent}
	for _, o := range inv.order {
		if !slices.Contains(sids, o.account) {
			sids = append(sids, o.account)
		}
	}
	slices.Sort(sids[1:])
	children := map[key][]*object{}
	for _, o := range inv.order {
		at := key{o.kind, o.parent, ""}
		if o.kind.parent == nil {
			at.parent = o.account
		}
		children[at] = append(children[at], o)
	}
	var objectsOf func(k *kind, parent string) []snapshot.Object
	objectsOf = func(k *kind, parent string) []snapshot.Object {
		var objects []snapshot.Object
		for _, o := range inv.inOrder(k, children[key{k, parent, ""}]) {
			fields := maps.Clone(o.fields)
			if o.sid != "" {
				fields["sid"] = o.sid
			}
			for _, below := range []*kind{entries, credentials, domainLists, domainCredentialLists, domainRegistrations, trunkLists, trunkCredentialLists, originationURLs} {
				if below.parent != k {
					continue
				}
				if all := objectsOf(below, o.sid); len(all) > 0 {
					fields[below.key] = all
				}
			}
			objects = append(objects, fields)
		}
		return objects
	}
	accounts := make([]snapshot.Account, len(sids))
	for i, sid := range sids {
		accounts[i] = snapshot.Account{
			SID:                  sid,
			IPAccessControlLists: objectsOf(lists, sid),
			CredentialLists:      objectsOf(credentialLists, sid),
			Domains:              objectsOf(domains, sid),
			Trunks:               objectsOf(trunks, sid),
		}
		if i > 0 {
			accounts[i].ParentAccountSID = parent
		}
	}
	return accounts
}
