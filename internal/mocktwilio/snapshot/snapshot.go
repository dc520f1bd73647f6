// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Package snapshot is the file format in which the objects of a mock of Twilio are loaded and saved.
package snapshot

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
)

// Format and Version identify a file. A change that an older mocktwilio would misread increases Version.
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

// Account is an account and its objects, each collection in the API's order: oldest first.
type Account struct {
	SID string `json:"sid"`
	// AuthToken is empty if it is not known: the account then accepts every token.
	AuthToken string `json:"auth_token,omitempty"`
	// ParentAccountSID is empty for an account that is no subaccount.
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

// Object has the fields of an object by their names in Twilio's JSON: "sid", "friendly_name" and so on. Dates are RFC 3339.
// Objects that belong to it are a []Object under the name of their collection:
//
//   - "ip_addresses" of an IP access control list, and "credentials" of a credential list, without passwords
//   - "ip_access_control_list_mappings", "credential_list_mappings" (both for calls) and
//     "registration_credential_list_mappings" of a domain
//   - "ip_access_control_lists", "credential_lists" and "origination_urls" of a trunk
//
// Lists that are attached to a domain or trunk have only "sid" and the dates of the attachment. The "recording" of a trunk is an object
// with "mode" and "trim". If omitted, a field has the value that Twilio gives to a new object, and a SID or date is generated.
type Object map[string]any

// Encode writes a file as indented JSON.
func Encode(w io.Writer, accounts []Account) error {
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(File{Format: Format, Version: Version, Accounts: accounts})
}

// Decode reads a file. The error says that it is not one, or of a version that is not known. Numbers in objects are of type
// json.Number. What the fields of objects hold is not checked.
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

// explain says for people who wrote the file by hand what encoding/json found.
func explain(err error) error {
	if wrong, ok := errors.AsType[*json.UnmarshalTypeError](err); ok && wrong.Field != "" {
		return fmt.Errorf("%s must not be a JSON %s", wrong.Field, wrong.Value)
	}
	return errors.New(strings.TrimPrefix(err.Error(), "json: "))
}
