// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bytes"
	"encoding/pem"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
)

// needSSLCertFile skips a test in which a Go program must trust the authority.
func needSSLCertFile(t *testing.T) {
	t.Helper()
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("Go programs do not read SSL_CERT_FILE on this system")
	}
}

// TestInterceptPlainTwilioGo runs a program that uses Twilio's own library and does not know about the mock.
func TestInterceptPlainTwilioGo(t *testing.T) {
	t.Parallel()
	needSSLCertFile(t)
	got := runAs(t, "", "--intercept", "--", "go", "run", "./testdata/plaintwilio")
	if got.status != 0 {
		t.Fatalf("%+v", got)
	}
	wantContains(t, "stdout", got.stdout, "5 lists\n", "5 trunks\n", "https://trunking.twilio.com/v1/Trunks/TK")
	wantContains(t, "stderr", got.stderr,
		"POST    /SIP/IpAccessControlLists.json                           5          0         0       0\n",
		"GET     /SIP/IpAccessControlLists.json                           3          0         0       0\n",
		"GET     /v1/Trunks                                               3          0         0       0\n",
		"DELETE  /v1/Trunks/{TrunkSid}/IpAccessControlLists/{Sid}         1          0         0       0\n",
		"DELETE  /SIP/IpAccessControlLists/{Sid}.json                     5          0         0       0\n")
}

// TestInterceptOtherLanguages runs programs in other languages.
func TestInterceptOtherLanguages(t *testing.T) {
	t.Parallel()
	if runtime.GOOS == "windows" {
		t.Skip("needs sh, and a curl that reads CURL_CA_BUNDLE")
	}
	for name, test := range map[string]struct {
		version, command []string
		answers          int
	}{
		"curl": {
			[]string{"curl", "--version"},
			[]string{"sh", "-c", `curl --silent --user "$TWILIO_ACCOUNT_SID:$TWILIO_AUTH_TOKEN" https://trunking.twilio.com/v1/Trunks`}, 1,
		},
		"Python": {[]string{"python3", "--version"}, []string{"python3", "testdata/trunks.py"}, 1},
		"Java":   {[]string{"javac", "--version"}, []string{"java", "testdata/Trunks.java"}, 2},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			needCommand(t, test.version...)
			got := runAs(t, "", append([]string{"--intercept", "--trunk", "main", "--"}, test.command...)...)
			if answers := strings.Count(got.stdout, `"friendly_name":"main"`); answers != test.answers {
				t.Errorf("%d answers, want %d: %+v", answers, test.answers, got)
			}
		})
	}
}

// TestInterceptEnvironment: variables of the user that could bypass the mock are removed, and all others are unchanged.
func TestInterceptEnvironment(t *testing.T) {
	t.Parallel()
	var stdout, stderr buffer
	status := run([]string{"--intercept", "--", self(t)}, environment{
		stdout: &stdout, stderr: &stderr,
		environ: append(os.Environ(), role+"=all variables", "SSL_CERT_FILE=", "REQUESTS_CA_BUNDLE=", "CURL_CA_BUNDLE=", "NODE_EXTRA_CA_CERTS=",
			"NO_PROXY=twilio.com", "no_proxy=*", "HTTPS_PROXY=http://192.0.2.1:1", "https_proxy=http://192.0.2.1:1", "ALL_PROXY=socks5://192.0.2.1:1",
			"TWILIO_AUTH_TOKEN=real", "TWILIO_API_KEY=SKreal", "UNRELATED=x y"),
		signals: make(chan os.Signal), terminal: func() bool { return false },
	})
	if status != 0 {
		t.Fatalf("status %d: %s", status, &stderr)
	}
	set := make(map[string][]string)
	for line := range strings.Lines(stdout.String()) {
		name, value, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "=")
		set[name] = append(set[name], value)
	}
	proxy := set["TWILIO_BASE_URL"]
	for name, want := range map[string][]string{
		"HTTPS_PROXY": proxy, "https_proxy": proxy, "HTTP_PROXY": proxy, "http_proxy": proxy, "ALL_PROXY": proxy, "all_proxy": proxy,
		"NO_PROXY": {"localhost,127.0.0.1,::1"}, "no_proxy": {"localhost,127.0.0.1,::1"}, "UNRELATED": {"x y"}, "TWILIO_API_KEY": nil,
	} {
		if got := set[name]; !slices.Equal(got, want) {
			t.Errorf("%s is %q, want %q", name, got, want)
		}
	}
	file := set["SSL_CERT_FILE"]
	if len(file) != 1 {
		t.Fatalf("SSL_CERT_FILE is %q", file)
	}
	if _, err := os.Stat(filepath.Dir(file[0])); !os.IsNotExist(err) {
		t.Errorf("the directory of the certificates is still there: %v", err)
	}
}

// asProgram runs the program as a process, with its temporary files in a directory that must be empty at the end.
func asProgram(t *testing.T, part string, args, environ []string) *exec.Cmd {
	t.Helper()
	temporary := t.TempDir()
	t.Cleanup(func() {
		if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
			t.Errorf("left in the temporary directory: %v, %v", left, err)
		}
	})
	cmd := exec.CommandContext(t.Context(), self(t), args...)
	cmd.Env = slices.Concat(os.Environ(), []string{"TMPDIR=" + temporary, "TMP=" + temporary, role + "=program", role + "_OF_COMMAND=" + part}, environ)
	return cmd
}

func TestInterceptCleanup(t *testing.T) {
	t.Parallel()
	for name, test := range map[string]struct {
		command, environ []string
		status           int
		problem          string
	}{
		"the command fails":    {[]string{self(t)}, nil, 7, ""},
		"no such command":      {[]string{"mocktwilio-no-such-command"}, nil, exitNotFound, "mocktwilio: "},
		"no such certificates": {[]string{self(t)}, []string{"SSL_CERT_FILE=/no/such/file"}, exitFailure, "mocktwilio: --intercept: SSL_CERT_FILE: "},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := asProgram(t, "exit 7", append([]string{"--intercept", "--"}, test.command...), test.environ)
			output, _ := cmd.CombinedOutput() // the exit status says enough
			if got := cmd.ProcessState.ExitCode(); got != test.status {
				t.Errorf("status %d, want %d\n%s", got, test.status, output)
			}
			wantContains(t, "output", string(output), test.problem)
		})
	}
}

// TestInterceptBehindProxy: requests to other hosts go through the user's proxy, which in this test uses TLS and credentials. The
// user trusts its certificate, so the command trusts it too.
func TestInterceptBehindProxy(t *testing.T) {
	t.Parallel()
	needSSLCertFile(t)
	asked := make(chan string, 10)
	quiet := slog.NewLogLogger(slog.DiscardHandler, slog.LevelError)
	host := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "the real "+r.Host)
	}))
	host.Config.ErrorLog = quiet
	host.StartTLS()
	t.Cleanup(host.Close)
	proxy := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- r.Method + " " + r.URL.Host + " " + r.Header.Get("Proxy-Authorization")
		other, err := net.Dial("tcp", host.Listener.Addr().String())
		if err != nil {
			return
		}
		defer other.Close()
		client, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			return
		}
		defer client.Close()
		_, _ = io.WriteString(client, "HTTP/1.1 200 OK\r\n\r\n")
		go func() { _, _ = io.Copy(other, client); _ = other.Close() }()
		_, _ = io.Copy(client, other)
	}))
	proxy.Config.ErrorLog = quiet
	proxy.StartTLS()
	t.Cleanup(proxy.Close)

	file := filepath.Join(t.TempDir(), "trusted.pem")
	if err := os.WriteFile(file, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: host.Certificate().Raw}), 0o600); err != nil {
		t.Fatal(err)
	}
	upstream := strings.Replace(proxy.URL, "https://", "https://user:secret@", 1)
	cmd := asProgram(t, "get", []string{"--intercept", "--", self(t), "https://example.com/x", "https://api.twilio.com/x"},
		[]string{"HTTPS_PROXY=" + upstream, "https_proxy=" + upstream, "NO_PROXY=twilio.com", "no_proxy=twilio.com", "SSL_CERT_FILE=" + file})
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	output, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, &stderr)
	}
	answers := strings.Split(string(output), "\n")
	if answers[0] != "200 the real example.com" || !strings.Contains(answers[1], `"code":`) {
		t.Errorf("%q\n%s", answers, &stderr)
	}
	close(asked)
	for request := range asked {
		if request != "CONNECT example.com:443 Basic dXNlcjpzZWNyZXQ=" {
			t.Errorf("the proxy was asked for %s", request)
		}
	}
	wantContains(t, "stderr", stderr.String(), "GET     (not served)         1")
}

func TestExportLines(t *testing.T) {
	t.Parallel()
	got := exportLines([]string{"A=http://127.0.0.1:1", "B=a b", "C=it's", "D=", "E=x=$y", "F=a,b"})
	want := "export A=http://127.0.0.1:1\nexport B='a b'\nexport C='it'\\''s'\nexport D=''\nexport E='x=$y'\nexport F=a,b\n"
	if got != want {
		t.Errorf("%s, want %s", got, want)
	}
}
