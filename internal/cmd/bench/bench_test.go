// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/hashicorp/go-hclog"
	"github.com/hashicorp/go-plugin"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// TestMain prints the lines that describe the machine before benchmarks run. It also
// is the main function of the copies of this program that wrap the provider.
func TestMain(m *testing.M) {
	if program := os.Getenv(programVariable); program != "" {
		os.Unsetenv(programVariable)
		os.Exit(runMeasured(program, os.Getenv(usageVariable)))
	}
	if size := os.Getenv(spendVariable); size != "" {
		os.Exit(spend(size))
	}
	flag.Parse()
	if flag.Lookup("test.bench").Value.String() != "" {
		version, err := exec.Command(cliPath(), "version").Output()
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s version: %v\n", cliPath(), err)
			os.Exit(1)
		}
		cli, _, _ := strings.Cut(string(version), "\n")
		fmt.Printf("cores: %d\ngo: %s\ncli: %s\nshort: %t\n", runtime.NumCPU(),
			strings.TrimPrefix(runtime.Version(), "go"), strings.Replace(strings.TrimSpace(cli), " v", " ", 1), testing.Short())
	}
	m.Run()
}

// BenchmarkCLI measures apply, plan, and change of every scenario.
func BenchmarkCLI(b *testing.B) {
	for _, s := range scenarios {
		b.Run(s.Name, s.measure)
	}
}

func (s scenario) measure(b *testing.B) {
	var applied *account
	for _, latency := range s.latencies() {
		b.Run(fmt.Sprintf("latency=%s", latency), func(leaves *testing.B) {
			switch apply := s.apply(b, latency, &applied); {
			case s.parts == 0:
				leaves.Run("apply", apply)
			case latency == 0:
				once(leaves, "apply", apply)
			}
			if applied == nil {
				leaves.Skip("there is nothing to plan without an apply")
			}
			applied.server.SetLatency(latency)
			s.measureApplied(leaves, applied, latency == s.latencies()[len(s.latencies())-1])
		})
	}
}

// once runs a benchmark once, regardless of -count.
func once(b *testing.B, name string, f func(*testing.B)) {
	b.Helper()
	count := flag.Lookup("test.count").Value
	before := count.String()
	if err := count.Set("1"); err != nil {
		b.Fatal(err)
	}
	b.Run(name, f)
	if err := count.Set(before); err != nil {
		b.Fatal(err)
	}
}

// apply measures applies of the scenario. Each uses a new account, which exists until
// owner ends. It stores the last account in applied.
func (s scenario) apply(owner *testing.B, latency time.Duration, applied **account) func(*testing.B) {
	values := maps.Clone(s.full)
	if testing.Short() {
		values = maps.Clone(s.short)
	}
	return func(b *testing.B) {
		var requests []mocktwilio.Request
		var used usage
		for b.Loop() {
			b.StopTimer()
			a := s.newAccount(owner, values)
			a.server.SetLatency(latency)
			switch {
			case s.parts > 0:
				a.applyInParts(b, s.module, values, s.parts)
			case s.quick:
				a.unmeasured().apply(b)
			default:
				a.apply(b)
			}
			requests = append(requests, a.server.Requests()...)
			used.take(b, a.usageFile)
			*applied = a
			b.StartTimer()
		}
		reportRequests(b, requests)
		runs := b.N
		if s.quick {
			a := s.newAccount(owner, values)
			a.server.SetLatency(latency)
			a.run(b, "apply", "-auto-approve")
			used.take(b, a.usageFile)
			runs = 1
		}
		used.report(b, runs)
		b.ReportMetric((*applied).stateBytes(b), "state-bytes/instance")
	}
}

// measureApplied measures plans and changes after an apply. Scenarios that are applied
// in parts are so large that some commands are measured only if everything is set.
func (s scenario) measureApplied(b *testing.B, applied *account, everything bool) {
	plan := func(a *account, args ...string) func(*testing.B) {
		return func(b *testing.B) {
			args := append([]string{"-detailed-exitcode"}, args...) // fails if the plan is not empty
			timed := a
			if s.quick {
				timed = a.unmeasured()
			}
			a.server.ResetRequests()
			for b.Loop() {
				timed.run(b, "plan", args...)
			}
			reportRequests(b, a.server.Requests())
			runs := b.N
			if s.quick {
				a.run(b, "plan", args...)
				runs = 1
			}
			var used usage
			used.take(b, a.usageFile)
			used.report(b, runs)
		}
	}
	everything = everything || s.parts == 0
	b.Run("plan", plan(applied))
	if everything {
		b.Run("plan-singly", plan(applied.with("TWILIO_READ_CACHE=false")))
	}
	b.Run("plan-without-refresh", plan(applied, "-refresh=false"))
	if s.change == "" || !everything {
		return
	}
	changes := 0
	b.Run("change", func(b *testing.B) {
		applied.server.ResetRequests()
		for b.Loop() {
			changes++ // so that every run changes the name
			applied.apply(b, "-var", fmt.Sprintf("%s=Changed %d", s.change, changes))
			b.StartTimer()
		}
		var used usage
		used.take(b, applied.usageFile)
		used.report(b, b.N)
		reportRequests(b, applied.server.Requests())
	})
}

// newAccount starts an account with the objects that exist before the first apply. It
// adds the SIDs of domains to values.
func (s scenario) newAccount(b *testing.B, values variables) *account {
	b.Helper()
	a := newAccount(b, s.module, values)
	for i := range s.otherLists {
		a.server.CreateList("", fmt.Sprintf("Another %d", i))
	}
	var domains []string
	for i := range s.domains {
		domains = append(domains, a.server.CreateDomain("", fmt.Sprintf("bench-%d.sip.twilio.com", i), "").SID)
	}
	if len(domains) > 0 {
		values["domain_sids"] = domains
		a.writeModule(b, s.module, values)
	}
	return a
}

// BenchmarkThrottled measures the creation of lists in an account that answers 429
// above its limit. It reports the seconds from the first request to the last response.
func BenchmarkThrottled(b *testing.B) {
	const latency = 50 * time.Millisecond
	creates := 200
	if testing.Short() {
		creates = 40
	}
	for _, t := range throttles {
		b.Run(t.Name, func(b *testing.B) {
			var requests []mocktwilio.Request
			for b.Loop() {
				a := newAccount(b, "lists", variables{"lists": creates})
				a.server.SetLatency(latency)
				a.server.SetMaxPerSecond(t.perSecond)
				a.server.SetMaxInFlight(t.inFlight)
				parallelism := fmt.Sprint(t.Parallelism)
				a.with("TWILIO_MAX_CONCURRENT_REQUESTS="+parallelism).run(b, "apply", "-auto-approve", "-parallelism="+parallelism)
				requests = a.server.Requests()
			}
			ideal := float64(creates) / float64(t.perSecond)
			if t.inFlight > 0 {
				ideal = float64(creates) / float64(t.inFlight) * latency.Seconds()
			}
			took, rejected, share := measureThrottling(requests)
			b.ReportMetric(float64(creates), "creates")
			b.ReportMetric(ideal, "ideal-s")
			b.ReportMetric(took.Seconds(), "s")
			b.ReportMetric(float64(rejected), "rejected")
			b.ReportMetric(share, "rejected/accepted")
		})
	}
}

// BenchmarkProgram measures the size of the provider and the time from the start of its
// process until it is ready for Terraform to connect. BENCH_COMPARE can be set to the
// path of another provider, which is then measured too.
func BenchmarkProgram(b *testing.B) {
	for _, path := range []string{providerPath(b), os.Getenv("BENCH_COMPARE")} {
		if path == "" {
			continue
		}
		b.Run(strings.TrimSuffix(filepath.Base(path), ".exe"), func(b *testing.B) {
			info, err := os.Stat(path)
			if err != nil {
				b.Fatal(err)
			}
			for b.Loop() {
				client := newPluginClient(b, path)
				_, err := client.Start()
				b.StopTimer()
				client.Kill()
				if err != nil {
					b.Fatal(err)
				}
				b.StartTimer()
			}
			b.ReportMetric(float64(info.Size()), "bytes")
		})
	}
}

// providerPath returns the path of the provider that `make build` built with the flags
// of a release.
func providerPath(b *testing.B) string {
	b.Helper()
	path, err := filepath.Abs("../../../bin/terraform-provider-twilio")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if _, missing := os.Stat(path); errors.Join(err, missing) != nil {
		b.Fatalf("run make build first: %v", errors.Join(err, missing))
	}
	return path
}

func newPluginClient(b *testing.B, path string) *plugin.Client {
	b.Helper()
	return plugin.NewClient(&plugin.ClientConfig{
		Cmd:              exec.CommandContext(b.Context(), path),
		AllowedProtocols: []plugin.Protocol{plugin.ProtocolGRPC},
		VersionedPlugins: map[int]plugin.PluginSet{5: {}, 6: {}},
		// A provider refuses to start without this cookie.
		// Source: https://github.com/hashicorp/terraform-plugin-go, tfprotov6/tf6server
		HandshakeConfig: plugin.HandshakeConfig{
			MagicCookieKey: "TF_PLUGIN_MAGIC_COOKIE", MagicCookieValue: "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2",
		},
		Logger: hclog.NewNullLogger(),
	})
}

// BenchmarkMock measures how many requests per second the mock can answer, to show that
// the mock does not limit the other benchmarks.
func BenchmarkMock(b *testing.B) {
	server, err := mocktwilio.Start(mocktwilio.Options{DiscardRequests: true})
	if err != nil {
		b.Fatal(err)
	}
	defer server.Close()
	var sid string
	for i := range 1000 {
		sid = server.CreateList("", fmt.Sprintf("List %d", i)).SID
	}
	lists := server.URL() + "/2010-04-01/Accounts/" + server.AccountSID() + "/SIP/IpAccessControlLists"
	for name, url := range map[string]string{"object": lists + "/" + sid + ".json", "page": lists + ".json?PageSize=1000"} {
		b.Run(name, func(b *testing.B) {
			client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: 100}}
			defer client.CloseIdleConnections()
			b.SetParallelism(5)
			b.RunParallel(func(pb *testing.PB) {
				for pb.Next() {
					if err := get(b, client, server, url); err != nil {
						b.Error(err)
						return
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "requests/s")
		})
	}
}

func get(b *testing.B, client *http.Client, server *mocktwilio.Server, url string) error {
	b.Helper()
	request, err := http.NewRequestWithContext(b.Context(), http.MethodGet, url, nil)
	if err != nil {
		return err
	}
	request.SetBasicAuth(server.AccountSID(), server.AuthToken())
	response, err := client.Do(request)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("GET %s: %s", url, response.Status)
	}
	_, err = io.Copy(io.Discard, response.Body)
	return err
}
