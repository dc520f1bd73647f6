// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package twilio

import "context"

// Twilio calls an attachment to a domain a mapping, and one to a trunk an association.
type (
	// DomainMapping is a list attached to a SIP domain.
	DomainMapping = Attachment
	// TrunkAssociation is a list attached to an Elastic SIP trunk.
	TrunkAssociation = Attachment
)

// CreateDomainMapping is Attachments.Create.
func (c *Client) CreateDomainMapping(ctx context.Context, accountSID, domainSID, listSID string) (DomainMapping, error) {
	return c.DomainAttachments(accountSID, domainSID).Create(ctx, listSID)
}

// DomainMapping is Attachments.Get.
func (c *Client) DomainMapping(ctx context.Context, accountSID, domainSID, listSID string) (DomainMapping, error) {
	return c.DomainAttachments(accountSID, domainSID).Get(ctx, listSID)
}

// DeleteDomainMapping is Attachments.Delete.
func (c *Client) DeleteDomainMapping(ctx context.Context, accountSID, domainSID, listSID string) error {
	return c.DomainAttachments(accountSID, domainSID).Delete(ctx, listSID)
}

// DomainMappings is Attachments.All.
func (c *Client) DomainMappings(ctx context.Context, accountSID, domainSID string) ([]DomainMapping, error) {
	return c.DomainAttachments(accountSID, domainSID).All(ctx)
}

// CreateTrunkAssociation is Attachments.Create.
func (c *Client) CreateTrunkAssociation(ctx context.Context, trunkSID, listSID string) (TrunkAssociation, error) {
	return c.TrunkAttachments(trunkSID).Create(ctx, listSID)
}

// TrunkAssociation is Attachments.Get.
func (c *Client) TrunkAssociation(ctx context.Context, trunkSID, listSID string) (TrunkAssociation, error) {
	return c.TrunkAttachments(trunkSID).Get(ctx, listSID)
}

// DeleteTrunkAssociation is Attachments.Delete.
func (c *Client) DeleteTrunkAssociation(ctx context.Context, trunkSID, listSID string) error {
	return c.TrunkAttachments(trunkSID).Delete(ctx, listSID)
}

// TrunkAssociations is Attachments.All.
func (c *Client) TrunkAssociations(ctx context.Context, trunkSID string) ([]TrunkAssociation, error) {
	return c.TrunkAttachments(trunkSID).All(ctx)
}
