// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// sample is what a measurement could give.
func sample() results {
	r := results{
		Machine:   machine{"2 cores", "linux/amd64", "Go 1.26", "Terraform 1.11.4"},
		Throttled: []throttling{{Limit: "20 requests a second", Parallelism: 10, Creates: 200, Ideal: 10, Seconds: 10.2, Rejected: 20, Share: 0.08}},
		Programs:  []program{{Name: "terraform-provider-twilio", Bytes: 20 << 20, Seconds: 0.032}},
		Mock:      &mockSpeed{Objects: 12000, Pages: 150},
	}
	for _, s := range scenarios() {
		for _, latency := range latencies {
			objects := float64(max(s.Lists, 50))
			own := 0.6 + objects/400
			m := measurement{
				Scenario: s, Latency: latency,
				Apply:      cost{Seconds: own + objects*latency.Seconds()/10, Requests: int(objects), Peak: 150},
				NoRefresh:  cost{Seconds: own},
				Plan:       cost{Seconds: own + 0.2, Requests: min(2, max(s.Lists, 1)), Endpoints: []endpoint{{"GET", "/SIP/IpAccessControlLists.json", 1}}},
				PlanSingly: cost{Seconds: own + 0.1 + objects*latency.Seconds()/10, Requests: max(s.Lists, 1)},
			}
			if s.change != "" {
				m.Change = &cost{Seconds: own, Requests: 3}
			}
			r.Scenarios = append(r.Scenarios, m)
		}
	}
	r.Targets = r.judge()
	return r
}

func TestReportIsWholeMarkdown(t *testing.T) {
	t.Parallel()
	for name, tables := range map[string]int{"report.md.tmpl": 6, "readme.md.tmpl": 1} {
		text, err := render(name, sample())
		if err != nil {
			t.Fatal(err)
		}
		// Every row of a table has as many cells as its head.
		cells, found := 0, 0
		for line := range strings.Lines(text) {
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
			t.Errorf("%s has %d tables, not %d:\n%s", name, found, tables, text)
		}
	}
}

func TestPlotIsWellFormed(t *testing.T) {
	t.Parallel()
	text, err := render("plot.svg.tmpl", newPlot(sample()))
	if err != nil {
		t.Fatal(err)
	}
	if file := os.Getenv("BENCH_SAMPLE_PLOT"); file != "" {
		// To look at it.
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for decoder := xml.NewDecoder(strings.NewReader(text)); ; {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if bad := regexp.MustCompile(`NaN|Inf|<no value>`).FindString(text); bad != "" {
		t.Errorf("there is %q in\n%s", bad, text)
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

func TestReplaceSection(t *testing.T) {
	t.Parallel()
	got, err := replaceSection("before\n"+sectionBegin+"old\n"+sectionEnd+"after\n", "new\n")
	if want := "before\n" + sectionBegin + "new\n" + sectionEnd + "after\n"; err != nil || got != want {
		t.Errorf("got %q, %v, want %q", got, err, want)
	}
	for _, text := range []string{"", sectionBegin, sectionEnd + sectionBegin} {
		if got, err := replaceSection(text, "new\n"); err == nil {
			t.Errorf("%q became %q", text, got)
		}
	}
}

func TestReadmeHasTheSection(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile("../../../" + readmeFile)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := replaceSection(string(text), ""); err != nil {
		t.Error(err)
	}
}

func TestThrottlingIsJudgedAfterTheFirstSecond(t *testing.T) {
	t.Parallel()
	start := time.Now()
	request := func(ms, status int) mocktwilio.Request {
		return mocktwilio.Request{Time: start.Add(time.Duration(ms) * time.Millisecond), Status: status, Duration: 50 * time.Millisecond}
	}
	var got throttling
	got.judge([]mocktwilio.Request{
		request(0, 201), request(10, 429), request(20, 429),
		request(1100, 201), request(1200, 201), request(1300, 429), request(1400, 201), request(2950, 201),
	})
	if got.Seconds != 3 || got.Rejected != 3 || got.Share != 0.25 {
		t.Errorf("%v s, %d rejected, share %v", got.Seconds, got.Rejected, got.Share)
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
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567"} {
		if got := number(n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}
