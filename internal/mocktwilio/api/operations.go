// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"net/http"
	"path"
)

// find returns the objects that a path names: the parent of the collection and the item, each of which is nil if it does not
// exist.
func (e *endpoint) find(c *Call) (parent, found *item) {
	parent = c.account.root
	if e.kind.parent != nil {
		if parent = parent.all(e.kind.parent).get(c.params.parent); parent == nil {
			return nil, nil
		}
	}
	return parent, parent.all(e.kind).get(c.params.item)
}

func (e *endpoint) list(c *Call) *Answer {
	asked, refusal := parsePage(c.Query)
	if refusal != nil {
		return refusal
	}
	parent, _ := e.find(c)
	if parent == nil {
		return c.notFound()
	}
	page := parent.all(e.kind).page(asked)
	objects := make([]object, len(page.items))
	for i, item := range page.items {
		objects[i] = e.render(c, item)
	}
	key := e.key
	if key == "" {
		key = e.kind.key
	}
	if isTrunking(e.path) {
		return &Answer{Status: http.StatusOK, Body: object{key: objects, "meta": page.meta(c.url(), key)}}
	}
	body := page.links(c.request.URL.Path)
	body[key] = objects
	return &Answer{Status: http.StatusOK, Body: body}
}

func (e *endpoint) get(c *Call) *Answer {
	_, i := e.find(c)
	if i == nil {
		return c.notFound()
	}
	return &Answer{Status: http.StatusOK, Body: e.render(c, i)}
}

func (e *endpoint) create(c *Call) *Answer {
	parent, _ := e.find(c)
	if parent == nil {
		return c.notFound()
	}
	kind := e.kind
	i := &item{kind: kind, account: c.account, parent: parent, fields: initialValues(kind.fields)}
	if refusal := setFields(i.fields, c.form, kind.fields, true); refusal != nil {
		return refusal
	}
	if kind.attaches != nil {
		i.sid = i.text("sid")
		i.fields = nil
	}
	if n := parent.all(kind).len(); kind.most > 0 && n >= kind.most {
		return refuse(kind.full, "There are already %d %s, which is the limit", n, path.Base(e.path))
	}
	if refusal := c.store.check(i); refusal != nil {
		return refusal
	}
	return &Answer{Status: http.StatusCreated, Body: e.render(c, c.store.add(i))}
}

func (e *endpoint) update(c *Call) *Answer {
	_, i := e.find(c)
	if i == nil {
		return c.notFound()
	}
	changed := *i
	changed.fields = maps.Clone(i.fields)
	if refusal := setFields(changed.fields, c.form, e.kind.fields, false); refusal != nil {
		return refusal
	}
	if refusal := c.store.check(&changed); refusal != nil {
		return refusal
	}
	i.fields, i.updated = changed.fields, c.store.time()
	return &Answer{Status: http.StatusOK, Body: e.render(c, i)}
}

func (e *endpoint) delete(c *Call) *Answer {
	_, i := e.find(c)
	if i == nil {
		return c.notFound()
	}
	if refusal := c.store.refuseInUse(i); refusal != nil {
		return refusal
	}
	i.remove()
	return &Answer{Status: http.StatusNoContent}
}

// getRecording returns the recording of a trunk.
func getRecording(c *Call) *Answer {
	t := c.account.root.all(Trunks).get(c.params.parent)
	if t == nil {
		return c.notFound()
	}
	return &Answer{Status: http.StatusOK, Body: t.fields["recording"]}
}

func updateRecording(c *Call) *Answer {
	t := c.account.root.all(Trunks).get(c.params.parent)
	if t == nil {
		return c.notFound()
	}
	// Responses that are being sent may still use the old object.
	old, _ := t.fields["recording"].(map[string]any)
	changed := maps.Clone(old)
	if refusal := setFields(changed, c.form, recording.fields, false); refusal != nil {
		return refusal
	}
	t.fields = maps.Clone(t.fields)
	t.fields["recording"], t.updated = changed, c.store.time()
	return &Answer{Status: http.StatusOK, Body: changed}
}
