// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"
)

const (
	hexToken   = "fedcba98765432100f1e2d3c4b5a6978"
	signsToken = `t0ken/+with="signs"&möre more`
)

// secretForms returns all ways to write a secret. In base64, the first characters of a secret in the middle of a text also depend
// on the text before it.
func secretForms(user, secret string) []string {
	forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret), strings.ToLower(url.QueryEscape(secret))}
	for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.URLEncoding} {
		forms = append(forms,
			encoding.EncodeToString([]byte(secret)), encoding.EncodeToString([]byte(user+":"+secret)),
			encoding.EncodeToString([]byte("x" + secret))[2:], encoding.EncodeToString([]byte("xx" + secret))[3:])
	}
	// The last characters depend on the text after it.
	for i, form := range forms[4:] {
		if i%4 > 1 {
			forms[4+i] = strings.TrimRight(form, "=")[:len(strings.TrimRight(form, "="))-1]
		}
	}
	return forms
}

// leak returns a run of 8 characters of form that is in said, or "".
func leak(said, form string) string {
	for i := range len(form) - 7 {
		if strings.Contains(said, form[i:i+8]) {
			return form[i : i+8]
		}
	}
	return ""
}

// No run of 8 characters of a secret appears in an error or in the log, wherever the secret is in a body, a header, or an error,
// and wherever the excerpt is truncated.
func TestNoPartOfASecretComesOut(t *testing.T) {
	const user = "AC0123456789abcdef0123456789abcdef"
	for _, secret := range []string{hexToken, signsToken} {
		var echo string
		log := &logRecorder{}
		c, err := New(Config{
			User: user, Password: secret, MaxConcurrentRequests: 1, Logger: log,
			Transport: roundTripper(func(req *http.Request) (*http.Response, error) {
				quoted, _ := json.Marshal(echo)
				status, body := 403, "<p>"+echo
				switch req.URL.Path {
				case "/network":
					return nil, errors.New(echo)
				case "/message":
					status, body = 400, fmt.Sprintf(`{"code": 1, "message": %s, "more_info": %s}`, quoted, quoted)
				case "/broken":
					status, body = 400, fmt.Sprintf(`{"code": 1, "message": %s`, quoted)
				case "/location":
					status = 302
				}
				resp := answered(status, body)
				resp.Header.Set("Twilio-Request-Id", echo)
				resp.Header.Set("Location", "https://"+url.UserPassword("u", echo).String()+"@example.com/"+echo)
				return resp, nil
			}),
		})
		if err != nil {
			t.Fatal(err)
		}
		for _, form := range secretForms(user, secret) {
			for offset := range maxBodyLine + 8 {
				echo = strings.Repeat("-", offset) + form + " end"
				for _, path := range []string{"/network", "/line", "/message", "/broken", "/location"} {
					cut := path == "/line" || path == "/broken"
					if offset > 8 && (!cut || offset+2*len(form) < maxBodyLine) {
						continue // Without truncation, all offsets are alike.
					}
					log.warn, log.debug, log.trace = nil, nil, nil
					_, err := c.Create(t.Context(), "https://api.twilio.com"+path, url.Values{"FriendlyName": {echo}})
					e, ok := errors.AsType[*Error](err)
					if !ok {
						t.Fatalf("got %v", err)
					}
					said := fmt.Sprintf("%s %+v %v %v %v %v", e, *e, log.warn, log.debug, log.trace, c.UnexpectedResponse(echo))
					if part := leak(said, form); part != "" {
						t.Fatalf("%s: %q of %q leaks in %s", path, part, form, said)
					}
				}
			}
		}
		// The URL of a next page is not requested unless it is on Twilio's host, but the error names its host.
		for _, next := range []string{"https://" + hexToken + ".example.com/", "https://api.twilio.com/%zz" + hexToken, "ftp://api.twilio.com:" + hexToken} {
			if _, err := c.Get(t.Context(), next); secret == hexToken && (err == nil || leak(err.Error(), secret) != "") {
				t.Errorf("%s: %v", next, err)
			}
		}
	}
}

// A part of a secret is found no matter how the text is truncated, wrapped, or quoted, and nothing else is removed.
func TestRedactParts(t *testing.T) {
	const user = "AC0123456789abcdef0123456789abcdef"
	for _, secret := range []string{hexToken, signsToken} {
		r := newRedactor(user, secret)
		for _, form := range secretForms(user, secret) {
			var wrapped []string
			for i := 0; i < len(form); i += 7 {
				wrapped = append(wrapped, form[i:min(i+7, len(form))])
			}
			quoted, err := json.Marshal(strings.Join(wrapped, "\r\n\t"))
			if err != nil {
				t.Fatal(err)
			}
			for _, text := range []string{strings.Join(wrapped, "\n"), strings.Join(wrapped, "\r\n "), string(quoted), strings.ReplaceAll(form, "/", `\/`)} {
				said := strings.NewReplacer("\n", "", "\r", "", " ", "", "\t", "", `\n`, "", `\r`, "", `\t`, "", `\/`, "/").Replace(r.text("<p>" + text + "</p>"))
				if part := leak(said, form); part != "" || !strings.HasPrefix(said, "<p>") || !strings.HasSuffix(said, "</p>") {
					t.Errorf("%q became %q, with %q", text, said, part)
				}
			}
			for cut := range len(form) {
				for _, part := range []string{form[cut:], form[:cut]} {
					if !utf8.ValidString(part) {
						continue
					}
					got := r.text("→" + part + "→")
					if rest := leak(got, form); rest != "" || !utf8.ValidString(got) || !strings.HasPrefix(got, "→") || !strings.HasSuffix(got, "→") {
						t.Errorf("%q became %q, with %q", part, got, rest)
					}
				}
			}
		}
	}
	r := newRedactor(user, hexToken)
	for text, want := range map[string]string{
		hexToken[:7]:                       hexToken[:7],
		hexToken[:8]:                       redacted,
		hexToken[5:15] + hexToken[20:30]:   redacted,
		"a " + hexToken + " b " + hexToken: "a " + redacted + " b " + redacted,
		`\u0066edcba98`:                    redacted,
		`%66edc%0Aba98%`:                   redacted + "%",
		`\u00zz \ %4`:                      `\u00zz \ %4`,
		`\`:                                `\`,
		"":                                 "",
		user:                               user,
	} {
		if got := r.text(text); got != want {
			t.Errorf("%q became %q, not %q", text, got, want)
		}
	}
}

// The body of the largest page is redacted for every log.
func BenchmarkRedact(b *testing.B) {
	r := newRedactor("AC0123456789abcdef0123456789abcdef", hexToken)
	body := strings.Repeat(`{"sid": "AL00112233445566778899aabbccddeeff", "friendly_name": "Office \u00e9", "date_created": "Mon, 01 Jan 2026"}, `, 20000)
	b.SetBytes(int64(len(body)))
	for b.Loop() {
		r.text(body)
	}
}

// No part of a secret is left in any of its forms, even if one form is a prefix of another.
func TestRedactLeavesNoRest(t *testing.T) {
	const user, short, long = "AC1", "s3cret", "s3cret and+more/?"
	for _, order := range [][]string{{short, long}, {long, short}, {"", long, short, long}} {
		r := newRedactor(user, order...)
		for _, secret := range []string{short, long} {
			forms := []string{secret, url.QueryEscape(secret), url.PathEscape(secret)}
			for _, plain := range []string{secret, user + ":" + secret} {
				for _, encoding := range []*base64.Encoding{base64.StdEncoding, base64.RawStdEncoding, base64.URLEncoding, base64.RawURLEncoding} {
					forms = append(forms, encoding.EncodeToString([]byte(plain)))
				}
			}
			for _, form := range forms {
				if got := r.text("<" + form + ">" + form); got != "<[redacted]>[redacted]" {
					t.Errorf("%q became %q", form, got)
				}
			}
		}
		if got := r.text("nothing to hide"); got != "nothing to hide" {
			t.Errorf("got %q", got)
		}
	}
}

func TestRedactError(t *testing.T) {
	r := newRedactor("AC1", "token")
	if err := r.error(nil); err != nil {
		t.Errorf("nil became %v", err)
	}
	if _, changed := errors.AsType[*redactedError](r.error(errors.New("connection reset"))); changed {
		t.Error("an error without a secret was changed")
	}
	if err := r.error(fmt.Errorf("proxy refused token: %w", context.Canceled)); err.Error() != "proxy refused [redacted]: context canceled" || !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}
