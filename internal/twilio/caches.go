// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"errors"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/cache"
)

// snapshotLife is how long a cached collection is used. It is long enough for a large plan.
const snapshotLife = time.Minute

// maxCachedObjects is the maximum number of objects in a cache: the addresses of 200 full lists. An account can have 1,000 full
// lists, but a plan with maps reads each of them only once, and a state cannot hold that many single resources.
const maxCachedObjects = 20_000

// caches are the read caches of one client.
type caches struct {
	lists        *cache.Cache[IPAccessControlList]
	addresses    *cache.Cache[IPAddress]
	mappings     *cache.Cache[Attachment]
	associations *cache.Cache[Attachment]
	domains      *cache.Cache[Domain]
	trunks       *cache.Cache[Trunk]
	// domainCredentials and trunkCredentials have the credential lists of domains and trunks.
	domainCredentials, trunkCredentials *cache.Cache[CredentialList]
	// usageTrunks and usageAssociations serve TrunksUsing, which runs before each delete of a list. Deletes of associations do
	// not invalidate them, so all deletes in a destroy share their requests. They may have associations that were deleted since,
	// but never lack one that this client created.
	usageTrunks       *cache.Cache[Trunk]
	usageAssociations *cache.Cache[Attachment]
}

func newCaches(enabled bool, life time.Duration) caches {
	return caches{
		lists: newCache[IPAccessControlList](enabled, life, false),
		// A list has at most 100 addresses, so reading all of them takes one small page and costs no more than reading one.
		addresses:         newCache[IPAddress](enabled, life, true),
		mappings:          newCache[Attachment](enabled, life, false),
		associations:      newCache[Attachment](enabled, life, false),
		domains:           newCache[Domain](enabled, life, false),
		trunks:            newCache[Trunk](enabled, life, false),
		domainCredentials: newCache[CredentialList](enabled, life, false),
		trunkCredentials:  newCache[CredentialList](enabled, life, false),
		usageTrunks:       newCache[Trunk](enabled, life, false),
		usageAssociations: newCache[Attachment](enabled, life, false),
	}
}

func newCache[T object](enabled bool, life time.Duration, eager bool) *cache.Cache[T] {
	return cache.New(cache.Options[T]{
		Enabled: enabled, Life: life, MaxObjects: maxCachedObjects, Eager: eager,
		SID:     func(item T) string { return item.sid() },
		Refused: refused,
	})
}

// refused reports whether Twilio refused a request, so that a different request may still succeed.
func refused(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && (e.Reason == Forbidden || e.Reason == NotFound || e.Reason == Rejected)
}
