// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import (
	"context"
	"encoding/json"
	"fmt"
	"iter"
	"net/url"
	"strings"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/cache"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/create"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio/rest"
)

// pageSize is the largest page that Twilio returns. Source: the PageSize parameter in Twilio's OpenAPI documents.
const pageSize = "1000"

// object is the interface of all kinds of objects.
type object interface{ sid() string }

// collection is a collection in Twilio's API, such as the lists of an account or the addresses of a list, with the requests for
// its members.
type collection[T object] struct {
	client *Client
	// account is the account in the URL. It is empty if the credentials determine the account, which should be the client's own.
	account string
	// cache is shared by all collections of this kind, which are told apart by their URLs.
	cache *cache.Cache[T]
	url   string
	// prefix is the prefix of members' SIDs.
	prefix string
	// invalid is returned by every request if the URL would contain an invalid SID.
	invalid error
	// inventory is nil for collections whose members are attachments or are not created by this client.
	inventory *inventory[T]
	// writes announce a write to the caches of everything that the write changes.
	writes []func() (end func())
	// decode and decodePage decode a response, or return err if it is set. decodePage returns the members on a page and the URL
	// of the next page, which is absolute, without host, or "".
	decode     func(body []byte, err error) (T, error)
	decodePage func(body []byte, err error) (items []T, next string, _ error)
}

// location is where a collection is in the API.
type location struct {
	// template is the URL with placeholders for sids.
	template string
	sids     []string
	// prefix is the prefix of members' SIDs.
	prefix string
}

// newCollection returns the collection at a location. Responses are decoded into twilio-go's types of a member, W, and of a page,
// P.
func newCollection[W, P any, T object](c *Client, cache *cache.Cache[T], at location, convert func(*W) T, open func(*P) ([]W, *string)) collection[T] {
	url, err := expandURL(at.template, at.sids...)
	account := ""
	if strings.HasPrefix(at.template, sipURL) {
		account = at.sids[0]
	}
	return collection[T]{
		client: c, account: account, url: url, prefix: at.prefix, invalid: err,
		decode: func(body []byte, err error) (T, error) {
			w, err := unmarshal[W](c.rest, body, err)
			if err != nil {
				var none T
				return none, err
			}
			return convert(w), nil
		},
		decodePage: func(body []byte, err error) ([]T, string, error) {
			p, err := unmarshal[P](c.rest, body, err)
			if err != nil {
				return nil, "", err
			}
			ws, next := open(p)
			if ws == nil {
				return nil, "", c.rest.UnexpectedResponse("a page without its collection")
			}
			items := make([]T, len(ws))
			for i := range ws {
				items[i] = convert(&ws[i])
				if sid := items[i].sid(); !ValidSID(at.prefix, sid) {
					return nil, "", c.rest.UnexpectedResponse(fmt.Sprintf("a page with an object whose SID is %q", sid))
				}
			}
			return items, value(next), nil
		},
	}.in(cache)
}

func unmarshal[W any](r *rest.Client, body []byte, err error) (*W, error) {
	if err != nil {
		return nil, err
	}
	w := new(W)
	if err := json.Unmarshal(body, w); err != nil {
		return nil, r.UnexpectedResponse(err.Error())
	}
	return w, nil
}

// apiHost serves the 2010 API, before region, edge, or base URL apply. Only in this API do URLs of next pages have no host.
const apiHost = "https://api.twilio.com"

// sipURL is the template of the URL of an account's SIP objects in the 2010 API.
const sipURL = apiHost + "/2010-04-01/Accounts/{AC}/SIP"

// trunksURL is the URL of trunks. URLs of the trunking API do not contain an account.
const trunksURL = "https://trunking.twilio.com/v1/Trunks"

// memberURL returns the URL of a member. In the 2010 API, URLs end in .json.
func (c collection[T]) memberURL(sid string) (string, error) {
	if c.invalid != nil {
		return "", c.invalid
	}
	base, suffix := strings.CutSuffix(c.url, ".json")
	template := base + "/{" + c.prefix + "}"
	if suffix {
		template += ".json"
	}
	return expandURL(template, sid)
}

// in returns the same collection with another cache.
func (c collection[T]) in(cache *cache.Cache[T]) collection[T] {
	c.cache = cache
	c.writes = []func() (end func()){func() (end func()) { return cache.Write(c.url) }}
	return c
}

// beginWrite announces a write. The returned function announces its end, whether it succeeded or not.
func (c collection[T]) beginWrite() (end func()) {
	var ends []func()
	for _, write := range c.writes {
		ends = append(ends, write())
	}
	return func() {
		for _, end := range ends {
			end()
		}
	}
}

// get reads one member. Reads of several members share one request.
func (c collection[T]) get(ctx context.Context, sid string) (T, error) {
	return c.cache.Get(ctx, c.url, sid, c.request, c.requestAll)
}

// all reads the whole collection. Reads share the request.
func (c collection[T]) all(ctx context.Context) ([]T, error) {
	return c.cache.All(ctx, c.url, c.requestAll)
}

// request reads one member without the cache.
func (c collection[T]) request(ctx context.Context, sid string) (T, error) {
	url, err := c.memberURL(sid)
	if err != nil {
		var none T
		return none, err
	}
	body, err := c.client.rest.Get(ctx, url)
	return c.decodeFetched(body, err, sid)
}

// create creates a member. If the response is lost, create looks for a member for which matches is true. For this, the first
// create in a collection reads the members that exist before. remove deletes a second member that a repeated create left.
func (c collection[T]) create(ctx context.Context, form url.Values, matches func(T) bool, created func(T) time.Time, remove func(context.Context, T) error) (T, error) {
	if c.invalid != nil {
		var none T
		return none, c.invalid
	}
	defer c.beginWrite()()
	object, err := create.Object[T]{
		Group: c.url + " " + form.Encode(),
		Before: func(ctx context.Context) (map[string]bool, error) {
			err := c.inventory.load(ctx, c.requestAll)
			if refused(err) {
				// Credentials may permit creating without reading. If something does not exist, the create itself will report it.
				err = nil
			}
			return c.inventory.existedBefore(), err
		},
		Post: func(ctx context.Context) (T, error) {
			body, err := c.client.rest.Create(ctx, c.url, form)
			return c.decodeCreated(body, err)
		},
		Lookup:  c.requestAll,
		Matches: matches,
		SID:     T.sid,
		Created: created,
		Remove:  remove,
	}.Do(ctx, c.client.claims)
	if ValidSID(c.prefix, object.sid()) {
		c.inventory.put(object)
	}
	return object, err
}

// update changes a member.
func (c collection[T]) update(ctx context.Context, sid string, form url.Values) (T, error) {
	url, err := c.memberURL(sid)
	if err != nil {
		var none T
		return none, err
	}
	defer c.beginWrite()()
	body, err := c.client.rest.Update(ctx, url, form)
	updated, err := c.decodeFetched(body, err, sid)
	if err == nil && c.inventory != nil {
		c.inventory.put(updated)
	}
	return updated, err
}

// delete deletes a member. It succeeds if the member does not exist and the credentials can see the account.
func (c collection[T]) delete(ctx context.Context, sid string) error {
	url, err := c.memberURL(sid)
	if err != nil {
		return err
	}
	defer c.beginWrite()()
	err = c.client.rest.Delete(ctx, url)
	if IsNotFound(err) {
		err = c.client.ConfirmAccount(ctx, c.account)
	}
	if err == nil && c.inventory != nil {
		c.inventory.remove(sid)
	}
	return err
}

// decodeFetched decodes the response to a request for the object sid. A response about another object is an error.
func (c collection[T]) decodeFetched(body []byte, err error, sid string) (T, error) {
	fetched, err := c.decode(body, err)
	if err == nil && !strings.EqualFold(fetched.sid(), sid) {
		err = c.client.rest.UnexpectedResponse(fmt.Sprintf("requested %s, received %q", sid, fetched.sid()))
	}
	return fetched, err
}

// decodeCreated decodes the response to a create. If it has no SID of the right kind, the new object cannot be identified, so the
// response counts as lost.
func (c collection[T]) decodeCreated(body []byte, err error) (T, error) {
	created, err := c.decode(body, err)
	if sid := created.sid(); err == nil && !ValidSID(c.prefix, sid) {
		err = c.client.rest.UnexpectedResponse(fmt.Sprintf("a created object whose SID is %q", sid))
	}
	return created, err
}

// requestAll reads the whole collection without the cache. If there is an error it returns no members, so that a part of a
// collection is never taken for the whole.
func (c collection[T]) requestAll(ctx context.Context) ([]T, error) {
	all := []T{}
	for item, err := range c.walk(ctx) {
		if err != nil {
			return nil, err
		}
		all = append(all, item)
	}
	return all, nil
}

// walk yields each member once, in the API's order. It requests a page when the walk reaches it, and follows the URLs of next
// pages, because page numbers alone do not advance. An error ends the walk.
func (c collection[T]) walk(ctx context.Context) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var none T
		if c.invalid != nil {
			yield(none, c.invalid)
			return
		}
		seen, visited := map[string]bool{}, map[string]bool{}
		for pageURL := c.url + "?PageSize=" + pageSize; ; {
			items, next, err := c.page(ctx, pageURL)
			if err != nil {
				yield(none, err)
				return
			}
			for _, item := range items {
				if !seen[item.sid()] && !yield(item, nil) {
					return
				}
				seen[item.sid()] = true
			}
			if next == "" {
				return
			}
			if err = ctx.Err(); err == nil && visited[next] {
				err = c.client.rest.UnexpectedResponse("a page that names itself as the next")
			}
			if err != nil {
				yield(none, err)
				return
			}
			pageURL, visited[next] = next, true
		}
	}
}

// page requests one page. The URL may lack the host.
func (c collection[T]) page(ctx context.Context, pageURL string) (items []T, next string, err error) {
	if strings.HasPrefix(pageURL, "/") {
		pageURL = apiHost + pageURL
	}
	body, err := c.client.rest.Get(ctx, pageURL)
	return c.decodePage(body, err)
}

// exists returns whether the object of a read exists, from the result of the read.
func exists[T any](found T, err error) (T, bool, error) {
	if IsNotFound(err) {
		return found, false, nil
	}
	return found, err == nil, err
}
