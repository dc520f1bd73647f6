// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

// Command plaintwilio is a program that does not know about the mock. It uses Twilio's own library for Go and the credentials in the
// environment.
package main

import (
	"fmt"
	"os"

	"github.com/twilio/twilio-go/client"
	api "github.com/twilio/twilio-go/rest/api/v2010"
	trunking "github.com/twilio/twilio-go/rest/trunking/v1"
)

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run() error {
	twilio := &client.Client{Credentials: client.NewCredentials(os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"))}
	twilio.SetAccountSid(os.Getenv("TWILIO_ACCOUNT_SID"))
	requests := client.NewRequestHandler(twilio)
	lists := api.NewApiService(requests)
	trunks := trunking.NewApiService(requests)

	for i := range 5 {
		params := new(api.CreateSipIpAccessControlListParams).SetFriendlyName(fmt.Sprint("office ", i))
		if _, err := lists.CreateSipIpAccessControlList(params); err != nil {
			return err
		}
		if _, err := trunks.CreateTrunk(new(trunking.CreateTrunkParams).SetFriendlyName(fmt.Sprint("main ", i))); err != nil {
			return err
		}
	}
	made, err := lists.ListSipIpAccessControlList(new(api.ListSipIpAccessControlListParams).SetPageSize(2))
	if err != nil {
		return err
	}
	fmt.Println(len(made), "lists")
	lines, err := trunks.ListTrunk(new(trunking.ListTrunkParams).SetPageSize(2))
	if err != nil {
		return err
	}
	fmt.Println(len(lines), "trunks")

	associate := new(trunking.CreateIpAccessControlListParams).SetIpAccessControlListSid(*made[0].Sid)
	association, err := trunks.CreateIpAccessControlList(*lines[0].Sid, associate)
	if err != nil {
		return err
	}
	fmt.Println(*association.Url)
	if err := trunks.DeleteIpAccessControlList(*lines[0].Sid, *association.Sid); err != nil {
		return err
	}
	for i := range made {
		if err := lists.DeleteSipIpAccessControlList(*made[i].Sid, nil); err != nil {
			return err
		}
		if err := trunks.DeleteTrunk(*lines[i].Sid); err != nil {
			return err
		}
	}
	return nil
}
