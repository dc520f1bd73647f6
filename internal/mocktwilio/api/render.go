// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"maps"
	"strings"
	"time"
	"unicode"
)

// isTrunking reports whether a path belongs to the trunking API rather than the 2010 API.
func isTrunking(path string) bool { return strings.HasPrefix(path, "/v1/") }

// trunkingHost begins the URLs of objects of the trunking API, no matter how a client reaches the mock. Terraform stores these
// URLs, and they must not differ from those in the state of real objects.
const trunkingHost = "https://trunking.twilio.com"

// render returns an item as in the API's JSON.
func (e *endpoint) render(c *Call, i *item) object {
	date, url, suffix, uri, below := rfc2822, c.request.URL.Path, ".json", "uri", "subresource_uris"
	if isTrunking(e.path) {
		date, url, suffix, uri, below = iso8601, trunkingHost+c.request.URL.Path, "", "url", "links"
	}
	url = strings.TrimSuffix(url, suffix)
	if c.params.item == "" {
		url += "/" + i.sid
	}
	shown := make(object, len(i.fields)+8)
	maps.Copy(shown, i.fields)
	shown["sid"] = i.sid
	shown["account_sid"] = i.account.sid
	shown["date_created"] = date(i.created)
	shown["date_updated"] = date(i.updated)
	if e.parent != "" {
		shown[e.parent] = i.parent.sid
	}
	if e.key != authKey {
		shown[uri] = url + suffix
	}
	if e.kind.below != nil {
		links := make(object, len(e.kind.below))
		for _, path := range e.kind.below {
			links[snakeCase(path)] = url + "/" + path + suffix
		}
		shown[below] = links
	}
	switch {
	case e.kind.attaches != nil:
		shown["friendly_name"] = i.list().text("friendly_name")
	case e.kind == Domains:
		shown["api_version"] = "2010-04-01"
		shown["auth_type"] = i.authType()
	case e.kind == Trunks:
		types := i.authTypes()
		shown["auth_type_set"] = types
		shown["auth_type"] = nil
		if len(types) > 0 {
			shown["auth_type"] = i.authType()
		}
	}
	return shown
}

// snakeCase converts IpAddresses to ip_addresses.
func snakeCase(camel string) string {
	var snake strings.Builder
	for i, letter := range camel {
		if i > 0 && unicode.IsUpper(letter) {
			snake.WriteByte('_')
		}
		snake.WriteRune(unicode.ToLower(letter))
	}
	return snake.String()
}

// rfc2822 formats a date of the 2010 API: Fri, 17 Jul 2015 21:25:15 +0000.
func rfc2822(t time.Time) string { return t.UTC().Format("Mon, 02 Jan 2006 15:04:05 +0000") }

// iso8601 formats a date of the trunking API: 2015-07-17T21:25:15Z.
func iso8601(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }
