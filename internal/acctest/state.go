// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package acctest

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Resource is a resource in a state file.
type Resource struct {
	Mode, Type, Name, Provider string
	Instances                  []Instance
}

// Instance is one instance of a Resource.
type Instance struct {
	SchemaVersion int            `json:"schema_version"`
	IndexKey      any            `json:"index_key"`
	Attributes    map[string]any `json:"attributes"`
	Identity      map[string]any `json:"identity"`
}

// State returns the resources in the state file.
func (c *CLI) State() []Resource {
	c.T.Helper()
	var state struct{ Resources []Resource }
	if err := json.Unmarshal([]byte(c.Read("terraform.tfstate")), &state); err != nil {
		c.T.Fatal(err)
	}
	return state.Resources
}

// ExpectCompleteState fails the test unless the state has the given number of managed resources, each of this provider and its
// schema version, without missing attributes and, if the CLI stores it, with an identity.
func (c *CLI) ExpectCompleteState(resources int) {
	c.T.Helper()
	found := 0
	for _, resource := range c.State() {
		if resource.Mode != "managed" {
			continue
		}
		for _, instance := range resource.Instances {
			found++
			name := fmt.Sprintf("%s.%s[%v]", resource.Type, resource.Name, instance.IndexKey)
			if instance.SchemaVersion != 1 || !strings.Contains(resource.Provider, "/"+ProviderSource+`"`) {
				c.T.Errorf("%s: version %d of %s", name, instance.SchemaVersion, resource.Provider)
			}
			for attribute, value := range instance.Attributes {
				if value == nil && !slices.Contains([]string{"timeouts", "ip_addresses"}, attribute) {
					c.T.Errorf("%s: %s is null", name, attribute)
				}
			}
			if c.AtLeast("1.12", "1.12") && len(instance.Identity) == 0 {
				c.T.Errorf("%s has no identity", name)
			}
		}
	}
	if found != resources {
		c.T.Errorf("%d objects in the state, want %d", found, resources)
	}
}

// WithDefaultHost returns a state with the CLI's default registry instead of registry.terraform.io.
func (c *CLI) WithDefaultHost(state string) string {
	return strings.ReplaceAll(state, "registry.terraform.io", c.DefaultHost())
}
