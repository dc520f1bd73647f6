// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"sync/atomic"
	"time"
)

// releasableContext delegates to another context until it is released. After that it is a canceled context without values, and
// the other context can be garbage collected.
//
// This is needed because the framework's server derives a context from the context of each call and keeps it until Terraform
// stops the provider. That also keeps everything that the call's context refers to, such as loggers and the gRPC stream: about 65
// KB per call. Source: registerContext in https://github.com/hashicorp/terraform-plugin-framework, internal/proto6server/serve.go
// (v1.19.0).
type releasableContext struct {
	current atomic.Pointer[context.Context]
}

func newReleasableContext(ctx context.Context) *releasableContext {
	c := &releasableContext{}
	c.current.Store(&ctx)
	return c
}

// canceled is the context that a releasableContext delegates to after its release.
var canceled = func() *context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	return &ctx
}()

// release drops the other context, which must have been canceled.
func (c *releasableContext) release() { c.current.Store(canceled) }

func (c *releasableContext) Deadline() (time.Time, bool) { return (*c.current.Load()).Deadline() }
func (c *releasableContext) Done() <-chan struct{}       { return (*c.current.Load()).Done() }
func (c *releasableContext) Err() error                  { return (*c.current.Load()).Err() }
func (c *releasableContext) Value(key any) any           { return (*c.current.Load()).Value(key) }
