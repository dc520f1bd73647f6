// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"
	"net/url"
	"strconv"
)

// pageRequest is the part of a collection that a request asks for.
//
// The token has the SID and the seq of the last item of the previous page (PA…) or of the first item of the next page (PB…). So
// it stays valid if items are added or removed in the meantime, including that item. The page number is only echoed: without a
// token, the first page is returned.
type pageRequest struct {
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

func parsePage(query url.Values) (pageRequest, *Answer) {
	p := pageRequest{size: defaultPageSize}
	var err error
	if text, ok := first(query, "PageSize"); ok {
		if p.size, err = strconv.Atoi(text); err != nil || p.size < 1 || p.size > maxPageSize {
			return p, refuse(codePageSize, "PageSize must be a number from 1 to %d", maxPageSize)
		}
	}
	number := 0
	if text, ok := first(query, "Page"); ok {
		if number, err = strconv.Atoi(text); err != nil || number < 0 {
			return p, refuse(codeInvalidParameter, "Page must be a number, 0 or greater")
		}
	}
	token, ok := first(query, "PageToken")
	if !ok {
		return p, nil
	}
	if len(token) < 37 || token[0] != 'P' || token[1] != 'A' && token[1] != 'B' || !ValidSID(token[2:4], token[2:36]) {
		return p, refuse(codeInvalidParameter, "Invalid PageToken")
	}
	if p.seq, err = strconv.ParseUint(token[36:], 16, 64); err != nil {
		return p, refuse(codeInvalidParameter, "Invalid PageToken")
	}
	p.number, p.token, p.back = number, token, token[1] == 'B'
	return p, nil
}

func first(query url.Values, name string) (string, bool) {
	if values := query[name]; len(values) > 0 {
		return values[0], true
	}
	return "", false
}

// page is a part of a collection. The queries of the previous and next page are "" if there is no such page.
type page struct {
	items                       []*item
	number, size                int
	this, first, next, previous string
}

// page returns a part of a collection. The caller holds Store.mu.
func (c *collection) page(p pageRequest) page {
	order := c.items()
	from, to := 0, min(p.size, len(order))
	switch {
	case p.token == "": // the first page
	case p.back:
		to = c.search(p.seq)
		from = max(0, to-p.size)
	default:
		from = c.search(p.seq + 1)
		to = min(from+p.size, len(order))
	}
	result := page{
		items:  order[from:to],
		number: p.number,
		size:   p.size,
		this:   pageQuery(p.size, p.number, p.token),
		first:  pageQuery(p.size, 0, ""),
	}
	if to < len(order) && to > from {
		last := order[to-1]
		result.next = pageQuery(p.size, p.number+1, fmt.Sprintf("PA%s%x", last.sid, last.seq))
	}
	if from > 0 && to > from {
		head := order[from]
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

// links returns the paging fields of a collection in the 2010 API.
func (p page) links(path string) object {
	start := p.number * p.size
	return object{
		"start":             start,
		"end":               max(start, start+len(p.items)-1),
		"page":              p.number,
		"page_size":         p.size,
		"uri":               path + p.this,
		"first_page_uri":    path + p.first,
		"next_page_uri":     withQuery(path, p.next),
		"previous_page_uri": withQuery(path, p.previous),
	}
}

// meta returns the paging fields of a collection in the trunking API.
func (p page) meta(url, key string) object {
	return object{
		"key":               key,
		"page":              p.number,
		"page_size":         p.size,
		"url":               url + p.this,
		"first_page_url":    url + p.first,
		"next_page_url":     withQuery(url, p.next),
		"previous_page_url": withQuery(url, p.previous),
	}
}

// withQuery returns nil, which is null in JSON, if there is no query.
func withQuery(path, query string) any {
	if query == "" {
		return nil
	}
	return path + query
}
