// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"cmp"
	"encoding/base64"
	"encoding/binary"
	"iter"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

const (
	// redacted replaces a secret.
	redacted = "[redacted]"
	// windowSize is how many consecutive characters of a secret must not be shown. A window has to fit into a uint64.
	windowSize = 8
)

// redactor removes secrets from texts that leave this package. Requests only have secrets in the Authorization header, which is
// never logged, but a proxy or a test server may echo all or part of a request.
//
// It removes every run of windowSize characters of a secret or of one of its encoded forms. It looks for them in the text as it
// is, and in the text without white space and escapes, because a form may have been wrapped, folded, or quoted.
type redactor struct {
	windows map[uint64]struct{}
	// filter has a bit for the hash of every window, so that most positions of a long text need no lookup in the map.
	filter *[1 << 10]uint64
	// short has the forms that are shorter than a window. Only complete occurrences of them are found.
	short []string
}

// span is a part of a text, from begin to end.
type span struct{ begin, end int }

// newRedactor returns a redactor that finds each secret in plain text, escaped for a URL, and in base64: alone, as "user:secret",
// and in the middle of any other text.
func newRedactor(user string, secrets ...string) redactor {
	r := redactor{windows: map[uint64]struct{}{}, filter: new([1 << 10]uint64)}
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		whole := []string{secret}
		for _, escaped := range []string{url.QueryEscape(secret), url.PathEscape(secret)} {
			whole = append(whole, escaped, percentEscape.ReplaceAllStringFunc(escaped, strings.ToLower))
		}
		var inner []string
		for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
			for _, plain := range []string{secret, user + ":" + secret} {
				encoded := encoding.EncodeToString([]byte(plain))
				whole = append(whole, encoded, strings.TrimRight(encoded, "="))
			}
			for before := range 3 {
				// Characters at the edges that also depend on the text before or after the secret are not included.
				encoded := encoding.WithPadding(base64.NoPadding).EncodeToString([]byte(strings.Repeat("x", before) + secret))
				inner = append(inner, encoded[(8*before+5)/6:8*(before+len(secret))/6])
			}
		}
		for _, form := range whole {
			if !r.add(form) {
				r.short = append(r.short, form)
			}
		}
		for _, form := range inner {
			r.add(form)
		}
	}
	return r
}

var percentEscape = regexp.MustCompile(`%[0-9A-F]{2}`)

// add adds the windows of a form, with and without white space and escapes. It returns false if one of these is shorter than a
// window, so that only complete occurrences can be found.
func (r redactor) add(form string) bool {
	texts := []string{form}
	for _, percent := range []bool{false, true} {
		var bytes []byte
		for b := range unescape(form, percent) {
			bytes = append(bytes, b)
		}
		texts = append(texts, string(bytes))
	}
	complete := true
	for _, text := range texts {
		complete = complete && len(text) >= windowSize
		for i := range len(text) - windowSize + 1 {
			window := binary.BigEndian.Uint64([]byte(text[i:]))
			r.windows[window] = struct{}{}
			at := hash(window)
			r.filter[at/64] |= 1 << (at % 64)
		}
	}
	return complete
}

// hash returns 16 bits, the size of the filter.
func hash(window uint64) uint64 { return window * 0x9e3779b97f4a7c15 >> 48 }

func (r redactor) has(window uint64) bool {
	at := hash(window)
	if r.filter[at/64]&(1<<(at%64)) == 0 {
		return false
	}
	_, ok := r.windows[window]
	return ok
}

// text returns s with redacted instead of every secret and every part of one. Adjoining parts become one.
func (r redactor) text(s string) string {
	spans := r.find(s)
	if len(spans) == 0 {
		return s
	}
	slices.SortFunc(spans, func(a, b span) int { return cmp.Compare(a.begin, b.begin) })
	var b strings.Builder
	end := -1
	for _, found := range spans {
		if found.begin > end {
			b.WriteString(s[max(end, 0):found.begin])
			b.WriteString(redacted)
		}
		end = max(end, found.end)
	}
	b.WriteString(s[end:])
	return b.String()
}

// find returns the positions of parts of secrets in s, unsorted. They may overlap.
func (r redactor) find(s string) []span {
	var spans []span
	found := func(begin, end int) {
		// Do not leave half a character, because Terraform only accepts valid UTF-8.
		for begin > 0 && !utf8.RuneStart(s[begin]) {
			begin--
		}
		for end < len(s) && !utf8.RuneStart(s[end]) {
			end++
		}
		if last := len(spans) - 1; last >= 0 && spans[last].begin <= begin && begin <= spans[last].end {
			spans[last].end = max(spans[last].end, end)
			return
		}
		spans = append(spans, span{begin, end})
	}
	for _, form := range r.short {
		for begin := 0; ; {
			at := strings.Index(s[begin:], form)
			if at < 0 {
				break
			}
			found(begin+at, begin+at+len(form))
			begin += at + len(form)
		}
	}
	var window uint64
	for i := range len(s) {
		window = window<<8 | uint64(s[i])
		if r.has(window) && i >= windowSize-1 {
			found(i+1-windowSize, i+1)
		}
	}
	for _, percent := range []bool{false, true} {
		var begins [windowSize]int
		n := 0
		for b, source := range unescape(s, percent) {
			window = window<<8 | uint64(b)
			begins[n%windowSize] = source.begin
			n++
			if r.has(window) && n >= windowSize {
				found(begins[n%windowSize], source.end)
			}
		}
	}
	return spans
}

// unescape yields the bytes of s and their positions. It skips white space, decodes JSON escapes, and decodes percent escapes if
// percent is set.
func unescape(s string, percent bool) iter.Seq2[byte, span] {
	return func(yield func(byte, span) bool) {
		for i := 0; i < len(s); {
			c, size := rune(s[i]), 1
			if c == '\\' || c == '%' && percent {
				c, size = escape(s[i:])
			}
			source := span{i, i + size}
			i += size
			switch {
			case c == ' ' || c >= '\t' && c <= '\r':
			case size <= 3 || c < utf8.RuneSelf:
				// A byte, which may be part of a character.
				if !yield(byte(c), source) { //nolint:gosec // Both forms have at most 8 bits.
					return
				}
			default:
				for _, b := range []byte(string(c)) {
					if !yield(b, source) {
						return
					}
				}
			}
		}
	}
}

// escape decodes the escape at the beginning of s and returns its length. If there is none, it returns the first byte.
func escape(s string) (rune, int) {
	hex := func(begin, end int) (rune, bool) {
		if len(s) < end {
			return 0, false
		}
		value, err := strconv.ParseUint(s[begin:end], 16, 16)
		return rune(value), err == nil
	}
	switch {
	case s[0] == '%':
		if c, ok := hex(1, 3); ok {
			return c, 3
		}
	case len(s) < 2:
	case s[1] == 'u':
		if c, ok := hex(2, 6); ok {
			return c, 6
		}
	case strings.IndexByte(`"\/`, s[1]) >= 0:
		return rune(s[1]), 2
	case strings.IndexByte("bfnrt", s[1]) >= 0:
		return ' ', 2
	}
	return rune(s[0]), 1
}

// redactedText is a text in the fields of a log message. It is redacted only when a logger writes it, because most runs write no
// messages, and redacting a page of 1,000 objects takes longer than decoding it.
type redactedText struct {
	redact redactor
	text   []byte
}

func (t redactedText) String() string               { return t.redact.text(string(t.text)) }
func (t redactedText) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// error redacts the text of err. errors.Is and errors.As still find the same errors in it.
func (r redactor) error(err error) error {
	if err == nil {
		return nil
	}
	text := err.Error()
	if clean := r.text(text); clean != text {
		return &redactedError{text: clean, err: err}
	}
	return err
}

type redactedError struct {
	text string
	err  error
}

func (e *redactedError) Error() string { return e.text }
func (e *redactedError) Unwrap() error { return e.err }
