// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"encoding/json"
	"iter"
	"strings"

	"github.com/twilio/twilio-go/client"
)

// page is one page of a collection in the form of either product.
type page[T any] struct {
	// items is nil when the answer lacked its collection.
	items []T
	// next is the address of the next page, absolute or relative to the host; empty on the last page.
	next string
}

// pages walks a collection and yields its objects, each once, fetching a page only when it is needed. It follows the
// addresses that Twilio gives: a page number of one's own does not move on. An error ends the walk.
//
// twilio-go's own Stream functions leak a goroutine unless they are drained, hence this walk.
func pages[W any, T any](ctx context.Context, handler *client.RequestHandler, origin string, first func() (*W, error), open func(*W) page[T], sid func(T) string) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		visited := map[string]bool{}
		seen := map[string]bool{}
		wire, err := first()
		for {
			if err != nil {
				yield(none, failure(err))
				return
			}
			p := open(wire)
			if p.items == nil {
				yield(none, misshapen("a page without its collection"))
				return
			}
			for _, item := range p.items {
				if seen[sid(item)] {
					continue
				}
				seen[sid(item)] = true
				if !yield(item, nil) {
					return
				}
			}
			if p.next == "" {
				return
			}
			if visited[p.next] {
				yield(none, misshapen("a page that names itself as the next"))
				return
			}
			visited[p.next] = true
			if err := ctx.Err(); err != nil {
				yield(none, err)
				return
			}
			wire, err = follow[W](handler, origin, p.next)
		}
	}
}

func follow[W any](handler *client.RequestHandler, origin, next string) (*W, error) {
	if strings.HasPrefix(next, "/") {
		next = origin + next
	}
	response, err := handler.Get(next, nil, nil, "")
	if err != nil {
		return nil, err
	}
	defer func() { _ = response.Body.Close() }()
	wire := new(W)
	if err := json.NewDecoder(response.Body).Decode(wire); err != nil {
		return nil, err
	}
	return wire, nil
}

// collect drains a walk. What came before an error is dropped: half a collection must not be taken for a whole one.
func collect[T any](walk iter.Seq2[T, error]) ([]T, error) {
	all := []T{}
	for item, err := range walk {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}
