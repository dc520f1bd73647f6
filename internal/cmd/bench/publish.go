// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"embed"
	"fmt"
	"strings"
	"text/template"
	"time"
)

// The files that show results. They are not in docs/, because the documentation
// generator owns that directory.
const (
	resultsFile = "benchmarks/results.txt"
	othersFile  = "benchmarks/others.txt"
	reportFile  = "benchmarks/README.md"
	plotFile    = "benchmarks/refresh.svg"
	readmeFile  = "README.md"
)

// The section of README.md that shows the main results.
const (
	sectionBegin = "<!-- bench:begin -->\n"
	sectionEnd   = "<!-- bench:end -->\n"
)

//go:embed templates
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"mebibytes": mebibytes,
	"ms":        func(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) },
	"number":    number,
	"slower": func(seconds, than float64) string {
		if seconds < than {
			return fmt.Sprintf("%.2f s faster", than-seconds)
		}
		return fmt.Sprintf("%.2f s slower", seconds-than)
	},
	"request": func(endpoint string) string {
		path, method, _ := strings.Cut(endpoint, ":")
		return method + " " + path
	},
}).ParseFS(templateFiles, "templates/*.tmpl"))

// publish returns the new content of all files that show results, by path. text has
// the results of this provider, others those of other providers, and readme is the
// current content of README.md.
func publish(text, others, readme string) (map[string]string, error) {
	results, err := readResults(text)
	if err != nil {
		return nil, fmt.Errorf("reading results: %w", err)
	}
	othersResults, err := readResults(others)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", othersFile, err)
	}
	r := newReport(results, othersResults)
	before, rest, begins := strings.Cut(readme, sectionBegin)
	_, after, ends := strings.Cut(rest, sectionEnd)
	if !begins || !ends {
		return nil, fmt.Errorf("%s: there is no section between %s and %s", readmeFile, strings.TrimSpace(sectionBegin), strings.TrimSpace(sectionEnd))
	}
	files := map[string]string{resultsFile: text}
	for name, from := range map[string]struct {
		template string
		data     any
	}{
		reportFile: {"report.md.tmpl", r},
		plotFile:   {"plot.svg.tmpl", newPlot(r)},
		readmeFile: {"readme.md.tmpl", r},
	} {
		var text bytes.Buffer
		if err := templates.ExecuteTemplate(&text, from.template, from.data); err != nil {
			return nil, err
		}
		files[name] = text.String()
	}
	files[readmeFile] = before + sectionBegin + files[readmeFile] + sectionEnd + after
	return files, nil
}

// number formats a whole number with thousands separators.
func number(f float64) string {
	text := fmt.Sprintf("%.0f", f)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func mebibytes(bytes float64) string { return fmt.Sprintf("%.1f MiB", bytes/(1<<20)) }
