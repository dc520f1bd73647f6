// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"os/signal"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

// role makes the test binary act as the program itself or as the command that the program runs.
const role = "MOCKTWILIO_TEST_ROLE"

func TestMain(m *testing.M) {
	switch part := os.Getenv(role); part {
	case "":
		// Under nohup, or in the background of a script, some signals are ignored, and the programs that the tests start would
		// ignore them too. Signals that are caught here have their default behavior there.
		for _, ignored := range handledSignals {
			if signal.Ignored(ignored) {
				signal.Notify(make(chan os.Signal, 1), ignored)
			}
		}
		os.Exit(m.Run())
	case "program":
		_ = os.Setenv(role, os.Getenv(role+"_OF_COMMAND"))
		main()
	default:
		os.Exit(playCommand(part))
	}
}

// playCommand is the command that the tests run.
func playCommand(part string) int {
	switch part {
	case "environment":
		for _, variable := range slices.Sorted(slices.Values(os.Environ())) {
			if strings.Contains(variable, "TWILIO_") && !strings.HasPrefix(variable, role) {
				fmt.Println(variable)
			}
		}
		return 0
	case "client":
		for _, path := range os.Args[1:] {
			status, body := get(os.Getenv("TWILIO_BASE_URL"), os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"), path)
			fmt.Println(status, body)
		}
		return 0
	case "add addresses":
		path := "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists/" + os.Getenv("MOCKTWILIO_LIST_SIDS") + "/IpAddresses.json"
		for _, address := range os.Args[1:] {
			form := url.Values{"FriendlyName": {"a"}, "IpAddress": {address}, "CidrPrefixLength": {"24"}}
			status, body := send(http.MethodPost, os.Getenv("TWILIO_BASE_URL"), os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"), path, form)
			fmt.Println(status, body)
		}
		return 0
	case "add credential":
		path := "/2010-04-01/Accounts/{}/SIP/CredentialLists/" + os.Getenv("MOCKTWILIO_CREDENTIAL_LIST_SIDS") + "/Credentials.json"
		form := url.Values{"Username": {"anna"}, "Password": {os.Args[1]}}
		status, body := send(http.MethodPost, os.Getenv("TWILIO_BASE_URL"), os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"), path, form)
		fmt.Println(status, body)
		return 0
	case "subaccounts":
		printNames("account", os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"))
		for i, subaccount := range strings.Fields(os.Getenv("MOCKTWILIO_SUBACCOUNTS")) {
			sid, token, _ := strings.Cut(subaccount, ":")
			printNames(fmt.Sprint("subaccount ", i+1), sid, token)
		}
		return 0
	case "terraform":
		for _, variable := range slices.Sorted(slices.Values(os.Environ())) {
			if strings.HasPrefix(variable, "TF_CLI_ARGS") || strings.HasPrefix(variable, "TF_DATA_DIR") {
				fmt.Println(variable)
			}
		}
		_, file, _ := strings.Cut(os.Getenv("TF_CLI_ARGS_apply"), "'-state=")
		copied, err := os.ReadFile(strings.TrimSuffix(file, "'"))
		fmt.Println(string(copied), err)
		return 0
	case "overwrite":
		if os.WriteFile(os.Args[1], []byte("x"), 0o600) != nil {
			return 98
		}
		return 0
	case "remove":
		if os.RemoveAll(os.Args[1]) != nil {
			return 98
		}
		return 0
	case "change":
		for _, line := range os.Args[1:] {
			words := strings.Fields(line)
			form, err := url.ParseQuery(words[2])
			if err != nil {
				return 98
			}
			status, _ := send(words[0], os.Getenv("TWILIO_BASE_URL"), os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"), words[1], form)
			fmt.Println(status)
		}
		return 0
	case "all variables":
		fmt.Println(strings.Join(os.Environ(), "\n"))
		return 0
	case "get":
		for _, url := range os.Args[1:] {
			fmt.Println(get(url, os.Getenv("TWILIO_ACCOUNT_SID"), os.Getenv("TWILIO_AUTH_TOKEN"), ""))
		}
		return 0
	case "exit 7":
		return 7
	case "echo":
		_, _ = io.Copy(os.Stdout, os.Stdin)
		return 0
	case "one signal", "two signals":
		signals := make(chan os.Signal, 8)
		signal.Notify(signals, handledSignals...)
		fmt.Println("ready")
		fmt.Println("got", <-signals)
		if part == "two signals" {
			fmt.Println("got", <-signals)
		}
		return 5
	case "die":
		fmt.Println("ready")
		time.Sleep(time.Minute)
	}
	return 99
}

// printNames prints the friendly names of the objects in an account, with a line for each path in the command line.
func printNames(account, sid, token string) {
	for _, path := range os.Args[1:] {
		_, body := get(os.Getenv("TWILIO_BASE_URL"), sid, token, path)
		var names []string
		for _, name := range regexp.MustCompile(`"friendly_name":"(.*?)"`).FindAllStringSubmatch(body, -1) {
			names = append(names, name[1])
		}
		fmt.Printf("%s: %s\n", account, strings.Join(names, ", "))
	}
}

func get(baseURL, user, password, path string) (int, string) {
	return send(http.MethodGet, baseURL, user, password, path, nil)
}

func send(method, baseURL, user, password, path string, form url.Values) (int, string) {
	r, err := http.NewRequest(method, baseURL+strings.ReplaceAll(path, "{}", user), strings.NewReader(form.Encode()))
	if err != nil {
		return 0, err.Error()
	}
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	r.SetBasicAuth(user, password)
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return 0, err.Error()
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		return 0, err.Error()
	}
	return answer.StatusCode, string(body)
}

// buffer collects the output of several goroutines.
type buffer struct {
	mu   sync.Mutex
	text bytes.Buffer
}

func (b *buffer) Write(p []byte) (int, error) {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.Write(p)
}

func (b *buffer) String() string {
	b.mu.Lock()
	defer b.mu.Unlock()
	return b.text.String()
}

// result is the result of a run of the program.
type result struct {
	status         int
	stdout, stderr string
}

// runAs runs the program in this process. part is the role of the test binary as its command.
func runAs(t *testing.T, part string, args ...string) result {
	t.Helper()
	var stdout, stderr buffer
	status := run(args, environment{
		stdout: &stdout, stderr: &stderr,
		environ: append(os.Environ(), role+"="+part,
			"TWILIO_ACCOUNT_SID=ACreal", "TWILIO_AUTH_TOKEN=real", "TWILIO_BASE_URL=https://real.example.com",
			"TWILIO_API_KEY=SKreal", "TWILIO_API_SECRET=real", "TWILIO_REGION=ie1", "TWILIO_EDGE=dublin", "TWILIO_SUBACCOUNT_SID=ACreal"),
		signals:  make(chan os.Signal),
		terminal: func() bool { return false },
	})
	return result{status: status, stdout: stdout.String(), stderr: stderr.String()}
}

// self returns the path of the test binary.
func self(t *testing.T) string {
	t.Helper()
	path, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

// needCommand skips a test if a command fails that checks for a program. On the runners of GitHub Actions, which have all
// programs that tests need, it fails the test.
func needCommand(t *testing.T, command ...string) {
	t.Helper()
	err := exec.CommandContext(t.Context(), command[0], command[1:]...).Run()
	switch {
	case err != nil && os.Getenv("GITHUB_ACTIONS") == "true":
		t.Fatalf("%q: %v", command, err)
	case err != nil:
		t.Skipf("%q: %v", command, err)
	}
}

func wantContains(t *testing.T, label, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("%s: no %q in\n%s", label, part, text)
		}
	}
}

func TestHelp(t *testing.T) {
	t.Parallel()
	for _, flag := range []string{"--help", "-h", "-help"} {
		got := runAs(t, "", flag)
		if got.status != 0 || got.stdout != help || got.stderr != "" {
			t.Errorf("%s: %+v", flag, got)
		}
	}
	// Each flag is described, and each described flag exists.
	if !strings.Contains(help, mocktwilio.DefaultAccountSID) {
		t.Error("the help does not name the account")
	}
	flags := new(settings).flags()
	for _, match := range regexp.MustCompile(`(?m)^  --([a-z-]+)`).FindAllStringSubmatch(help, -1) {
		if name := match[1]; name != "help" && flags.Lookup(name) == nil {
			t.Errorf("--%s is explained, and does not exist", name)
		}
	}
	flags.VisitAll(func(f *flag.Flag) {
		if !regexp.MustCompile(`(?m)--` + f.Name + `(\s|$)`).MatchString(help) {
			t.Errorf("--%s is not explained", f.Name)
		}
	})
	for line := range strings.Lines(help) {
		if len([]rune(line)) > 81 {
			t.Errorf("a long line: %s", line)
		}
	}
}

func TestUsageErrors(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		args    []string
		status  int
		problem string
	}{
		{[]string{"--no-such-flag"}, exitUsage, "no-such-flag"},
		{[]string{"--"}, exitUsage, "no command after --"},
		{[]string{"terraform", "plan"}, exitUsage, "mocktwilio -- terraform plan"},
		{[]string{"--latency", "5"}, exitUsage, "such as 150ms or 2s"},
		{[]string{"--latency", "-1s"}, exitUsage, "-latency: must be a duration"},
		{[]string{"--max-in-flight", "-1"}, exitUsage, "-max-in-flight: must be a whole number, 0 or greater"},
		{[]string{"--retry-after", "soon"}, exitUsage, "retry-after"},
		{[]string{"--rate-window", "broken"}, exitUsage, "rate-window"},
		{[]string{"--fault", "GET /"}, exitUsage, "METHOD PATH KIND"},
		{[]string{"--list", "a=300.1.1.1"}, exitUsage, "300.1.1.1"},
		{[]string{"--list", "a=2001:db8::/32"}, exitUsage, "IPv4"},
		{[]string{"--list", "a=0.0.0.0/0"}, exitUsage, "0.0.0.0/0"},
		{[]string{"--list", "=1.2.3.4"}, exitUsage, "name"},
		{[]string{"--domain", ""}, exitUsage, "name"},
		{[]string{"--seed", "x"}, exitUsage, "seed"},
		{[]string{"--listen", "0.0.0.0:0"}, exitFailure, "loopback"},
		{[]string{"--listen", "4041"}, exitFailure, `listen: must be HOST:PORT, such as 127.0.0.1:4041 or [::1]:4041; got "4041"`},
		{[]string{"--listen", ""}, exitUsage, "listen"},
		{[]string{"--account-sid", ""}, exitUsage, "account-sid"},
		{[]string{"--auth-token", ""}, exitUsage, "auth-token"},
		{[]string{"--max-per-second", "-1"}, exitUsage, "-max-per-second: must be a whole number, 0 or greater"},
		{[]string{"--seed-lists", "-1"}, exitUsage, "-seed-lists: must be a whole number, 0 or greater"},
		{[]string{"--subaccounts", "-1"}, exitUsage, "-subaccounts: must be a whole number, 0 or greater"},
		{[]string{"--seed", "one"}, exitUsage, "-seed: must be a whole number, 0 or greater"},
		{[]string{"--rate-window", "none"}, exitUsage, "-rate-window: must be one of fixed, sliding"},
		{[]string{"--log", "xml", "--", "true"}, exitUsage, `invalid value "xml" for flag -log: must be text or json`},
		{[]string{"--log=xml"}, exitUsage, "must be text or json"},
		{[]string{"--account-sid", "AC1"}, exitFailure, "AC1"},
	} {
		got := runAs(t, "exit 7", test.args...)
		if got.status != test.status || got.stdout != "" {
			t.Errorf("%q: %+v", test.args, got)
		}
		wantContains(t, strings.Join(test.args, " "), got.stderr, "mocktwilio: ", test.problem)
	}
}

func TestCommand(t *testing.T) {
	t.Parallel()
	got := runAs(t, "environment", "--list", "office=203.0.113.0/24,198.51.100.7", "--seed-lists", "2", "--seed", "1",
		"--domain", "example.sip.twilio.com", "--trunk", "main=example.pstn.twilio.com", "--trunk", "spare", "--credential-list", "phones=anna,bert",
		"--subaccounts", "1", "--auth-token", "mine", "--", self(t))
	if got.status != 0 {
		t.Fatalf("%+v", got)
	}
	set := make(map[string]string)
	for line := range strings.Lines(got.stdout) {
		name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
		set[name] = value
	}
	patterns := map[string]string{
		"TWILIO_ACCOUNT_SID":              "^" + mocktwilio.DefaultAccountSID + "$",
		"TWILIO_AUTH_TOKEN":               "^mine$",
		"TWILIO_BASE_URL":                 `^http://127\.0\.0\.1:\d+$`,
		"MOCKTWILIO_URL":                  `^http://127\.0\.0\.1:\d+$`,
		"MOCKTWILIO_LIST_SIDS":            "^AL.{32} AL.{32} AL.{32}$",
		"MOCKTWILIO_CREDENTIAL_LIST_SIDS": "^CL.{32}$",
		"MOCKTWILIO_DOMAIN_SIDS":          "^SD.{32}$",
		"MOCKTWILIO_TRUNK_SIDS":           "^TK.{32} TK.{32}$",
		"MOCKTWILIO_SUBACCOUNTS":          "^AC.{32}:.{32}$",
	}
	if names := slices.Sorted(maps.Keys(set)); !slices.Equal(names, slices.Sorted(maps.Keys(patterns))) {
		t.Errorf("variables %v", names)
	}
	for name, pattern := range patterns {
		if !regexp.MustCompile(pattern).MatchString(set[name]) {
			t.Errorf("%s is %q, want %s", name, set[name], pattern)
		}
	}
	for sid := range strings.FieldsSeq(set["MOCKTWILIO_LIST_SIDS"]) {
		wantContains(t, "stderr", got.stderr, sid)
	}
	wantContains(t, "stderr", got.stderr, "office", "list-1", "list-2", "example.sip.twilio.com", "spare", "METHOD  ENDPOINT", "total")
}

func TestCommandAsClient(t *testing.T) {
	t.Parallel()
	lists := "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json"
	got := runAs(t, "client", "--list", "office=203.0.113.0/24,198.51.100.7", "--log", "--latency", "1ms", "--max-per-second", "3",
		"--rate-window", "sliding", "--retry-after", "seconds",
		"--fault", "GET Trunks status=500 code=123 header=X-A:b", "--fault", "POST * hang x*",
		"--", self(t), lists+"?PageSize=1", "/v1/Trunks", "/v1/Trunks", "/v1/Trunks")
	wantContains(t, "answers", got.stdout, `200 {`, `"friendly_name":"office"`, `500 {"code":123,`, `"trunks":[]`, `429 {"code":20429`)
	wantContains(t, "stderr", got.stderr,
		"GET    /2010-04-01/Accounts/"+mocktwilio.DefaultAccountSID+"/SIP/IpAccessControlLists.json?PageSize=1 200 ",
		"code=123 fault=status",
		"GET     /SIP/IpAccessControlLists.json         1          0         0       0\n",
		"GET     /v1/Trunks                             3          1         0       1\n",
		"        total                                  4          1         0       1\n",
		"Fault matched fewer requests than expected: POST * hang")
}

func TestRefuseEqualAddresses(t *testing.T) {
	t.Parallel()
	arguments := []string{"--list", "office=203.0.113.0/24", "--", self(t), "203.0.113.7", "198.51.100.7"}
	if got := runAs(t, "add addresses", arguments...); strings.Count(got.stdout, "201 {") != 2 {
		t.Errorf("by default: %+v", got)
	}
	got := runAs(t, "add addresses", append([]string{"-refuse-equal-addresses"}, arguments...)...)
	if strings.Count(got.stdout, "201 {") != 1 || !strings.HasPrefix(got.stdout, `400 {"code":21238,`) {
		t.Errorf("%+v", got)
	}
}

func TestExitStatus(t *testing.T) {
	t.Parallel()
	notRunable := t.TempDir() + "/file"
	if err := os.WriteFile(notRunable, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name    string
		command string
		status  int
	}{
		{"the command's", self(t), 7},
		{"not found on PATH", "mocktwilio-no-such-command", exitNotFound},
		{"not found", "/no/such/command", exitNotFound},
		{"not executable", notRunable, exitNotRunnable},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			got := runAs(t, "exit 7", "--", test.command, "argument", "--", "--help")
			if got.status != test.status {
				t.Errorf("%+v, want status %d", got, test.status)
			}
			wantContains(t, "stderr", got.stderr, "Requests received by the mock:")
		})
	}
}

func TestStdin(t *testing.T) {
	t.Parallel()
	var stdout, stderr buffer
	status := run([]string{"--", self(t)}, environment{
		stdin: strings.NewReader("yes\n"), stdout: &stdout, stderr: &stderr,
		environ: append(os.Environ(), role+"=echo"),
	})
	if status != 0 || stdout.String() != "yes\n" {
		t.Errorf("status %d, output %q", status, stdout.String())
	}
}

// TestServe uses the printed export lines like a user.
func TestServe(t *testing.T) {
	t.Parallel()
	out, in := io.Pipe()
	var stderr buffer
	signals := make(chan os.Signal, 1)
	status := make(chan int, 1)
	go func() {
		status <- run([]string{"--listen", "localhost:0", "--domain", "example.sip.twilio.com"}, environment{
			stdout: in, stderr: &stderr, signals: signals, terminal: func() bool { return true },
		})
		_ = in.Close()
	}()
	set := make(map[string]string)
	lines := bufio.NewScanner(out)
	for len(set) < 3 && lines.Scan() {
		name, value, _ := strings.Cut(strings.TrimPrefix(lines.Text(), "export "), "=")
		set[name] = value
	}
	baseURL, err := url.Parse(set["TWILIO_BASE_URL"])
	if err != nil || baseURL.Hostname() != "127.0.0.1" && baseURL.Hostname() != "::1" {
		t.Fatalf("%v: %v", set, err)
	}
	code, body := get(baseURL.String(), set["TWILIO_ACCOUNT_SID"], set["TWILIO_AUTH_TOKEN"], "/2010-04-01/Accounts/{}/SIP/Domains.json")
	if code != http.StatusOK || !strings.Contains(body, "example.sip.twilio.com") {
		t.Errorf("%d %s", code, body)
	}
	signals <- os.Interrupt
	if got := <-status; got != 0 {
		t.Errorf("status %d", got)
	}
	wantContains(t, "stderr", stderr.String(), "domain          SD", "Serving at "+baseURL.String()+". Press Ctrl-C to stop.\n", "GET     /SIP/Domains.json         1")
}
