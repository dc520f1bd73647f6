// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package rest

import (
	"fmt"
	"net/http"
	"strings"

	"github.com/twilio/twilio-go/client"
)

// DefaultRegion is the region of host names without a region. Source:
// https://www.twilio.com/docs/global-infrastructure/using-the-twilio-rest-api-in-a-non-us-region
const DefaultRegion = "us1"

// route inserts region and edge into the host name of rawURL, as Twilio's own libraries do: api.dublin.ie1.twilio.com, and
// api.us1.twilio.com for the default region without an edge. Twilio documents trunking.{edge}.us1.twilio.com and
// trunking.dublin.ie1.twilio.com, but not trunking.us1.twilio.com, which its libraries use too. Sources:
// https://www.twilio.com/docs/global-infrastructure/understanding-edge-locations,
// https://www.twilio.com/en-us/changelog/twilio-edge-locations-available-for-elastic-sip-trunking and
// https://www.twilio.com/docs/global-infrastructure/localized-uris/elastic-sip-trunk-regional-migration-best-practices
func (c *Client) route(rawURL string) (string, error) {
	handler := client.RequestHandler{Region: c.config.Region, Edge: c.config.Edge}
	return handler.BuildUrl(rawURL)
}

// setHost sends req to the base URL if there is one. It rejects other hosts, because URLs of next pages come from responses,
// which must not be able to send the credentials to another host.
func (c *Client) setHost(req *http.Request) error {
	req.Host = ""
	if c.baseURL != nil {
		req.URL.Scheme, req.URL.Host = c.baseURL.Scheme, c.baseURL.Host
		return nil
	}
	host := strings.ToLower(req.URL.Hostname())
	if req.URL.Scheme != "https" || !strings.HasSuffix(host, ".twilio.com") {
		return fmt.Errorf("refused to send credentials to %s://%s, which is not a Twilio host", req.URL.Scheme, req.URL.Host)
	}
	if hasRegionWithoutEdge(host) {
		return fmt.Errorf("refused to send a request to %s: a host name with a region also needs the region's edge", req.URL.Host)
	}
	return nil
}

// hasRegionWithoutEdge reports whether a host name has a region but no edge, such as api.REGION.twilio.com, which Twilio retired on
// April 28, 2026. Twilio has not announced anything about such hosts of the trunking API, and does not document any. Hosts of the
// default region still work. Source: https://www.twilio.com/docs/global-infrastructure/api-domain-migration-guide
func hasRegionWithoutEdge(host string) bool {
	labels := strings.Split(strings.TrimSuffix(host, ".twilio.com"), ".")
	return len(labels) == 2 && labels[1] != DefaultRegion
}
