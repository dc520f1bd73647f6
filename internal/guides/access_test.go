// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"encoding/binary"
	"fmt"
	"maps"
	"net/http"
	"net/netip"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// access is what determines who may call: the attached lists, and the blocks of each list by the entries' SIDs.
type access struct {
	attached map[string]bool
	lists    map[string]map[string]netip.Prefix
}

// readAccess reads the access of a domain or trunk from the mock.
func readAccess(m *acctest.Mock, kind acctest.Attachment, parent string) access {
	a := access{map[string]bool{}, map[string]map[string]netip.Prefix{}}
	for _, list := range m.Lists("") {
		a.lists[list.SID] = map[string]netip.Prefix{}
		for _, entry := range m.Addresses("", list.SID) {
			a.lists[list.SID][entry.SID] = blockOf(fmt.Sprintf("%s/%d", entry.IPAddress, entry.CIDRPrefixLength))
		}
	}
	for _, list := range kind.Lists(m, parent) {
		a.attached[list] = true
	}
	return a
}

func (a access) blocks() []netip.Prefix {
	var blocks []netip.Prefix
	for list := range a.attached {
		blocks = slices.AppendSeq(blocks, maps.Values(a.lists[list]))
	}
	return blocks
}

var (
	entryPath      = regexp.MustCompile(`/(AL[0-9a-f]{32})/IpAddresses(?:/(IP[0-9a-f]{32}))?\.json$`)
	attachmentPath = regexp.MustCompile(`/(Domains|Trunks)/.*/IpAccessControlList(Mapping)?s(/AL[0-9a-f]{32})?(\.json)?$`)
)

// replay applies a request, and reports whether it has changed an attached list or the attachments.
func (a access) replay(r mocktwilio.Request) bool {
	if r.Method == http.MethodGet || !r.Done {
		return false
	}
	if attachmentPath.MatchString(r.Path) {
		if r.Method == http.MethodPost {
			a.attached[r.Form.Get("IpAccessControlListSid")] = true
		} else {
			delete(a.attached, strings.TrimSuffix(path.Base(r.Path), ".json"))
		}
		return true
	}
	match := entryPath.FindStringSubmatch(r.Path)
	if match == nil {
		return false
	}
	list, entry := match[1], match[2]
	if entry == "" {
		entry = r.RequestID
	}
	if a.lists[list] == nil {
		a.lists[list] = map[string]netip.Prefix{}
	}
	switch {
	case r.Method == http.MethodDelete:
		delete(a.lists[list], entry)
	case r.Form.Has("IpAddress"):
		a.lists[list][entry] = blockOf(r.Form.Get("IpAddress") + "/" + r.Form.Get("CidrPrefixLength"))
	}
	return a.attached[list]
}

func blockOf(key string) netip.Prefix {
	if !strings.Contains(key, "/") {
		key += "/32"
	}
	return netip.MustParsePrefix(key).Masked()
}

func blocksOf(allowed map[string]string) []netip.Prefix {
	var blocks []netip.Prefix
	for key := range allowed {
		blocks = append(blocks, blockOf(key))
	}
	return blocks
}

func contains(blocks []netip.Prefix, address netip.Addr) bool {
	return slices.ContainsFunc(blocks, func(b netip.Prefix) bool { return b.Contains(address) })
}

// edges returns the first and last addresses of blocks, and the addresses next to them outside of the blocks.
func edges(sets ...[]netip.Prefix) map[netip.Addr]bool {
	found := map[netip.Addr]bool{}
	for _, block := range slices.Concat(sets...) {
		first := block.Addr()
		bytes := first.As4()
		last := netip.AddrFrom4([4]byte(binary.BigEndian.AppendUint32(nil, binary.BigEndian.Uint32(bytes[:])|uint32(1<<(32-block.Bits())-1))))
		for _, address := range []netip.Addr{first.Prev(), first, last, last.Next()} {
			found[address] = true
		}
	}
	return found
}
