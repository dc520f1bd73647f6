// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"fmt"
	"net/http"
	"net/url"
	"strconv"
)

// page is what part of a collection a request asks for.
//
// The token is the place of the last object given (PA…: what follows it) or of
// the first one (PB…: what precedes it), as its SID and the place itself. So it
// stays right when objects, that one too, come and go meanwhile. Page alone does
// not move on: it is only echoed, and without a token it is the first page.
type page struct {
	size   int
	number int
	token  string
	back   bool
	seq    uint64
}

const (
	defaultPageSize = 50
	maxPageSize     = 1000
)

func parsePage(query url.Values) (page, *answer) {
	p := page{size: defaultPageSize}
	if text, ok := first(query, "PageSize"); ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 1 || n > maxPageSize {
			a := refuse(http.StatusBadRequest, codePageSize, "PageSize must be a number from 1 to %d", maxPageSize)
			return p, &a
		}
		p.size = n
	}
	number := 0
	if text, ok := first(query, "Page"); ok {
		n, err := strconv.Atoi(text)
		if err != nil || n < 0 {
			a := invalidParameter("Page must be a number from 0")
			return p, &a
		}
		number = n
	}
	token, ok := first(query, "PageToken")
	if !ok {
		return p, nil
	}
	bad := invalidParameter("Invalid PageToken")
	if len(token) < 37 || token[0] != 'P' || token[1] != 'A' && token[1] != 'B' || !validSID(token[2:4], token[2:36]) {
		return p, &bad
	}
	seq, err := strconv.ParseUint(token[36:], 16, 64)
	if err != nil {
		return p, &bad
	}
	p.number, p.token, p.back, p.seq = number, token, token[1] == 'B', seq
	return p, nil
}

func first(query url.Values, name string) (string, bool) {
	if values := query[name]; len(values) > 0 {
		return values[0], true
	}
	return "", false
}

// pageOf is a page's objects in their wire form and the queries of the pages
// around it, "" when there is none.
type pageOf[W any] struct {
	items                       []W
	number, size                int
	this, first, next, previous string
}

// cut takes a page out of a collection. The caller holds Server.mu.
func cut[T, W any](c *collection[T], p page, wire func(*T) W) pageOf[W] {
	from, to := 0, min(p.size, c.len())
	switch {
	case p.token == "": // the first page
	case p.back:
		to = c.search(p.seq)
		from = max(0, to-p.size)
	default:
		from = c.search(p.seq + 1)
		to = min(from+p.size, c.len())
	}
	result := pageOf[W]{
		items:  make([]W, 0, to-from),
		number: p.number,
		size:   p.size,
		this:   pageQuery(p.size, p.number, p.token),
		first:  pageQuery(p.size, 0, ""),
	}
	for _, e := range c.order[from:to] {
		result.items = append(result.items, wire(&e.value))
	}
	if to < c.len() && to > from {
		last := c.order[to-1]
		result.next = pageQuery(p.size, p.number+1, fmt.Sprintf("PA%s%x", last.sid, last.seq))
	}
	if from > 0 && to > from {
		head := c.order[from]
		result.previous = pageQuery(p.size, max(0, p.number-1), fmt.Sprintf("PB%s%x", head.sid, head.seq))
	}
	return result
}

func pageQuery(size, number int, token string) string {
	query := fmt.Sprintf("?PageSize=%d&Page=%d", size, number)
	if token != "" {
		query += "&PageToken=" + token
	}
	return query
}

// pageWire is the paging part of a collection in the 2010 API; addresses are
// relative to the host.
type pageWire struct {
	End             int     `json:"end"`
	FirstPageURI    string  `json:"first_page_uri"`
	NextPageURI     *string `json:"next_page_uri"`
	Page            int     `json:"page"`
	PageSize        int     `json:"page_size"`
	PreviousPageURI *string `json:"previous_page_uri"`
	Start           int     `json:"start"`
	URI             string  `json:"uri"`
}

func (p pageOf[W]) wire(path string) pageWire {
	start := p.number * p.size
	return pageWire{
		Start:           start,
		End:             max(start, start+len(p.items)-1),
		FirstPageURI:    path + p.first,
		NextPageURI:     joined(path, p.next),
		Page:            p.number,
		PageSize:        p.size,
		PreviousPageURI: joined(path, p.previous),
		URI:             path + p.this,
	}
}

// metaWire is the same in trunking; addresses are absolute.
type metaWire struct {
	FirstPageURL    string  `json:"first_page_url"`
	Key             string  `json:"key"`
	NextPageURL     *string `json:"next_page_url"`
	Page            int     `json:"page"`
	PageSize        int     `json:"page_size"`
	PreviousPageURL *string `json:"previous_page_url"`
	URL             string  `json:"url"`
}

func (p pageOf[W]) meta(address, key string) metaWire {
	return metaWire{
		FirstPageURL:    address + p.first,
		Key:             key,
		NextPageURL:     joined(address, p.next),
		Page:            p.number,
		PageSize:        p.size,
		PreviousPageURL: joined(address, p.previous),
		URL:             address + p.this,
	}
}

func joined(address, query string) *string {
	if query == "" {
		return nil
	}
	address += query
	return &address
}

// orNull is a string that the API shows as null when there is none.
func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}
