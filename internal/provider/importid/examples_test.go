// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package importid

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/hashicorp/terraform-plugin-framework/diag"
)

// TestImportExamples parses every import ID in examples and guides, and checks that every form occurs there, and a complete path
// and a URL for every type.
func TestImportExamples(t *testing.T) {
	t.Parallel()
	forms := map[string]Forms{
		"twilio_sip_ip_access_control_list":                           AccessList,
		"twilio_sip_ip_address":                                       IPAddress,
		"twilio_sip_domain_ip_access_control_list_mapping":            DomainMapping,
		"twilio_sip_trunking_ip_access_control_list":                  TrunkAssociation,
		"twilio_sip_domain_ip_access_control_list_mappings_exclusive": DomainMappings,
		"twilio_sip_trunking_ip_access_control_lists_exclusive":       TrunkAssociations,
	}
	line := regexp.MustCompile(`(?m)^terraform import '?(?:module\.\w+\.)?(twilio_\w+)\.\S+ (\S+)$`)
	block := regexp.MustCompile(`(?s)to = (twilio_\w+)\.\w+\s+id = "([^"]+)"`)
	documented := map[string]map[form]bool{}
	complete := map[string]map[bool]bool{} // by whether the ID has a host
	for _, pattern := range []string{
		filepath.Join("..", "..", "..", "examples", "resources", "*", "import*"), filepath.Join("..", "..", "..", "templates", "guides", "*"),
	} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			t.Fatalf("%s: %d files, %v", pattern, len(files), err)
		}
		for _, file := range files {
			content, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			for _, match := range append(line.FindAllStringSubmatch(string(content), -1), block.FindAllStringSubmatch(string(content), -1)...) {
				f, ours := forms[match[1]]
				if !ours {
					continue
				}
				var diags diag.Diagnostics
				if f.parse(match[2], &diags); diags.HasError() {
					t.Errorf("%s: %v", file, diags)
				}
				path := withoutVersion(match[2])
				if path != match[2] {
					if complete[match[1]] == nil {
						complete[match[1]] = map[bool]bool{}
					}
					complete[match[1]][strings.HasPrefix(match[2], "https:")] = true
				}
				for _, pattern := range f.ids {
					if sids, _ := pattern.match(path); sids != nil {
						if documented[match[1]] == nil {
							documented[match[1]] = map[form]bool{}
						}
						documented[match[1]][pattern] = true
					}
				}
			}
		}
	}
	for resourceType, f := range forms {
		if len(documented[resourceType]) != len(f.ids) {
			t.Errorf("%s: documented are %v, understood are\n%s", resourceType, documented[resourceType], f.list())
		}
		if len(complete[resourceType]) != 2 {
			t.Errorf("%s: a complete path and a URL must be documented", resourceType)
		}
	}
}
