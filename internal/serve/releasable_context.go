// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"sync/atomic"
	"time"
)

// releasableContext is another context until it is released. Then it is a canceled context without values, and what it was can
// be collected.
//
// The framework's server derives a context from that of each call and keeps it until Terraform stops the provider, and with it
// all that the call's context refers to, such as loggers and the gRPC stream: about 65 KB.
// Source: registerContext in https://github.com/hashicorp/terraform-plugin-framework, internal/proto6server/serve.go (v1.19.0).
type releasableContext struct {
	current atomic.Pointer[context.Context]
}

func newReleasableContext(ctx context.Context) *releasableContext {
	c := &releasableContext{}
	c.current.Store(&ctx)
	return c
}

// canceled is what every context is after its release.
var canceled = func() *context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return &ctx
}()

// release lets go of the other context, which has been canceled.
func (c *releasableContext) release() { c.current.Store(canceled) }

func (c *releasableContext) Deadline() (time.Time, bool) { return (*c.current.Load()).Deadline() }
func (c *releasableContext) Done() <-chan struct{}       { return (*c.current.Load()).Done() }
func (c *releasableContext) Err() error                  { return (*c.current.Load()).Err() }
func (c *releasableContext) Value(key any) any           { return (*c.current.Load()).Value(key) }
