// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio_test

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// TestReadsNeverShowWhatIsOver reads and writes from many goroutines, while another client changes the account too. Every read
// must return a state that existed at some moment during the read. As far as changes by the other client are concerned, it may be
// older, but not older than the life of a snapshot, the last write of this client to the same collection, or the client itself.
// If a read reports that something is gone, this must be true during the read.
func TestReadsNeverShowWhatIsOver(t *testing.T) {
	t.Parallel()
	for seed := range uint64(2) {
		t.Run(fmt.Sprintf("seed %d", seed), func(t *testing.T) {
			t.Parallel()
			w := newWorld(t, seed)
			for walk := range 3 {
				w.walk(t, []time.Duration{50 * time.Millisecond, 200 * time.Millisecond, time.Minute}[walk])
				// Another client works while no plan runs. The next plan must see all of it.
				for range 20 {
					w.changeOutside(w.random)
				}
			}
			w.check(t)
		})
	}
}

// world is an account, the history of all objects in it, and the results of reads.
type world struct {
	server  *mocktwilio.Server
	random  *rand.Rand
	values  atomic.Int64
	lists   *shelf
	entries []*shelf

	mu      sync.Mutex
	objects []*object
	reads   []reading

	client atomic.Pointer[twilio.Client]
	life   time.Duration
	born   time.Time
}

// shelf is a collection. It records when the client began its last completed write.
type shelf struct {
	listSID string // the list that the addresses belong to; "" for the lists themselves

	mu        sync.Mutex
	lastWrite time.Time
}

func (s *shelf) wrote(began time.Time) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.lastWrite = later(s.lastWrite, began)
}

func (s *shelf) wroteLast() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastWrite
}

func later(a, b time.Time) time.Time {
	if a.After(b) {
		return a
	}
	return b
}

// object is an object that is read and changed.
type object struct {
	history
	name string
	// shelves are the object's own collection and others whose writes may also change what a read shows.
	shelves []*shelf
	// changing is held while the object is changed.
	changing sync.Mutex
	// mortal objects do not come back with the same SID after a delete; reborn objects do.
	mortal, reborn bool
	// doubtful objects had a change with an unknown outcome, and are not changed anymore.
	doubtful bool
	// read returns the value of the object, and possibly values of other objects.
	read func(context.Context, *twilio.Client) ([]finding, error)
	// own and outside set the object to a value, or delete it if the value is gone.
	own     func(ctx context.Context, c *twilio.Client, value string) error
	outside func(value string)
}

type finding struct {
	object *object
	value  string
}

type reading struct {
	object *object
	observation
}

func newWorld(t *testing.T, seed uint64) *world {
	t.Helper()
	server, err := mocktwilio.Start(mocktwilio.Options{Seed: seed + 1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(server.Close)
	server.Wrap(smallPages)
	w := &world{server: server, random: rand.New(rand.NewPCG(seed, 0)), lists: &shelf{}}
	for range 8 {
		w.createListOutside(true)
	}
	for range 2 {
		holder := server.CreateList("", "holds addresses").SID
		entries := &shelf{listSID: holder}
		w.entries = append(w.entries, entries)
		for range 6 {
			w.createEntryOutside(entries)
		}
	}
	for n := range 2 {
		domain := server.CreateDomain("", fmt.Sprintf("domain-%d-%d.sip.twilio.com", seed, n), "").SID
		trunk := server.CreateTrunk("", "trunk", "").SID
		onDomain, onTrunk := &shelf{}, &shelf{}
		for range 3 {
			list := w.createListOutside(false)
			w.addMapping(list, onDomain, domain)
			w.addAssociation(list, onTrunk, trunk)
		}
	}
	return w
}

// smallPages makes a walk through a few objects take several requests.
func smallPages(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		r = r.Clone(r.Context())
		r.URL.RawQuery = strings.ReplaceAll(r.URL.RawQuery, "PageSize=1000", "PageSize=8")
		next.ServeHTTP(w, r)
	})
}

// value returns a new name.
func (w *world) value() string { return fmt.Sprintf("value %d", w.values.Add(1)) }

func (w *world) add(o *object) *object {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.objects = append(w.objects, o)
	return o
}

func (w *world) any(random *rand.Rand) *object {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.objects[random.IntN(len(w.objects))]
}

// walk runs readers, writers, and another client at the same time, with a new client.
func (w *world) walk(t *testing.T, life time.Duration) {
	t.Helper()
	client, err := twilio.New(twilio.Config{
		AccountSID: w.server.AccountSID(), AuthToken: w.server.AuthToken(), BaseURL: w.server.URL(), MaxConcurrentRequests: 50,
	})
	if err != nil {
		t.Fatal(err)
	}
	client.SetSnapshotLife(life)
	w.client.Store(client)
	w.life, w.born = life, time.Now()
	// Each goroutine does everything, so that the mixture does not depend on the machine.
	var group sync.WaitGroup
	for range 16 {
		random := rand.New(rand.NewPCG(w.random.Uint64(), 0))
		group.Go(func() {
			for range 40 {
				switch n := random.IntN(1000); {
				case n < 10:
					w.changeBySelf(t, random)
				case n < 40:
					w.changeOutside(random)
				case n < 50:
					w.server.SetLatency(time.Duration(random.IntN(4)) * time.Millisecond)
				case n < 65:
					w.readEntries(t, random)
				default:
					w.readOne(t, random)
				}
				time.Sleep(time.Duration(random.IntN(2000)) * time.Microsecond)
			}
		})
	}
	group.Wait()
	w.server.SetLatency(0)
}

func (w *world) readOne(t *testing.T, random *rand.Rand) {
	o := w.any(random)
	ctx := t.Context()
	if random.IntN(20) == 0 {
		// A reader that stops waiting must not disturb the others.
		short, cancel := context.WithTimeout(ctx, time.Millisecond)
		defer cancel()
		ctx = short
	}
	seen := w.begin(o)
	findings, err := o.read(ctx, w.client.Load())
	seen.ended = time.Now()
	switch {
	case twilio.IsNotFound(err):
		// Objects that are missing in a snapshot are requested directly.
		seen.floor = seen.began
		findings = []finding{{o, gone}}
	case ctx.Err() != nil:
		return
	case err != nil:
		t.Errorf("reading %s: %v", o.name, err)
		return
	}
	w.note(seen, findings...)
}

// readEntries reads a whole collection. Objects that are missing in it must be gone.
func (w *world) readEntries(t *testing.T, random *rand.Rand) {
	shelf := w.entries[random.IntN(len(w.entries))]
	known := map[string]finding{}
	var seen observation
	w.mu.Lock()
	for _, o := range w.objects {
		if o.shelves[0] == shelf {
			known[o.name] = finding{o, gone}
		}
	}
	w.mu.Unlock()
	for _, f := range known {
		seen = w.begin(f.object)
	}
	entries, err := w.client.Load().IPAddresses(t.Context(), "", shelf.listSID)
	seen.ended = time.Now()
	if err != nil {
		t.Errorf("reading the addresses of %s: %v", shelf.listSID, err)
		return
	}
	for _, entry := range entries {
		if f, ok := known[entry.SID]; ok {
			f.value = entry.FriendlyName
			known[entry.SID] = f
		}
	}
	for _, f := range known {
		w.note(seen, f)
	}
}

// begin records the begin of a read.
func (w *world) begin(o *object) observation {
	floor := w.born
	for _, s := range o.shelves {
		floor = later(floor, s.wroteLast())
	}
	now := time.Now()
	return observation{began: now, floor: later(floor, now.Add(-w.life))}
}

func (w *world) note(seen observation, findings ...finding) {
	w.mu.Lock()
	defer w.mu.Unlock()
	for _, f := range findings {
		seen.value = f.value
		w.reads = append(w.reads, reading{f.object, seen})
	}
}

func (w *world) changeBySelf(t *testing.T, random *rand.Rand) {
	if random.IntN(6) == 0 {
		w.createBySelf(t, random)
		return
	}
	o, value, done := w.choose(random)
	if o == nil {
		return
	}
	defer done()
	ctx := t.Context()
	if o.mortal && random.IntN(10) == 0 {
		short, cancel := context.WithTimeout(ctx, time.Duration(random.IntN(3000))*time.Microsecond)
		defer cancel()
		ctx = short
	}
	began := time.Now()
	end := o.begin(value, true)
	err := o.own(ctx, w.client.Load(), value)
	switch {
	case err == nil:
		end()
	case ctx.Err() != nil:
		o.doubtful = true
	default:
		t.Errorf("changing %s to %q: %v", o.name, value, err)
	}
	o.shelves[0].wrote(began)
}

func (w *world) changeOutside(random *rand.Rand) {
	switch random.IntN(10) {
	case 0:
		w.createListOutside(true)
	case 1:
		w.createEntryOutside(w.entries[random.IntN(len(w.entries))])
	default:
		o, value, done := w.choose(random)
		if o == nil {
			return
		}
		defer done()
		end := o.begin(value, false)
		o.outside(value)
		end()
	}
}

// choose returns an object that is not being changed and its new value.
func (w *world) choose(random *rand.Rand) (o *object, value string, done func()) {
	o = w.any(random)
	if !o.changing.TryLock() {
		return nil, "", nil
	}
	now := o.now()
	switch {
	case o.doubtful || now == gone && !o.reborn:
		o.changing.Unlock()
		return nil, "", nil
	case o.reborn && now == gone:
		value = present
	case o.reborn || o.mortal && random.IntN(4) == 0:
		value = gone
	default:
		value = w.value()
	}
	return o, value, o.changing.Unlock
}

// check compares every read with the histories.
func (w *world) check(t *testing.T) {
	t.Helper()
	wrong := 0
	for _, r := range w.reads {
		if !r.object.allows(r.observation) {
			wrong++
			if wrong <= 3 {
				t.Errorf("%s: %s", r.object.name, r.object.describe(r.observation))
			}
		}
	}
	requests := len(w.server.Requests())
	t.Logf("%d reads of %d objects, %d wrong; %d requests", len(w.reads), len(w.objects), wrong, requests)
	if requests > len(w.reads) {
		t.Error("the cache was hardly in use: there was nothing to test")
	}
}

// created returns the history of a new object.
func created(value string, own bool, began time.Time) []version {
	return []version{{value: gone}, {value: value, own: own, began: began, ended: time.Now()}}
}

// Kinds of objects.

// present is the value of an existing mapping or association, which has nothing to change.
const present = "present"

func (w *world) createBySelf(t *testing.T, random *rand.Rand) {
	began, value := time.Now(), w.value()
	if random.IntN(2) == 0 {
		list, err := w.client.Load().CreateIPAccessControlList(t.Context(), "", value)
		if err != nil {
			t.Error(err)
			return
		}
		w.lists.wrote(began)
		w.addList(list.SID, created(value, true, began), true)
		return
	}
	shelf := w.entries[random.IntN(len(w.entries))]
	entry, err := w.client.Load().CreateIPAddress(t.Context(), "", shelf.listSID, fields(value))
	if err != nil {
		t.Error(err)
		return
	}
	shelf.wrote(began)
	w.addEntry(shelf, entry.SID, created(value, true, began))
}

func (w *world) createListOutside(mortal bool) *object {
	began, value := time.Now(), w.value()
	sid := w.server.CreateList("", value).SID
	return w.addList(sid, created(value, false, began), mortal)
}

func (w *world) addList(sid string, past []version, mortal bool) *object {
	o := &object{name: sid, history: history{versions: past}, shelves: []*shelf{w.lists}, mortal: mortal}
	o.read = func(ctx context.Context, c *twilio.Client) ([]finding, error) {
		list, err := c.IPAccessControlList(ctx, "", sid)
		return []finding{{o, list.FriendlyName}}, err
	}
	o.own = func(ctx context.Context, c *twilio.Client, value string) error {
		if value == gone {
			return c.DeleteIPAccessControlList(ctx, "", sid)
		}
		_, err := c.UpdateIPAccessControlList(ctx, "", sid, value)
		return err
	}
	o.outside = func(value string) {
		if value == gone {
			w.server.DeleteList("", sid)
			return
		}
		w.server.RenameList("", sid, value)
	}
	return w.add(o)
}

func fields(value string) twilio.IPAddressFields {
	return twilio.IPAddressFields{FriendlyName: value, IPAddress: "203.0.113.7", CIDRPrefixLength: 32}
}

func (w *world) createEntryOutside(s *shelf) {
	began, value := time.Now(), w.value()
	entry := w.server.CreateAddress("", s.listSID, "203.0.113.7", 32, value)
	w.addEntry(s, entry.SID, created(value, false, began))
}

func (w *world) addEntry(s *shelf, sid string, past []version) {
	o := &object{name: sid, history: history{versions: past}, shelves: []*shelf{s}, mortal: true}
	o.read = func(ctx context.Context, c *twilio.Client) ([]finding, error) {
		entry, err := c.IPAddress(ctx, "", s.listSID, sid)
		return []finding{{o, entry.FriendlyName}}, err
	}
	o.own = func(ctx context.Context, c *twilio.Client, value string) error {
		if value == gone {
			return c.DeleteIPAddress(ctx, "", s.listSID, sid)
		}
		_, err := c.UpdateIPAddress(ctx, "", s.listSID, sid, fields(value))
		return err
	}
	o.outside = func(value string) {
		if value == gone {
			w.server.DeleteAddress("", s.listSID, sid)
			return
		}
		w.server.UpdateAddress("", s.listSID, sid, "203.0.113.7", 32, value)
	}
	w.add(o)
}

// addMapping adds a mapping. It has the name of its list, so a read of the mapping is also a read of the list.
func (w *world) addMapping(list *object, s *shelf, domainSID string) {
	o := &object{name: domainSID + "/" + list.name, history: history{versions: []version{{value: gone}}}, shelves: []*shelf{s, w.lists}, reborn: true}
	o.read = func(ctx context.Context, c *twilio.Client) ([]finding, error) {
		mapping, err := c.DomainAttachments("", domainSID).Get(ctx, list.name)
		return []finding{{o, present}, {list, mapping.FriendlyName}}, err
	}
	o.own = func(ctx context.Context, c *twilio.Client, value string) error {
		if value == gone {
			return c.DomainAttachments("", domainSID).Delete(ctx, list.name)
		}
		_, err := c.DomainAttachments("", domainSID).Create(ctx, list.name)
		return err
	}
	o.outside = func(value string) {
		if value == gone {
			w.server.UnmapList("", domainSID, list.name)
			return
		}
		w.server.MapList("", domainSID, list.name)
	}
	w.add(o)
}

// addAssociation does the same for a trunk.
func (w *world) addAssociation(list *object, s *shelf, trunkSID string) {
	o := &object{name: trunkSID + "/" + list.name, history: history{versions: []version{{value: gone}}}, shelves: []*shelf{s, w.lists}, reborn: true}
	o.read = func(ctx context.Context, c *twilio.Client) ([]finding, error) {
		association, err := c.TrunkAttachments(trunkSID).Get(ctx, list.name)
		return []finding{{o, present}, {list, association.FriendlyName}}, err
	}
	o.own = func(ctx context.Context, c *twilio.Client, value string) error {
		if value == gone {
			return c.TrunkAttachments(trunkSID).Delete(ctx, list.name)
		}
		_, err := c.TrunkAttachments(trunkSID).Create(ctx, list.name)
		return err
	}
	o.outside = func(value string) {
		if value == gone {
			w.server.DissociateList("", trunkSID, list.name)
			return
		}
		w.server.AssociateList("", trunkSID, list.name)
	}
	w.add(o)
}
