// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"errors"
	"runtime"
	"testing"
	"weak"

	"github.com/hashicorp/terraform-plugin-framework/datasource"
	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-framework/resource"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// emptyProvider is a provider without resources, data sources, or settings.
type emptyProvider struct{}

func (emptyProvider) Metadata(context.Context, provider.MetadataRequest, *provider.MetadataResponse) {
}
func (emptyProvider) Schema(context.Context, provider.SchemaRequest, *provider.SchemaResponse) {}
func (emptyProvider) Configure(context.Context, provider.ConfigureRequest, *provider.ConfigureResponse) {
}
func (emptyProvider) DataSources(context.Context) []func() datasource.DataSource { return nil }
func (emptyProvider) Resources(context.Context) []func() resource.Resource       { return nil }

type contextKey struct{}

// keepsContext reports whether a server still refers to the context of a call that has ended.
func keepsContext(t *testing.T, server tfprotov6.ProviderServer) bool {
	t.Helper()
	held := func() weak.Pointer[[1024]byte] {
		value := new([1024]byte)
		ctx := context.WithValue(context.WithoutCancel(t.Context()), contextKey{}, value)
		if _, err := server.GetMetadata(ctx, &tfprotov6.GetMetadataRequest{}); err != nil {
			t.Fatal(err)
		}
		return weak.Make(value)
	}()
	runtime.GC()
	kept := held.Value() != nil
	runtime.KeepAlive(server)
	return kept
}

func TestEndedCallsAreReleased(t *testing.T) {
	t.Parallel()
	s, err := newServer(emptyProvider{})
	if err != nil {
		t.Fatal(err)
	}
	if keepsContext(t, s) {
		t.Error("the context of a call outlives the call")
	}
	// As long as this is true, this package needs releasableContext.
	if !keepsContext(t, providerserver.NewProtocol6(emptyProvider{})()) {
		t.Error("the framework no longer keeps the contexts of calls: remove releasableContext")
	}
}

func TestReleasableContext(t *testing.T) {
	t.Parallel()
	parent, cancel := context.WithCancel(context.WithValue(t.Context(), contextKey{}, "value"))
	c := newReleasableContext(parent)
	derived, cancelDerived := context.WithCancel(c)
	defer cancelDerived()
	if c.Value(contextKey{}) != "value" || derived.Err() != nil {
		t.Errorf("before the end: %v, %v", c.Value(contextKey{}), derived.Err())
	}
	cancel()
	if <-derived.Done(); !errors.Is(c.Err(), context.Canceled) {
		t.Errorf("after the end: %v", c.Err())
	}
	c.release()
	if <-c.Done(); !errors.Is(c.Err(), context.Canceled) || !errors.Is(derived.Err(), context.Canceled) {
		t.Errorf("after the release: %v, %v", c.Err(), derived.Err())
	}
	if got := derived.Value(contextKey{}); got != nil {
		t.Errorf("after the release there is still the value %v", got)
	}
}
