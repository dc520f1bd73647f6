// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"text/template"
	"time"
)

// Where results are published, from the top of the repository. docs/ is no place
// for them: the documentation generator owns it.
var (
	reportFile = filepath.Join("benchmarks", "README.md")
	plotFile   = filepath.Join("benchmarks", "refresh.svg")
	readmeFile = "README.md"
)

// The section of README.md that shows the main results.
const (
	sectionBegin = "<!-- bench:begin -->\n"
	sectionEnd   = "<!-- bench:end -->\n"
)

//go:embed templates
var templateFiles embed.FS

var templates = template.Must(template.New("").Funcs(template.FuncMap{
	"beyond":    func(m measurement, c cost) string { return fmt.Sprintf("%.2f", m.beyond(c)) },
	"endpoints": endpointRows,
	"mebibytes": mebibytes,
	"milli":     func(seconds float64) float64 { return 1000 * seconds },
	"ms":        func(d time.Duration) string { return fmt.Sprintf("%d ms", d.Milliseconds()) },
	"number":    number,
	"perSecond": func(f float64) string { return number(int(f)) },
	"seconds":   func(c cost) string { return fmt.Sprintf("%.2f", c.Seconds) },
}).ParseFS(templateFiles, "templates/*.tmpl"))

// publish prints the results, and writes them where they are shown if they are
// whole.
func publish(r results, whole bool) error {
	report, err := render("report.md.tmpl", r)
	if err != nil {
		return err
	}
	fmt.Print(report)
	if !whole {
		return nil
	}
	plot, err := render("plot.svg.tmpl", newPlot(r))
	if err != nil {
		return err
	}
	section, err := render("readme.md.tmpl", r)
	if err != nil {
		return err
	}
	readme, err := os.ReadFile(readmeFile)
	if err != nil {
		return err
	}
	text, err := replaceSection(string(readme), section)
	if err != nil {
		return fmt.Errorf("%s: %w", readmeFile, err)
	}
	if err := os.MkdirAll(filepath.Dir(reportFile), 0o755); err != nil {
		return err
	}
	for name, content := range map[string]string{reportFile: report, plotFile: plot, readmeFile: text} {
		if err := os.WriteFile(name, []byte(content), 0o644); err != nil {
			return err
		}
		progress("Wrote %s.", filepath.ToSlash(name))
	}
	return nil
}

func render(name string, data any) (string, error) {
	var text bytes.Buffer
	err := templates.ExecuteTemplate(&text, name, data)
	return text.String(), err
}

// replaceSection puts section between the markers of text.
func replaceSection(text, section string) (string, error) {
	before, rest, found := strings.Cut(text, sectionBegin)
	_, after, ended := strings.Cut(rest, sectionEnd)
	if !found || !ended {
		return "", errors.New("there is no section between " + strings.TrimSpace(sectionBegin) + " and " + strings.TrimSpace(sectionEnd))
	}
	return before + sectionBegin + section + sectionEnd + after, nil
}

// endpointRow is what one endpoint was asked for in one scenario. Nothing is shown
// as nothing.
type endpointRow struct{ Title, Method, Path, Apply, Plan, Singly, Change string }

// endpointRows takes the slowest latency of each scenario: requests do not depend
// on it.
func endpointRows(all []measurement) []endpointRow {
	var rows []endpointRow
	for _, m := range all {
		if m.Latency != latencies[len(latencies)-1] {
			continue
		}
		first := len(rows)
		row := func(e endpoint) *endpointRow {
			for i := first; i < len(rows); i++ {
				if rows[i].Method == e.Method && rows[i].Path == e.Path {
					return &rows[i]
				}
			}
			rows = append(rows, endpointRow{Title: m.Scenario.Title, Method: e.Method, Path: e.Path})
			return &rows[len(rows)-1]
		}
		for _, e := range m.Apply.Endpoints {
			row(e).Apply = number(e.Requests)
		}
		for _, e := range m.Plan.Endpoints {
			row(e).Plan = number(e.Requests)
		}
		for _, e := range m.PlanSingly.Endpoints {
			row(e).Singly = number(e.Requests)
		}
		if m.Change != nil {
			for _, e := range m.Change.Endpoints {
				row(e).Change = number(e.Requests)
			}
		}
	}
	return rows
}

// number writes n with commas.
func number(n int) string {
	text := fmt.Sprint(n)
	for i := len(text) - 3; i > 0; i -= 3 {
		text = text[:i] + "," + text[i:]
	}
	return text
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return number(n) + " " + noun + "s"
}
