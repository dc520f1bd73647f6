// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package mocktwilio

import (
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode/utf8"
)

// maxBody is far above what any endpoint takes.
const maxBody = 1 << 20

// parseForm reads a POST's body. Anything but a form is refused; an empty body
// needs no content type.
func parseForm(contentType string, body []byte) (url.Values, *answer) {
	if len(body) == 0 && contentType == "" {
		return nil, nil
	}
	if media, _, err := mime.ParseMediaType(contentType); err != nil || media != "application/x-www-form-urlencoded" {
		a := refuse(http.StatusUnsupportedMediaType, codeMediaType,
			"Content-Type %q is not supported: send application/x-www-form-urlencoded", contentType)
		return nil, &a
	}
	values, err := url.ParseQuery(string(body))
	if err != nil {
		a := invalidParameter("The post body is not a form: %v", err)
		return nil, &a
	}
	return values, nil
}

// form reads the parameters of one POST. The first thing that is wrong is kept
// in refusal, and what is read after it means nothing.
type form struct {
	values  url.Values
	refusal *answer
}

func (f *form) fail(a answer) {
	if f.refusal == nil {
		f.refusal = &a
	}
}

// only refuses parameters that the endpoint does not take, and those given twice
// or not in UTF-8.
func (f *form) only(names ...string) {
	for name, values := range f.values {
		switch {
		case !slices.Contains(names, name):
			f.fail(invalidParameter("Unknown parameter %s in the post body", name))
		case len(values) > 1:
			f.fail(invalidParameter("Parameter %s is given %d times", name, len(values)))
		case !utf8.ValidString(values[0]):
			f.fail(invalidParameter("Parameter %s is not UTF-8", name))
		}
	}
}

// text returns a parameter, or nil when it is absent.
func (f *form) text(name string) *string {
	if values, ok := f.values[name]; ok && len(values) > 0 {
		return &values[0]
	}
	return nil
}

func (f *form) required(name string) string {
	if value := f.text(name); value != nil && *value != "" {
		return *value
	}
	f.fail(invalidParameter("Missing required parameter %s in the post body", name))
	return ""
}

// name reads a friendly name of 1 to limit characters, nil when absent.
func (f *form) name(name string, limit int) *string {
	value := f.text(name)
	if value == nil {
		return nil
	}
	if n := utf8.RuneCountInString(*value); n < 1 || n > limit {
		f.fail(refuse(http.StatusBadRequest, codeInvalidName,
			"%s must have 1 to %d characters, this one has %d", name, limit, n))
	}
	return value
}

func (f *form) requiredName(name string, limit int) string {
	f.required(name)
	if value := f.name(name, limit); value != nil {
		return *value
	}
	return ""
}

func (f *form) requiredSID(name, prefix string) string {
	value := f.required(name)
	if !validSID(prefix, value) {
		f.fail(invalidParameter("%s must be %s and 32 hexadecimal digits", name, prefix))
	}
	return value
}

// setURL, and those like it below, store a parameter when it is present.
func (f *form) setURL(name string, to *string) {
	value := f.text(name)
	if value == nil {
		return
	}
	if *value != "" { // an empty one takes the URL away
		u, err := url.Parse(*value)
		if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			f.fail(invalidParameter("%s must be an http or https URL", name))
		}
	}
	*to = *value
}

func (f *form) setOneOf(name string, to *string, of ...string) {
	value := f.text(name)
	if value == nil {
		return
	}
	if !slices.Contains(of, *value) {
		f.fail(invalidParameter("%s must be one of %s", name, strings.Join(of, ", ")))
	}
	*to = *value
}

func (f *form) setBool(name string, to *bool) {
	value := f.text(name)
	if value == nil {
		return
	}
	switch strings.ToLower(*value) {
	case "true":
		*to = true
	case "false":
		*to = false
	default:
		f.fail(invalidParameter("%s must be true or false", name))
	}
}

// setSID takes an empty value as none.
func (f *form) setSID(name, prefix string, to *string) {
	value := f.text(name)
	if value == nil {
		return
	}
	if *value != "" && !validSID(prefix, *value) {
		f.fail(invalidParameter("%s must be %s and 32 hexadecimal digits", name, prefix))
	}
	*to = *value
}
