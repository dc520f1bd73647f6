// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// published reads a published file.
func published(t *testing.T, name string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("..", "..", "..", filepath.FromSlash(name)))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestPublishedFilesShowPublishedResults fails if a template or a published file was
// changed and the files were not written again.
func TestPublishedFilesShowPublishedResults(t *testing.T) {
	t.Parallel()
	files, err := publish(published(t, resultsFile), published(t, othersFile), published(t, readmeFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, content := range files {
		if content != published(t, name) {
			t.Errorf("%s does not show %s; run from the top: go run ./internal/cmd/bench -write < %s", name, resultsFile, resultsFile)
		}
	}
}

// sampleResults returns made-up results of two runs of all benchmarks.
func sampleResults() string {
	var text strings.Builder
	for run := range 2 {
		for _, s := range scenarios {
			for _, latency := range s.latencies() {
				for i, command := range []string{"apply", "plan-without-refresh", "plan", "plan-singly", "change"} {
					fmt.Fprintf(&text, "BenchmarkCLI/%s/latency=%s/%s-2 1 %d ns/op 2 requests 2 /SIP/IpAccessControlLists.json:GET %d provider-bytes 1.5 provider-cpu-s 900 state-bytes/instance\n",
						s.Name, latency, command, (run+i+1)*1e9, (run+40)<<20)
				}
			}
		}
		for _, t := range throttles {
			fmt.Fprintf(&text, "BenchmarkThrottled/%s-2 1 200 creates 10 ideal-s 11 s 3 rejected 0.1 rejected/accepted\n", t.Name)
		}
		text.WriteString("BenchmarkProgram/terraform-provider-twilio-2 1 5000000 ns/op 20000000 bytes\n" +
			"BenchmarkMock/object-2 1 30000 ns/op 30000 requests/s\nBenchmarkMock/page-2 1 3000000 ns/op 300 requests/s\n")
	}
	return text.String() + "PASS\n"
}

func TestReportTables(t *testing.T) {
	t.Parallel()
	files, err := publish(sampleResults(), published(t, othersFile), sectionBegin+sectionEnd)
	if err != nil {
		t.Fatal(err)
	}
	for name, tables := range map[string]int{reportFile: 10, readmeFile: 1} {
		// Every row of a table has as many cells as its header.
		cells, found := 0, 0
		for line := range strings.Lines(files[name]) {
			n := strings.Count(line, "|")
			switch {
			case n == 0:
				cells = 0
			case cells == 0:
				cells = n
				found++
			case n != cells:
				t.Errorf("%s: %d bars, not %d, in %s", name, n, cells, line)
			}
		}
		if found != tables {
			t.Errorf("%s has %d tables, not %d:\n%s", name, found, tables, files[name])
		}
		for _, s := range scenarios {
			if name == reportFile && !strings.Contains(files[name], "| "+s.Title) {
				t.Errorf("%s has no row %q", name, s.Title)
			}
		}
	}
}

func TestPlotIsWellFormed(t *testing.T) {
	t.Parallel()
	files, err := publish(sampleResults(), published(t, othersFile), sectionBegin+sectionEnd)
	if err != nil {
		t.Fatal(err)
	}
	for decoder := xml.NewDecoder(strings.NewReader(files[plotFile])); ; {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if bad := regexp.MustCompile(`NaN|Inf|<no value>`).FindString(files[plotFile]); bad != "" {
		t.Errorf("there is %q in\n%s", bad, files[plotFile])
	}
}

func TestReadResults(t *testing.T) {
	t.Parallel()
	r, err := readResults("cli: Terraform 1.2.3\nBenchmarkCLI/lists=10/latency=50ms/plan-2 \t 3\t 1500000000 ns/op\t 2.000 requests\n" +
		"BenchmarkCLI/lists=10/latency=50ms/plan-2 1 2500000000 ns/op 2.000 requests\n" +
		"BenchmarkCLI/lists=10/latency=50ms/plan-2 1 1000000000 ns/op 2.000 requests\n" +
		"BenchmarkThrottled/in-flight=3/parallelism=10 1 5.000 rejected\nPASS\nok  \texample.com/bench\t1.2s\n")
	if err != nil {
		t.Fatal(err)
	}
	if r.machine["cli"] != "Terraform 1.2.3" {
		t.Errorf("%v", r.machine)
	}
	for _, want := range []struct {
		benchmark, unit string
		median          float64
	}{
		{"CLI/lists=10/latency=50ms/plan", "ns/op", 1.5e9},
		{"CLI/lists=10/latency=50ms/plan", "requests", 2},
		{"CLI/lists=10/latency=50ms/apply", "requests", 0},
		{"Throttled/in-flight=3/parallelism=10", "rejected", 5},
	} {
		if got := r.median(want.benchmark, want.unit); got != want.median {
			t.Errorf("%s: %v %s, want %v", want.benchmark, got, want.unit, want.median)
		}
	}
}

func TestMedianAndSpread(t *testing.T) {
	t.Parallel()
	// The results of several runs of `go test`, one after the other.
	r, err := readResults("BenchmarkA-2 1 3000000000 ns/op 2 requests 41943040 provider-bytes 1.5 provider-cpu-s\nPASS\nok  \texample.com/bench\t1.2s\n" +
		"BenchmarkA-2 1 1000000000 ns/op 2 requests 41943040 provider-bytes 1.25 provider-cpu-s\n" +
		"BenchmarkA-2 1 7000000000 ns/op 2 requests 41943041 provider-bytes 1.75 provider-cpu-s\n" +
		"BenchmarkA-2 1 4000000000 ns/op 2 requests 52428800 provider-bytes 1.5 provider-cpu-s\nPASS\n")
	if err != nil {
		t.Fatal(err)
	}
	if got := r.median("A", "ns/op"); got != 3.5e9 {
		t.Errorf("median of an even number of runs: %v", got)
	}
	for unit, want := range map[string]string{
		"ns/op": "3.50 (1.00–7.00)", "requests": "2", "provider-bytes": "40 (40–50)", "provider-cpu-s": "1.50 (1.25–1.75)", "furlongs": "",
	} {
		if got := r.show("A", unit); got != want {
			t.Errorf("%s: %q, want %q", unit, got, want)
		}
	}
}

func TestReadResultsFailures(t *testing.T) {
	t.Parallel()
	for _, text := range []string{
		"", "BenchmarkMock/page-2 1 2 ns/op\n", "BenchmarkMock/page-2 1 2 ns/op\n--- FAIL: BenchmarkCLI\nFAIL\n",
		"BenchmarkMock/page-2 1 many ns/op\nPASS\n",
	} {
		if r, err := readResults(text); err == nil {
			t.Errorf("%q gave %v", text, r)
		}
	}
}

func TestPublishReplacesReadmeSection(t *testing.T) {
	t.Parallel()
	files, err := publish("PASS\n", "PASS\n", "before\n"+sectionBegin+"old\n"+sectionEnd+"after\n")
	if err != nil {
		t.Fatal(err)
	}
	got := files[readmeFile]
	// Without results there are no other providers and no rows.
	if !strings.HasPrefix(got, "before\n"+sectionBegin+"| Command | This provider |\n| --- | ---: |\n\n") || !strings.HasSuffix(got, sectionEnd+"after\n") || strings.Contains(got, "old") {
		t.Error(got)
	}
	for _, readme := range []string{"", sectionBegin, sectionEnd + sectionBegin} {
		if files, err := publish("PASS\n", "PASS\n", readme); err == nil {
			t.Errorf("%q became %q", readme, files[readmeFile])
		}
	}
}

func TestTargets(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		scenario, values string
		want             []target // without What and Limit
	}{
		{"lists=1/latency=50ms", "1.000 requests", []target{{Measured: "1", Met: true}}},
		{"lists=1/latency=50ms", "2.000 requests", []target{{Measured: "2"}}},
		{"single=5000/latency=50ms", "52 requests 83886080 provider-bytes", []target{{Measured: "52", Met: true}, {Measured: "80.0 MiB", Met: true}}},
		{"fullest/latency=20ms", "157391258 provider-bytes 9.51 provider-cpu-s", []target{{Measured: "150.1 MiB"}, {Measured: "9.51 s"}}},
	} {
		r, err := readResults("BenchmarkCLI/" + test.scenario + "/plan-2 1 400 ns/op " + test.values + "\nPASS\n")
		if err != nil {
			t.Fatal(err)
		}
		all := newReport(r, results{}).Targets
		for i := range all {
			all[i].What, all[i].Limit = "", ""
		}
		if !slices.Equal(all, test.want) {
			t.Errorf("%s %s: %+v", test.scenario, test.values, all)
		}
	}
}

// A short run has other sizes, so nothing is estimated from it or compared with targets.
func TestReportOfShortRun(t *testing.T) {
	t.Parallel()
	for text, long := range map[string]bool{"": true, "short: true\n": false} {
		r, err := readResults(text + sampleResults())
		if err != nil {
			t.Fatal(err)
		}
		rep := newReport(r, results{})
		if len(rep.Targets) > 0 != long || len(rep.Growth) > 0 != long || len(rep.Estimates) > 0 != long {
			t.Errorf("%q: %d targets, %d growths, %d estimates", text, len(rep.Targets), len(rep.Growth), len(rep.Estimates))
		}
	}
}

func TestLinearScale(t *testing.T) {
	t.Parallel()
	for most, want := range map[float64][]float64{
		1:    {0, 0.2, 0.4, 0.6, 0.8, 1},
		2.2:  {0, 0.5, 1, 1.5, 2, 2.5},
		4.2:  {0, 1, 2, 3, 4, 5},
		8.3:  {0, 2, 4, 6, 8, 10},
		12.5: {0, 2, 4, 6, 8, 10, 12, 14},
	} {
		_, ticks := linear(most)
		if !slices.EqualFunc(ticks, want, func(a, b float64) bool { return round(a) == round(b) }) {
			t.Errorf("up to %v: %v, want %v", most, ticks, want)
		}
	}
}

func TestMeasureThrottling(t *testing.T) {
	t.Parallel()
	start := time.Now()
	request := func(ms, status int) mocktwilio.Request {
		return mocktwilio.Request{Time: start.Add(time.Duration(ms) * time.Millisecond), Status: status, Duration: 50 * time.Millisecond}
	}
	took, rejected, share := measureThrottling([]mocktwilio.Request{
		request(0, 201), request(10, 429), request(20, 429),
		request(1100, 201), request(1200, 201), request(1300, 429), request(1400, 201), request(2950, 201),
	})
	if took != 3*time.Second || rejected != 3 || share != 0.25 {
		t.Errorf("%v, %d rejected, share %v", took, rejected, share)
	}
}

func TestPeak(t *testing.T) {
	t.Parallel()
	var requests []mocktwilio.Request
	for _, ms := range []int{0, 100, 900, 950, 1000, 1500, 5000} {
		requests = append(requests, mocktwilio.Request{Time: time.Unix(0, int64(ms)*1e6)})
	}
	if got := peak(requests); got != 5 {
		t.Errorf("%d", got)
	}
}

func TestNumber(t *testing.T) {
	t.Parallel()
	for n, want := range map[float64]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("%v: %s", n, got)
		}
	}
}
