// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// mockSpeed is how many requests a second the mock answers when a client in the
// same process does nothing but ask: for one list, and for pages of 1,000.
type mockSpeed struct{ Objects, Pages float64 }

func measureMock(ctx context.Context, s settings) (*mockSpeed, error) {
	server, err := mocktwilio.Start(mocktwilio.Options{DiscardRequests: true})
	if err != nil {
		return nil, err
	}
	defer server.Close()
	var sid string
	for i := range 1000 {
		sid = server.CreateList("", fmt.Sprintf("List %d", i)).SID
	}
	length := 2 * time.Second
	if s.quick {
		length /= 10
	}
	root := server.URL() + "/2010-04-01/Accounts/" + server.AccountSID() + "/SIP/IpAccessControlLists"
	var speed mockSpeed
	if speed.Objects, err = rate(ctx, server, root+"/"+sid+".json", length); err != nil {
		return nil, err
	}
	if speed.Pages, err = rate(ctx, server, root+".json?PageSize=1000", length); err != nil {
		return nil, err
	}
	progress("The mock alone: %.0f objects, %.0f pages of 1,000 a second", speed.Objects, speed.Pages)
	return &speed, nil
}

// rate asks for one address as often as it can, ten requests at a time.
func rate(ctx context.Context, server *mocktwilio.Server, address string, length time.Duration) (float64, error) {
	const workers = 10
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: workers}}
	defer client.CloseIdleConnections()
	ctx, cancel := context.WithTimeout(ctx, length)
	defer cancel()
	var (
		group  sync.WaitGroup
		done   atomic.Int64
		failed atomic.Pointer[error]
	)
	started := time.Now()
	for range workers {
		group.Go(func() {
			for ctx.Err() == nil {
				if err := get(ctx, client, server, address); err == nil {
					done.Add(1)
				} else if ctx.Err() == nil {
					failed.Store(&err)
					cancel()
				}
			}
		})
	}
	group.Wait()
	if err := failed.Load(); err != nil {
		return 0, *err
	}
	return float64(done.Load()) / time.Since(started).Seconds(), nil
}

func get(ctx context.Context, client *http.Client, server *mocktwilio.Server, address string) error {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return err
	}
	request.SetBasicAuth(server.AccountSID(), server.AuthToken())
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer func() { _ = response.Body.Close() }()
	if _, err := io.Copy(io.Discard, response.Body); err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", address, response.Status)
	}
	return nil
}
