// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package migrate

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/hashicorp/terraform-plugin-go/tfprotov6"

	"github.com/twilio-sip/terraform-provider-twilio/internal/ipblock"
	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// foreignState reads the state of a resource that another provider wrote. Its methods collect problems and go on, so that one
// error can name all of them. For an absent attribute they return nil, which becomes null.
type foreignState struct {
	attributes map[string]json.RawMessage
	problems   []string
}

// newForeignState decodes a state. It returns a foreignState even if there is an error.
func newForeignState(raw *tfprotov6.RawState) (*foreignState, error) {
	s := &foreignState{}
	switch {
	case raw == nil || len(raw.JSON) == 0 && len(raw.Flatmap) == 0:
		return s, fmt.Errorf("the state is empty")
	case len(raw.JSON) == 0:
		return s, fmt.Errorf("the state has the format of Terraform 0.11; convert it with Terraform 0.12 or the other provider first")
	}
	if err := json.Unmarshal(raw.JSON, &s.attributes); err != nil {
		return s, fmt.Errorf("the state is not a JSON object")
	}
	if s.attributes == nil {
		return s, fmt.Errorf("the state is null")
	}
	return s, nil
}

func (s *foreignState) problem(format string, args ...any) {
	s.problems = append(s.problems, fmt.Sprintf(format, args...))
}

func (s *foreignState) get(name string) (json.RawMessage, bool) {
	value, ok := s.attributes[name]
	return value, ok && string(bytes.TrimSpace(value)) != "null"
}

// text returns a string attribute, or nil.
func (s *foreignState) text(name string) any {
	value, ok := s.get(name)
	if !ok {
		return nil
	}
	var text string
	if json.Unmarshal(value, &text) != nil {
		s.problem("%s must be a string; got %s", name, truncate(value))
		return nil
	}
	return text
}

// number returns an integer attribute, or nil.
func (s *foreignState) number(name string) any {
	value, ok := s.get(name)
	if !ok {
		return nil
	}
	var number int
	if json.Unmarshal(value, &number) != nil {
		s.problem("%s must be a whole number; got %s", name, truncate(value))
		return nil
	}
	return number
}

// optionalSID returns a SID attribute, or nil.
func (s *foreignState) optionalSID(prefix, name string) any {
	text, _ := s.text(name).(string)
	if text == "" {
		return nil
	}
	if problem := attribute.SIDProblem(prefix, text); problem != "" {
		s.problem("%s: %s", name, problem)
		return nil
	}
	return text
}

// sid returns a SID that is in one or more of several sources: "sid" is an attribute, and "id/1" is the second segment of an
// attribute. At least one source must have the SID, and all that have it must agree.
func (s *foreignState) sid(prefix string, sources ...string) string {
	found, foundAt := "", ""
	for _, source := range sources {
		name, index, composite := strings.Cut(source, "/")
		text, _ := s.text(name).(string)
		if composite && text != "" {
			segments := strings.Split(text, "/")
			number, _ := strconv.Atoi(index)
			if number >= len(segments) {
				s.problem("%s must have at least %d segments separated by slashes; got %q", name, number+1, text)
				return ""
			}
			text = segments[number]
		}
		if text == "" {
			continue
		}
		if problem := attribute.SIDProblem(prefix, text); problem != "" {
			s.problem("%s: %s", name, problem)
			return ""
		}
		if found != "" && found != text {
			s.problem("%s and %s must be the same; got %s and %s", foundAt, name, found, text)
			return ""
		}
		found, foundAt = text, name
	}
	if found == "" {
		s.problem("%s: the SID of %s is missing", strings.ReplaceAll(sources[0], "/0", ""), attribute.SIDNoun(prefix))
	}
	return found
}

// account returns the account SID, or nil, in which case the refresh uses the provider's account.
func (s *foreignState) account(name string) any { return s.optionalSID(twilio.PrefixAccount, name) }

// timeouts returns the timeouts block unchanged, so that an unchanged configuration plans no changes. It drops the setting
// default, which this provider's block does not have.
func (s *foreignState) timeouts() any {
	value, ok := s.get("timeouts")
	if !ok {
		return nil
	}
	var block map[string]any
	if json.Unmarshal(value, &block) != nil {
		s.problem("timeouts must be an object; got %s", truncate(value))
		return nil
	}
	converted := map[string]any{}
	for _, operation := range []string{"create", "read", "update", "delete"} {
		switch duration := block[operation].(type) {
		case nil:
			converted[operation] = nil
		case string:
			if _, err := time.ParseDuration(duration); err != nil {
				s.problem("timeouts.%s must be a duration; got %q", operation, duration)
			}
			converted[operation] = duration
		default:
			s.problem("timeouts.%s must be a duration; got %v", operation, duration)
		}
	}
	return converted
}

// truncate limits the length of a value in a diagnostic.
func truncate(value json.RawMessage) string {
	const limit = 80
	if text := []rune(string(value)); len(text) > limit {
		return string(text[:limit]) + "…"
	}
	return string(value)
}

// prefixLength returns a prefix length. It returns 32 if the state has none, or 0, which Twilio stores as 32.
func (s *foreignState) prefixLength(name string) any {
	length := s.number(name)
	if length == nil || length == 0 {
		return 32
	}
	return length
}

// cidrBlock returns the block of an IP address and a prefix length. If they are invalid it returns nil, and the refresh reads the
// block from Twilio.
func (s *foreignState) cidrBlock(address string, prefixLength any) any {
	text, _ := s.text(address).(string)
	length, _ := prefixLength.(int)
	block, err := ipblock.New(text, length)
	if err != nil {
		return nil
	}
	return block.Canonical().CIDR()
}

// attachment returns the attributes of a mapping or an association. account may be nil. texts are the names of attributes to
// keep.
func (s *foreignState) attachment(parentAttribute, parentSID, listSID string, account any, texts ...string) map[string]any {
	attributes := map[string]any{
		"account_sid":                account,
		"id":                         parentSID + "/" + listSID,
		"ip_access_control_list_sid": listSID,
		parentAttribute:              parentSID,
		"sid":                        listSID,
	}
	for _, name := range texts {
		attributes[name] = s.text(name)
	}
	attributes["timeouts"] = s.timeouts()
	return attributes
}
