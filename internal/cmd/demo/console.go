// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"os"
	"slices"
	"strings"
)

// makeList makes the list "Call centre" with one address as a person would in
// the Console, past Terraform, and gives its SID.
func makeList(ctx context.Context) (string, error) {
	var list, address struct {
		SID string `json:"sid"`
	}
	fields := url.Values{"FriendlyName": {"Call centre"}}
	if err := call(ctx, http.MethodPost, "IpAccessControlLists.json", fields, &list); err != nil {
		return "", err
	}
	fmt.Println(list.SID)
	fields = url.Values{"FriendlyName": {"PBX"}, "IpAddress": {"192.0.2.44"}}
	if err := call(ctx, http.MethodPost, "IpAccessControlLists/"+list.SID+"/IpAddresses.json", fields, &address); err != nil {
		return "", err
	}
	return list.SID, nil
}

// countLists is how many lists the account has.
func countLists(ctx context.Context) (int, error) {
	var page struct {
		Lists []json.RawMessage `json:"ip_access_control_lists"`
	}
	err := call(ctx, http.MethodGet, "IpAccessControlLists.json", nil, &page)
	return len(page.Lists), err
}

// call makes one request to the account's SIP resources, prints it as the curl
// command that would do the same, and decodes the answer into result.
func call(ctx context.Context, method, path string, fields url.Values, result any) error {
	account := os.Getenv("TWILIO_ACCOUNT_SID")
	address := os.Getenv("TWILIO_BASE_URL") + "/2010-04-01/Accounts/" + account + "/SIP/" + path

	args := []string{"-u", `"$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN"`, address}
	for _, name := range slices.Sorted(maps.Keys(fields)) {
		args = append(args, "-d", "'"+name+"="+fields.Get(name)+"'")
	}
	prompt("curl", args...)

	request, err := http.NewRequestWithContext(ctx, method, address, strings.NewReader(fields.Encode()))
	if err != nil {
		return err
	}
	request.SetBasicAuth(account, os.Getenv("TWILIO_AUTH_TOKEN"))
	if fields != nil {
		request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	fmt.Println(response.Proto, response.Status)
	if response.StatusCode >= http.StatusBadRequest {
		return fmt.Errorf("%s %s: %s", method, path, response.Status)
	}
	return json.NewDecoder(response.Body).Decode(result)
}
