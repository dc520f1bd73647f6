// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package provider

import (
	"fmt"

	"github.com/hashicorp/terraform-plugin-framework/path"
	"github.com/hashicorp/terraform-plugin-framework/types"

	"github.com/twilio-sip/terraform-provider-twilio/internal/provider/attribute"
	"github.com/twilio-sip/terraform-provider-twilio/internal/twilio"
)

// regionEdges are the regions in which Twilio processes requests, except the default region, with the edges in their host names.
// Source: https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations
var regionEdges = map[string]string{"au1": "sydney", "ie1": "dublin"}

// legacyEdges maps older names of edges to their current names. Twilio processes requests to these edges in us1. Its pages
// disagree about jp1: https://www.twilio.com/docs/twilio-cli/general-usage/regional lists it as a region. Source:
// https://www.twilio.com/docs/global-infrastructure/edge-locations/legacy-regions
var legacyEdges = map[string]string{"br1": "sao-paulo", "de1": "frankfurt", "jp1": "tokyo", "sg1": "singapore", "us2": "umatilla"}

const (
	exampleRegion = "ie1"
	exampleEdge   = "dublin"
)

const (
	migrationGuide = "https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide"
	edgeLocations  = "https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations"
)

// checkRouting checks that region and edge lead to a host that serves the region. It also does so if there is a base URL, which
// overrides both, so that a rehearsal against a test server shows the same errors as Twilio's own hosts.
func (s settings) checkRouting(block providerModel, config twilio.Config) {
	valid := s.checkHostLabel("region", exampleRegion, block.Region, envRegion, config.Region)
	valid = s.checkHostLabel("edge", exampleEdge, block.Edge, envEdge, config.Edge) && valid
	switch {
	case !valid:
	case config.Region != "" && config.Region != twilio.DefaultRegion && block.Edge.IsNull() && config.Edge == "":
		s.diags.AddAttributeError(path.Root("region"), "Missing edge", missingEdge(config.Region, sourceOf("region", block.Region, envRegion)))
	case config.Edge != "" && block.Region.IsNull() && config.Region == "":
		s.diags.AddAttributeError(path.Root("edge"), "Missing region", missingRegion(config.Edge, sourceOf("edge", block.Edge, envEdge)))
	}
}

// checkHostLabel checks a value from the environment. The schema validates the block's own value.
func (s settings) checkHostLabel(name, example string, block types.String, env, value string) bool {
	if !block.IsNull() || value == "" {
		return true
	}
	problem := attribute.HostLabelProblem(sourceOf(name, block, env), example, value)
	if problem != "" {
		s.diags.AddAttributeError(path.Root(name), "Invalid "+name, problem)
	}
	return problem == ""
}

// sourceOf returns where a setting is set, as the beginning of a sentence.
func sourceOf(name string, block types.String, env string) string {
	if block.IsNull() {
		return "The environment variable " + env
	}
	return name
}

// missingEdge returns advice to set an edge with a region, or to remove the region. source is where the region is set.
func missingEdge(region, source string) string {
	const setEdge = "set edge = %[2]q in the provider block, or set the environment variable " + envEdge + " to %[2]s"
	text := fmt.Sprintf("%s is %q, but no edge is set. ", source, region)
	edge, isRegion := regionEdges[region]
	legacy, isLegacy := legacyEdges[region]
	switch {
	case isRegion:
		text += fmt.Sprintf("To manage resources in region %[1]s, "+setEdge+". Region %[1]s needs its own credentials.", region, edge)
	case isLegacy:
		text += fmt.Sprintf("The edge location for %[1]s is %[2]s, but Twilio does not list %[1]s as a region that processes data: it processes these requests in us1. "+
			"If Twilio gave you credentials for a region %[1]s, "+setEdge+".", region, legacy)
	default:
		text += fmt.Sprintf("To manage resources in region %s, set edge in the provider block or the environment variable %s to the edge location of the region.",
			region, envEdge)
	}
	text += "\n\n"
	if isRegion || isLegacy {
		text += fmt.Sprintf("Without an edge, requests used to go to api.%s.twilio.com, which Twilio retired on April 28, 2026. That host processed every request in us1, "+
			"so everything that was managed through it is in us1. ", region)
	}
	return text + "To manage resources in us1, remove the region.\n\nSee " + migrationGuide
}

// missingRegion returns advice to set a region with an edge, or to remove the edge. source is where the edge is set.
func missingRegion(edge, source string) string {
	const setRegion = "To manage resources in %[1]s, set region = %[1]q in the provider block, or set the environment variable " + envRegion + " to %[1]s"
	text := fmt.Sprintf("%s is %q, but no region is set. ", source, edge)
	if region := regionOf(edge); region != "" {
		text += fmt.Sprintf(setRegion+". Region %[1]s needs its own credentials.\n\n", region)
	}
	return text + fmt.Sprintf(setRegion+", or remove the edge. Twilio's libraries use %[1]s if only an edge is set. The edge does not determine where requests enter "+
		"Twilio's network.\n\nSee %[2]s", twilio.DefaultRegion, edgeLocations)
}

// regionOf returns the region whose host names have the edge, or "".
func regionOf(edge string) string {
	for region, own := range regionEdges {
		if own == edge {
			return region
		}
	}
	return ""
}
