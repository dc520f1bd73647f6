// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package tfstate

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
)

// state is the part of a state of version 4 that is needed here.
type state struct {
	Version       *int            `json:"version"`
	EncryptedData json.RawMessage `json:"encrypted_data"`
	FormatVersion json.RawMessage `json:"format_version"`
	Resources     []resource      `json:"resources"`
}

type resource struct {
	Mode      string     `json:"mode"`
	Type      string     `json:"type"`
	Provider  string     `json:"provider"`
	Instances []instance `json:"instances"`
}

type instance struct {
	// Deposed is the key of an object that will be destroyed because another one has replaced it.
	Deposed    string     `json:"deposed"`
	Attributes attributes `json:"attributes"`
	// Private is base64. The provider stores SIDs there.
	Private []byte `json:"private"`
}

func decode(data []byte) (*state, error) {
	if len(bytes.TrimSpace(data)) == 0 {
		return nil, errors.New("the file is empty; to rehearse the first apply of a configuration, omit --load")
	}
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.UseNumber()
	var s state
	if err := decoder.Decode(&s); err != nil {
		return nil, fmt.Errorf("not a Terraform state: %w", err)
	}
	switch {
	case s.EncryptedData != nil:
		return nil, errors.New("the state is encrypted; load the output of `tofu state pull`, which is not encrypted")
	case s.FormatVersion != nil:
		return nil, errors.New("this is the output of `terraform show -json`, which lacks data that a rehearsal needs; load the state file or the output of `terraform state pull`")
	case s.Version == nil:
		return nil, errors.New("not a Terraform state: it has no version")
	case *s.Version != 4:
		return nil, fmt.Errorf("the state has version %d, but must have version 4, which Terraform 0.12 and later and OpenTofu write", *s.Version)
	}
	return &s, nil
}

// providerAddress matches the provider of a resource: provider["registry.terraform.io/twilio-sip/twilio"].alias, with or without
// a module.
var providerAddress = regexp.MustCompile(`provider\["([^"]+)"\]`)

// providerName returns a provider without the host of the registry, in lower case.
func providerName(address string) string {
	if parts := strings.Split(address, "/"); len(parts) == 3 {
		return strings.ToLower(parts[1] + "/" + parts[2])
	}
	return strings.ToLower(address)
}

func (r resource) providerAddress() string {
	if match := providerAddress.FindStringSubmatch(r.Provider); match != nil {
		return match[1]
	}
	return r.Provider
}

// Providers whose types are known.
const (
	ownProvider         = "twilio-sip/twilio"
	rjpearson94Provider = "rjpearson94/twilio"
	twilioProvider      = "twilio/twilio"
)

// IsTwilio reports whether a provider, such as registry.terraform.io/twilio/twilio, manages objects of Twilio.
func IsTwilio(provider string) bool {
	return slices.Contains([]string{ownProvider, rjpearson94Provider, twilioProvider}, providerName(provider))
}

// harmless are providers whose resources only exist in the state, or that only have data sources.
var harmless = []string{
	ownProvider, "builtin/terraform", "hashicorp/external", "hashicorp/http", "hashicorp/null", "hashicorp/random", "hashicorp/time", "hashicorp/tls",
}

// IsHarmless reports whether an apply of resources of a provider, such as registry.terraform.io/hashicorp/random, changes nothing
// real. This includes this provider, which uses the mock.
func IsHarmless(provider string) bool { return slices.Contains(harmless, providerName(provider)) }

// otherProviders returns the providers of managed resources for which an apply would make real changes.
func (s *state) otherProviders() []string {
	found := map[string]bool{}
	for _, r := range s.Resources {
		if r.Mode == "managed" && !IsHarmless(r.providerAddress()) {
			found[r.providerAddress()] = true
		}
	}
	return slices.Sorted(maps.Keys(found))
}
