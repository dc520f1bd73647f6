// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package access_test

import (
	"errors"
	"fmt"
	"math/big"
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
	"github.com/hashicorp/terraform-plugin-go/tftypes"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// universe has all addresses that TestBruteForce can allow: 198.51.100.0/26.
var universe = func() (all []netip.Addr) {
	for i := range 64 {
		all = append(all, netip.AddrFrom4([4]byte{198, 51, 100, byte(i)}))
	}
	return all
}()

// TestBruteForce compares the blocks and the number of addresses of domains and trunks, each with three random, overlapping
// lists, with a check of single addresses in the mock's objects.
func TestBruteForce(t *testing.T) {
	t.Parallel()
	m := acctest.StartMock(t)
	server, schemas, _ := m.ConfiguredServer()
	schema := schemas.DataSourceSchemas["twilio_sip_effective_access"]
	random := rand.New(rand.NewPCG(13, 2))
	for round := range 150 {
		domain, trunk := m.CreateDomain("", fmt.Sprintf("domain-%d.sip.twilio.com", round), "").SID, m.CreateTrunk("", "Trunk", "").SID
		for range 3 {
			list := m.CreateList("", "List").SID
			for range random.IntN(6) {
				m.CreateAddress("", list, universe[random.IntN(64)].String(), 26+random.IntN(7), "Entry")
			}
			m.MapList("", domain, list)
			m.AssociateList("", trunk, list)
		}
		want := allowed(m, m.Mappings("", domain))
		for argument, sid := range map[string]string{"domain_sid": domain, "trunk_sid": trunk} {
			read, err := server.ReadDataSource(t.Context(), &tfprotov6.ReadDataSourceRequest{
				TypeName: "twilio_sip_effective_access", Config: acctest.DynamicValue(t, schema, map[string]any{argument: sid}),
			})
			if err != nil || len(read.Diagnostics) > 0 {
				t.Fatal(err, read)
			}
			blocks, count := blocksAndCount(t, read.State, schema)
			if got := addressesOf(blocks); count != int64(len(want)) || !slices.Equal(got, want) {
				t.Fatalf("%s: %d addresses in %v; a count of single addresses gives %d", sid, count, blocks, len(want))
			}
			if fewest := fewestBlocks(netip.MustParsePrefix("198.51.100.0/26"), want); len(blocks) != fewest {
				t.Fatalf("%s: %v are more than the %d blocks that are needed", sid, blocks, fewest)
			}
		}
	}
}

// allowed checks each address of the universe against each entry of each list.
func allowed(m *acctest.Mock, attachments []mocktwilio.Attachment) []netip.Addr {
	var found []netip.Addr
	for _, address := range universe {
		if slices.ContainsFunc(attachments, func(a mocktwilio.Attachment) bool {
			return slices.ContainsFunc(m.Addresses("", a.ListSID), func(entry mocktwilio.Address) bool {
				return netip.PrefixFrom(netip.MustParseAddr(entry.IPAddress), entry.CIDRPrefixLength).Contains(address)
			})
		}) {
			found = append(found, address)
		}
	}
	return found
}

// addressesOf returns the single addresses of blocks. An address that is in two blocks is returned twice.
func addressesOf(blocks []netip.Prefix) []netip.Addr {
	var all []netip.Addr
	for _, block := range blocks {
		for address := block.Addr(); block.Contains(address); address = address.Next() {
			all = append(all, address)
		}
	}
	return all
}

// fewestBlocks returns the number of largest blocks within block whose addresses are all in addresses.
func fewestBlocks(block netip.Prefix, addresses []netip.Addr) int {
	within := 0
	for _, address := range addresses {
		if block.Contains(address) {
			within++
		}
	}
	switch within {
	case 0:
		return 0
	case 1 << (32 - block.Bits()):
		return 1
	}
	lower := netip.PrefixFrom(block.Addr(), block.Bits()+1)
	bytes := block.Addr().As4()
	bytes[3] += 1 << (31 - block.Bits())
	return fewestBlocks(lower, addresses) + fewestBlocks(netip.PrefixFrom(netip.AddrFrom4(bytes), block.Bits()+1), addresses)
}

// blocksAndCount decodes cidr_blocks and address_count. Blocks must have no host bits, and single addresses no prefix length.
func blocksAndCount(t *testing.T, state *tfprotov6.DynamicValue, schema *tfprotov6.Schema) (blocks []netip.Prefix, count int64) {
	t.Helper()
	value, err := state.Unmarshal(schema.ValueType())
	if err != nil {
		t.Fatal(err)
	}
	var (
		attributes map[string]tftypes.Value
		elements   []tftypes.Value
		number     *big.Float
	)
	if err := value.As(&attributes); err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(attributes["cidr_blocks"].As(&elements), attributes["address_count"].As(&number)); err != nil {
		t.Fatal(err)
	}
	for _, element := range elements {
		var text string
		if err := element.As(&text); err != nil {
			t.Fatal(err)
		}
		block, err := netip.ParsePrefix(text)
		if address, bare := netip.ParseAddr(text); bare == nil {
			block, err = netip.PrefixFrom(address, 32), nil
		} else if block.Bits() == 32 {
			t.Errorf("%s has a prefix length", text)
		}
		if err != nil || block != block.Masked() {
			t.Fatalf("%s is not a block, or has host bits", text)
		}
		blocks = append(blocks, block)
	}
	count, _ = number.Int64()
	return blocks, count
}
