// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package snapshot defines the file format in which the objects of a mock of Twilio are loaded and saved.
package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Format and Version identify a file. Version increases with every change that an older mocktwilio would misread.
const (
	Format  = "mocktwilio"
	Version = 1
)

// File has all objects of a mock.
type File struct {
	Format   string    `json:"format"`
	Version  int       `json:"version"`
	Accounts []Account `json:"accounts"`
}

// Account is an account and its objects. Each collection is in the API's order, the oldest first.
type Account struct {
	SID string `json:"sid"`
	// AuthToken is empty if it is unknown. The account then accepts every token.
	AuthToken string `json:"auth_token,omitempty"`
	// ParentAccountSID is empty for an account that is not a subaccount.
	ParentAccountSID string `json:"parent_account_sid,omitempty"`
	// APIKeys are keys that act for the account.
	APIKeys []APIKey `json:"api_keys,omitempty"`

	IPAccessControlLists []Object `json:"ip_access_control_lists,omitempty"`
	CredentialLists      []Object `json:"credential_lists,omitempty"`
	Domains              []Object `json:"domains,omitempty"`
	Trunks               []Object `json:"trunks,omitempty"`
}

// APIKey is an API key and its secret.
type APIKey struct {
	SID    string `json:"sid"`
	Secret string `json:"secret"`
}

// Object has the fields of an object by name in Twilio's JSON: "sid", "friendly_name", and so on. Dates are in RFC 3339 format.
// Objects that belong to it are a []Object under the name of their collection:
//
//   - "ip_addresses" of an IP access control list, and "credentials" of a credential list, without passwords
//   - "ip_access_control_list_mappings", "credential_list_mappings" (both for calls) and
//     "registration_credential_list_mappings" of a domain
//   - "ip_access_control_lists", "credential_lists" and "origination_urls" of a trunk
//
// Attachments to a domain or trunk only have "sid", which is the SID of the list, and dates. The "recording" of a trunk is an
// object with "mode" and "trim". A missing field has the value that Twilio gives to a new object. A missing SID or date is made
// up.
type Object map[string]any

// Encode writes a file as indented JSON.
func Encode(w io.Writer, accounts []Account) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(File{Format: Format, Version: Version, Accounts: accounts})
}

// Decode decodes a file. It returns an error if the file has a different format or an unknown version. Numbers in objects are of
// type json.Number. The values of fields are not checked.
func Decode(data []byte) ([]Account, error) {
	var kind struct {
		Format  string `json:"format"`
		Version int    `json:"version"`
	}
	if err := json.Unmarshal(data, &kind); err != nil {
		return nil, explain(err)
	}
	if kind.Format != Format {
		return nil, errors.New(`not a mocktwilio file: format must be "mocktwilio"`)
	}
	if kind.Version != Version {
		return nil, fmt.Errorf("version %d is not supported; version must be %d", kind.Version, Version)
	}
	var file File
	decoder := json.NewDecoder(bytes.NewReader(data))
	decoder.DisallowUnknownFields()
	decoder.UseNumber()
	if err := decoder.Decode(&file); err != nil {
		return nil, explain(err)
	}
	return file.Accounts, nil
}

// explain converts an error of encoding/json for people who wrote the file by hand.
func explain(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return fmt.Errorf("%s must not be a JSON %s", wrong.Field, wrong.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}
