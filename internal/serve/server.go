// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package serve

import (
	"context"
	"fmt"
	"iter"
	"time"

	"github.com/hashicorp/terraform-plugin-framework/provider"
	"github.com/hashicorp/terraform-plugin-framework/providerserver"
	"github.com/hashicorp/terraform-plugin-go/tfprotov6"
)

// frameworkServer lists the interfaces that the framework's server implements: tfprotov6.ProviderServer and the optional
// interfaces that terraform-plugin-go looks for.
type frameworkServer interface {
	tfprotov6.ProviderServer
	tfprotov6.ListResourceServer
	tfprotov6.ActionServer
	tfprotov6.StateStoreServer
}

var _ frameworkServer = (*server)(nil)

// server passes every call on to the framework's server, with a context of its own. It embeds no interface, so the compiler
// reports methods that a new version of the protocol adds.
type server struct {
	framework frameworkServer
	calls     calls
	// lists are the running calls of ListResource.
	lists calls
	// severalRuns is set if several runs of Terraform use the server one after the other, as in debug mode. A stop then lasts
	// until the next run configures the provider. Otherwise it lasts until the process ends.
	severalRuns bool
}

func newServer(p provider.Provider) (*server, error) {
	made := providerserver.NewProtocol6(p)()
	framework, ok := made.(frameworkServer)
	if !ok {
		return nil, fmt.Errorf("the framework's server (%T) does not implement the whole protocol", made)
	}
	return &server{framework: framework}, nil
}

// NewServer returns the server of a provider for tests, in which several runs of Terraform may use it one after the other.
func NewServer(p provider.Provider) (tfprotov6.ProviderServer, error) {
	s, err := newServer(p)
	if err != nil {
		return nil, err
	}
	s.severalRuns = true
	return s, nil
}

// pass passes on a call, which ends when the method returns.
func pass[Request, Response any](ctx context.Context, s *server, method func(context.Context, Request) (Response, error), request Request) (Response, error) {
	ctx, done := s.calls.call(ctx)
	defer done()
	return method(ctx, request)
}

// untilRead ends a call that returns a stream. The framework produces the elements while they are read, so the call ends when the
// reader has read the last element or stops reading.
func untilRead[Element any](elements iter.Seq[Element], done func()) iter.Seq[Element] {
	return func(yield func(Element) bool) {
		defer done()
		elements(yield)
	}
}

// listStopTimeout is how long a stop waits for lists to end. They only read, and reads end at once.
const listStopTimeout = time.Second

// StopProvider cancels the contexts of all calls. It is not registered as a call, because it must not cancel its own context. It
// returns when lists have sent the error that they were interrupted. terraform-plugin-go drops what they send later, and
// Terraform would then treat the results so far as complete and generate configuration from them.
func (s *server) StopProvider(ctx context.Context, request *tfprotov6.StopProviderRequest) (*tfprotov6.StopProviderResponse, error) {
	s.calls.stop()
	s.lists.wait(listStopTimeout)
	return s.framework.StopProvider(ctx, request)
}

func (s *server) ConfigureProvider(ctx context.Context, request *tfprotov6.ConfigureProviderRequest) (*tfprotov6.ConfigureProviderResponse, error) {
	if s.severalRuns {
		s.calls.resume()
	}
	return pass(ctx, s, s.framework.ConfigureProvider, request)
}

func (s *server) ListResource(ctx context.Context, request *tfprotov6.ListResourceRequest) (*tfprotov6.ListResourceServerStream, error) {
	ctx, done := s.calls.call(ctx)
	stream, err := s.framework.ListResource(ctx, request)
	if err != nil {
		done()
		return nil, err
	}
	_, listed := s.lists.call(ctx)
	stream.Results = untilRead(stream.Results, func() {
		listed()
		done()
	})
	return stream, nil
}

func (s *server) InvokeAction(ctx context.Context, request *tfprotov6.InvokeActionRequest) (*tfprotov6.InvokeActionServerStream, error) {
	ctx, done := s.calls.call(ctx)
	stream, err := s.framework.InvokeAction(ctx, request)
	if err != nil {
		done()
		return nil, err
	}
	stream.Events = untilRead(stream.Events, done)
	return stream, nil
}

func (s *server) ReadStateBytes(ctx context.Context, request *tfprotov6.ReadStateBytesRequest) (*tfprotov6.ReadStateBytesStream, error) {
	ctx, done := s.calls.call(ctx)
	stream, err := s.framework.ReadStateBytes(ctx, request)
	if err != nil {
		done()
		return nil, err
	}
	stream.Chunks = untilRead(stream.Chunks, done)
	return stream, nil
}

func (s *server) WriteStateBytes(ctx context.Context, stream *tfprotov6.WriteStateBytesStream) (*tfprotov6.WriteStateBytesResponse, error) {
	return pass(ctx, s, s.framework.WriteStateBytes, stream)
}

// The remaining calls, in the order of tfprotov6.

func (s *server) GetMetadata(ctx context.Context, request *tfprotov6.GetMetadataRequest) (*tfprotov6.GetMetadataResponse, error) {
	return pass(ctx, s, s.framework.GetMetadata, request)
}

func (s *server) GetProviderSchema(ctx context.Context, request *tfprotov6.GetProviderSchemaRequest) (*tfprotov6.GetProviderSchemaResponse, error) {
	return pass(ctx, s, s.framework.GetProviderSchema, request)
}

func (s *server) GetResourceIdentitySchemas(ctx context.Context, request *tfprotov6.GetResourceIdentitySchemasRequest) (*tfprotov6.GetResourceIdentitySchemasResponse, error) {
	return pass(ctx, s, s.framework.GetResourceIdentitySchemas, request)
}

func (s *server) ValidateProviderConfig(ctx context.Context, request *tfprotov6.ValidateProviderConfigRequest) (*tfprotov6.ValidateProviderConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateProviderConfig, request)
}

func (s *server) ValidateResourceConfig(ctx context.Context, request *tfprotov6.ValidateResourceConfigRequest) (*tfprotov6.ValidateResourceConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateResourceConfig, request)
}

func (s *server) UpgradeResourceState(ctx context.Context, request *tfprotov6.UpgradeResourceStateRequest) (*tfprotov6.UpgradeResourceStateResponse, error) {
	return pass(ctx, s, s.framework.UpgradeResourceState, request)
}

func (s *server) ReadResource(ctx context.Context, request *tfprotov6.ReadResourceRequest) (*tfprotov6.ReadResourceResponse, error) {
	return pass(ctx, s, s.framework.ReadResource, request)
}

func (s *server) PlanResourceChange(ctx context.Context, request *tfprotov6.PlanResourceChangeRequest) (*tfprotov6.PlanResourceChangeResponse, error) {
	return pass(ctx, s, s.framework.PlanResourceChange, request)
}

func (s *server) ApplyResourceChange(ctx context.Context, request *tfprotov6.ApplyResourceChangeRequest) (*tfprotov6.ApplyResourceChangeResponse, error) {
	return pass(ctx, s, s.framework.ApplyResourceChange, request)
}

func (s *server) ImportResourceState(ctx context.Context, request *tfprotov6.ImportResourceStateRequest) (*tfprotov6.ImportResourceStateResponse, error) {
	return pass(ctx, s, s.framework.ImportResourceState, request)
}

func (s *server) MoveResourceState(ctx context.Context, request *tfprotov6.MoveResourceStateRequest) (*tfprotov6.MoveResourceStateResponse, error) {
	return pass(ctx, s, s.framework.MoveResourceState, request)
}

func (s *server) UpgradeResourceIdentity(ctx context.Context, request *tfprotov6.UpgradeResourceIdentityRequest) (*tfprotov6.UpgradeResourceIdentityResponse, error) {
	return pass(ctx, s, s.framework.UpgradeResourceIdentity, request)
}

func (s *server) GenerateResourceConfig(ctx context.Context, request *tfprotov6.GenerateResourceConfigRequest) (*tfprotov6.GenerateResourceConfigResponse, error) {
	return pass(ctx, s, s.framework.GenerateResourceConfig, request)
}

func (s *server) ValidateDataResourceConfig(ctx context.Context, request *tfprotov6.ValidateDataResourceConfigRequest) (*tfprotov6.ValidateDataResourceConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateDataResourceConfig, request)
}

func (s *server) ReadDataSource(ctx context.Context, request *tfprotov6.ReadDataSourceRequest) (*tfprotov6.ReadDataSourceResponse, error) {
	return pass(ctx, s, s.framework.ReadDataSource, request)
}

func (s *server) CallFunction(ctx context.Context, request *tfprotov6.CallFunctionRequest) (*tfprotov6.CallFunctionResponse, error) {
	return pass(ctx, s, s.framework.CallFunction, request)
}

func (s *server) GetFunctions(ctx context.Context, request *tfprotov6.GetFunctionsRequest) (*tfprotov6.GetFunctionsResponse, error) {
	return pass(ctx, s, s.framework.GetFunctions, request)
}

func (s *server) ValidateEphemeralResourceConfig(ctx context.Context, request *tfprotov6.ValidateEphemeralResourceConfigRequest) (*tfprotov6.ValidateEphemeralResourceConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateEphemeralResourceConfig, request)
}

func (s *server) OpenEphemeralResource(ctx context.Context, request *tfprotov6.OpenEphemeralResourceRequest) (*tfprotov6.OpenEphemeralResourceResponse, error) {
	return pass(ctx, s, s.framework.OpenEphemeralResource, request)
}

func (s *server) RenewEphemeralResource(ctx context.Context, request *tfprotov6.RenewEphemeralResourceRequest) (*tfprotov6.RenewEphemeralResourceResponse, error) {
	return pass(ctx, s, s.framework.RenewEphemeralResource, request)
}

func (s *server) CloseEphemeralResource(ctx context.Context, request *tfprotov6.CloseEphemeralResourceRequest) (*tfprotov6.CloseEphemeralResourceResponse, error) {
	return pass(ctx, s, s.framework.CloseEphemeralResource, request)
}

func (s *server) ValidateListResourceConfig(ctx context.Context, request *tfprotov6.ValidateListResourceConfigRequest) (*tfprotov6.ValidateListResourceConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateListResourceConfig, request)
}

func (s *server) ValidateActionConfig(ctx context.Context, request *tfprotov6.ValidateActionConfigRequest) (*tfprotov6.ValidateActionConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateActionConfig, request)
}

func (s *server) PlanAction(ctx context.Context, request *tfprotov6.PlanActionRequest) (*tfprotov6.PlanActionResponse, error) {
	return pass(ctx, s, s.framework.PlanAction, request)
}

func (s *server) ValidateStateStoreConfig(ctx context.Context, request *tfprotov6.ValidateStateStoreConfigRequest) (*tfprotov6.ValidateStateStoreConfigResponse, error) {
	return pass(ctx, s, s.framework.ValidateStateStoreConfig, request)
}

func (s *server) ConfigureStateStore(ctx context.Context, request *tfprotov6.ConfigureStateStoreRequest) (*tfprotov6.ConfigureStateStoreResponse, error) {
	return pass(ctx, s, s.framework.ConfigureStateStore, request)
}

func (s *server) GetStates(ctx context.Context, request *tfprotov6.GetStatesRequest) (*tfprotov6.GetStatesResponse, error) {
	return pass(ctx, s, s.framework.GetStates, request)
}

func (s *server) DeleteState(ctx context.Context, request *tfprotov6.DeleteStateRequest) (*tfprotov6.DeleteStateResponse, error) {
	return pass(ctx, s, s.framework.DeleteState, request)
}

func (s *server) LockState(ctx context.Context, request *tfprotov6.LockStateRequest) (*tfprotov6.LockStateResponse, error) {
	return pass(ctx, s, s.framework.LockState, request)
}

func (s *server) UnlockState(ctx context.Context, request *tfprotov6.UnlockStateRequest) (*tfprotov6.UnlockStateResponse, error) {
	return pass(ctx, s, s.framework.UnlockState, request)
}
