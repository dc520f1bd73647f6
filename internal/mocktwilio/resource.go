// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"maps"
	"net/http"
	"strings"
	"time"
)

// resource describes a kind of item, and serves its collection and its items.
type resource struct {
	path      string // of the collection, as in Twilio's OpenAPI, without .json
	key       string // of the items in a page's JSON
	sidPrefix string // of new items, unless check sets their SIDs
	fields    []field

	// The parameters that must be given and not empty.
	requiredToCreate, requiredToUpdate []string
	notUpdatable                       bool
	// readOnly means that the mock serves reads alone.
	readOnly bool

	// items returns the account's items. If nested is not nil, it returns the
	// parents, and nested returns the items of the one in the path.
	items  func(*account) *collection
	nested func(*item) *collection

	// check refuses a create or an update for reasons other than the value of a
	// single parameter. It gets the item as it will be; a new one has no SID, and
	// check may set it. It may be nil.
	check func(*call, *item) *answer

	// remove removes an item from its collection, or refuses to. If nil, an item
	// can always be removed.
	remove func(*call, *item) *answer

	// show adds to an item's JSON what it has beside its fields, SIDs and dates.
	// url is that of the item without .json; in the 2010 API it has no host.
	show func(i *item, url string, shown object)
}

// object is a JSON object.
type object map[string]any

// trunking reports whether the resource belongs to the trunking API rather than
// the 2010 API.
func (r *resource) trunking() bool { return strings.HasPrefix(r.path, "/v1/") }

func (r *resource) routes() []route {
	suffix := ".json"
	if r.trunking() {
		suffix = ""
	}
	item := methods{http.MethodGet: r.get, http.MethodPost: r.update, http.MethodDelete: r.delete}
	if r.notUpdatable {
		delete(item, http.MethodPost)
	}
	all := methods{http.MethodGet: r.list, http.MethodPost: r.create}
	if r.readOnly {
		item, all = methods{http.MethodGet: r.get}, methods{http.MethodGet: r.list}
	}
	return []route{
		{template: r.path + suffix, methods: all},
		{template: r.path + "/{Sid}" + suffix, methods: item},
	}
}

// find returns what a path names: the collection, nil if there is none, its
// parent if it is nested, and the item, nil if there is none.
func (r *resource) find(c *call) (items *collection, parent, found *item) {
	items = r.items(c.account)
	if r.nested != nil {
		if parent = items.get(c.params.parent); parent == nil {
			return nil, nil, nil
		}
		items = r.nested(parent)
	}
	return items, parent, items.get(c.params.item)
}

func (r *resource) list(c *call) *answer {
	asked, refusal := parsePage(c.entry.Query)
	if refusal != nil {
		return refusal
	}
	items, _, _ := r.find(c)
	if items == nil {
		return c.notFound()
	}
	page := items.page(asked)
	objects := make([]object, len(page.items))
	for i, item := range page.items {
		objects[i] = r.render(c, item)
	}
	if r.trunking() {
		return &answer{status: http.StatusOK, body: object{r.key: objects, "meta": page.meta(c.url(), r.key)}}
	}
	body := page.links(c.request.URL.Path)
	body[r.key] = objects
	return &answer{status: http.StatusOK, body: body}
}

func (r *resource) get(c *call) *answer {
	_, _, i := r.find(c)
	if i == nil {
		return c.notFound()
	}
	return &answer{status: http.StatusOK, body: r.render(c, i)}
}

func (r *resource) create(c *call) *answer {
	items, parent, _ := r.find(c)
	if items == nil {
		return c.notFound()
	}
	i := &item{account: c.account, parent: parent, fields: initial(r.fields)}
	if refusal := r.set(c, i, r.requiredToCreate); refusal != nil {
		return refusal
	}
	if i.sid == "" {
		i.sid = c.server.random.hex(r.sidPrefix)
	}
	return &answer{status: http.StatusCreated, body: r.render(c, c.server.add(items, i))}
}

func (r *resource) update(c *call) *answer {
	_, _, i := r.find(c)
	if i == nil {
		return c.notFound()
	}
	changed := &item{sid: i.sid, account: i.account, parent: i.parent, fields: maps.Clone(i.fields)}
	if refusal := r.set(c, changed, r.requiredToUpdate); refusal != nil {
		return refusal
	}
	i.fields, i.updated = changed.fields, c.server.now()
	return &answer{status: http.StatusOK, body: r.render(c, i)}
}

// set stores the parameters of a create or an update, and checks the result.
func (r *resource) set(c *call, i *item, required []string) *answer {
	if refusal := setFields(i.fields, c.form, r.fields, required); refusal != nil || r.check == nil {
		return refusal
	}
	return r.check(c, i)
}

func (r *resource) delete(c *call) *answer {
	items, _, i := r.find(c)
	if i == nil {
		return c.notFound()
	}
	if r.remove == nil {
		items.remove(i.sid)
	} else if refusal := r.remove(c, i); refusal != nil {
		return refusal
	}
	return &answer{status: http.StatusNoContent}
}

// render returns an item as the API shows it.
func (r *resource) render(c *call, i *item) object {
	date, url := rfc2822, c.request.URL.Path
	if r.trunking() {
		date, url = iso8601, c.url()
	}
	url = strings.TrimSuffix(url, ".json")
	if c.params.item == "" {
		url += "/" + i.sid
	}
	shown := object{
		"sid": i.sid, "account_sid": i.account.sid, "date_created": date(i.created), "date_updated": date(i.updated),
	}
	maps.Copy(shown, i.fields)
	r.show(i, url, shown)
	return shown
}

// rfc2822 is the date of the 2010 API: Fri, 17 Jul 2015 21:25:15 +0000.
func rfc2822(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

// iso8601 is the date of trunking: 2015-07-17T21:25:15Z.
func iso8601(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
