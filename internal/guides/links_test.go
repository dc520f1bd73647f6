// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// registry is a website that shows docs/. Neither registry rewrites relative links, so their target depends on the URL of the
// page.
type registry struct {
	// root is the URL of docs/index.md, without a trailing slash.
	root string
	// dirs has the directories of docs/ that have a different name on the website.
	dirs map[string]string
	// stripsAll is set if all links lose the suffix .md. Otherwise only links without a directory do.
	stripsAll bool
}

var registries = map[string]registry{
	// See https://github.com/cloudflare/terraform-provider-cloudflare/pull/7218 and https://github.com/BerriAI/litellm/pull/42003.
	"Terraform": {root: "https://registry.terraform.io/providers/twilio-sip/twilio/latest/docs", stripsAll: true},
	// See https://github.com/opentofu/registry-ui/blob/main/frontend/src/routes/Provider/components/docsProcessor.ts.
	"OpenTofu": {root: "https://search.opentofu.org/provider/twilio-sip/twilio/latest/docs", dirs: map[string]string{"data-sources": "datasources"}},
}

// pageURL returns the URL of a file of docs/, such as guides/large-accounts.md.
func (r registry) pageURL(file string) string {
	name := strings.TrimSuffix(file, ".md")
	if name == "index" {
		return r.root
	}
	dir, page, _ := strings.Cut(name, "/")
	if renamed, ok := r.dirs[dir]; ok {
		dir = renamed
	}
	return r.root + "/" + dir + "/" + page
}

// target returns the URL that a link on a page leads to, without its fragment.
func (r registry) target(t *testing.T, file, link string) string {
	t.Helper()
	link, _, _ = strings.Cut(link, "#")
	if r.stripsAll || !strings.Contains(link, "/") {
		link = strings.TrimSuffix(link, ".md")
	}
	page, err := url.Parse(r.pageURL(file))
	if err != nil {
		t.Fatal(err)
	}
	target, err := page.Parse(link)
	if err != nil {
		t.Fatal(err)
	}
	return target.String()
}

var (
	markdownLink = regexp.MustCompile(`\]\(([^)]+)\)`)
	codeFence    = regexp.MustCompile("(?ms)^```.*?^```")
)

// readPages returns the pages of docs/ by path.
func readPages(t *testing.T) map[string]string {
	t.Helper()
	docs := filepath.Join(acctest.Root(), "docs")
	pages := map[string]string{}
	err := filepath.WalkDir(docs, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(docs, path)
		pages[filepath.ToSlash(name)] = codeFence.ReplaceAllString(string(text), "")
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return pages
}

// anchors returns the fragments of a page: those that GitHub and the registries make for headings, and explicit ones.
func anchors(page string) map[string]bool {
	found := map[string]bool{"": true}
	for _, heading := range regexp.MustCompile(`(?m)^#+ (.+)$`).FindAllStringSubmatch(page, -1) {
		words := regexp.MustCompile(`[^\p{L}\p{N}_ -]`).ReplaceAllString(strings.ToLower(heading[1]), "")
		found[strings.ReplaceAll(words, " ", "-")] = true
	}
	for _, anchor := range regexp.MustCompile(`<a id="(.+?)">`).FindAllStringSubmatch(page, -1) {
		found[anchor[1]] = true
	}
	return found
}

// TestLinksOfDocumentation follows the links between the pages of docs/ on both registries. A link to a page in another directory
// only works if it is a full URL.
func TestLinksOfDocumentation(t *testing.T) {
	t.Parallel()
	pages := readPages(t)
	for name, r := range registries {
		fragments := map[string]map[string]bool{}
		for file, page := range pages {
			fragments[r.pageURL(file)] = anchors(page)
			if name == "OpenTofu" {
				// Full URLs lead to the Terraform Registry.
				fragments[registries["Terraform"].pageURL(file)] = anchors(page)
			}
		}
		for file, page := range pages {
			for _, link := range markdownLink.FindAllStringSubmatch(page, -1) {
				target := r.target(t, file, link[1])
				if strings.Contains(link[1], "://") && !strings.Contains(target, "twilio-sip/twilio/") {
					continue
				}
				_, fragment, _ := strings.Cut(link[1], "#")
				if !fragments[target][fragment] {
					t.Errorf("docs/%s: %s leads to %s#%s, which is not on the %s registry", file, link[1], target, fragment, name)
				}
			}
		}
	}
}

// TestLinksOfRepository follows the links on pages that only the repository has, and the links from docs/ to the repository.
func TestLinksOfRepository(t *testing.T) {
	t.Parallel()
	const repository = "https://github.com/twilio-sip/terraform-provider-twilio/blob/main/"
	root := acctest.Root()
	exists := func(page, file string) {
		t.Helper()
		if _, err := os.Stat(filepath.Join(root, file)); err != nil {
			t.Errorf("%s links to %s, which does not exist", page, file)
		}
	}
	for _, page := range []string{"README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "benchmarks/README.md"} {
		text, err := os.ReadFile(filepath.Join(root, page))
		if err != nil {
			t.Fatal(err)
		}
		for _, link := range markdownLink.FindAllStringSubmatch(string(text), -1) {
			if file, _, _ := strings.Cut(link[1], "#"); file != "" && !strings.Contains(file, "://") {
				exists(page, filepath.Join(filepath.Dir(page), file))
			}
		}
	}
	for page, text := range readPages(t) {
		for _, link := range markdownLink.FindAllStringSubmatch(text, -1) {
			if file, ok := strings.CutPrefix(link[1], repository); ok {
				exists(page, file)
			}
		}
	}
}
