// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept_test

import (
	"encoding/pem"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// blocks returns the certificates of a PEM file. Any other content fails the test.
func blocks(t *testing.T, path string) []string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
		if block.Type != "CERTIFICATE" {
			t.Errorf("%s has a %s", path, block.Type)
		}
		found = append(found, string(block.Bytes))
	}
	return found
}

// writePEM writes made-up certificates, each with a key. Trusted certificates are copied without being parsed.
func writePEM(t *testing.T, path string, certificates ...string) string {
	t.Helper()
	var content []byte
	for _, certificate := range certificates {
		content = append(content, pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: []byte(certificate)})...)
		content = append(content, pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: []byte("secret")})...)
	}
	if err := os.WriteFile(path, content, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestEnvironment(t *testing.T) {
	t.Parallel()
	f := start(t, intercept.Options{Environ: []string{
		"NO_PROXY=twilio.com", "no_proxy=*", "HTTPS_PROXY=http://192.0.2.1:1", "ALL_PROXY=socks5://192.0.2.1:1", "HOME=/x",
	}})
	var names []string
	for _, variable := range f.Environment() {
		name, _, _ := strings.Cut(variable, "=")
		names = append(names, name)
	}
	slices.Sort(names)
	if want := []string{
		"ALL_PROXY", "CURL_CA_BUNDLE", "HTTPS_PROXY", "HTTP_PROXY", "JAVA_TOOL_OPTIONS", "NODE_EXTRA_CA_CERTS", "NODE_USE_ENV_PROXY",
		"NO_PROXY", "PHP_INI_SCAN_DIR", "REQUESTS_CA_BUNDLE", "SSL_CERT_FILE", "all_proxy", "http_proxy", "https_proxy", "no_proxy",
	}; !slices.Equal(names, want) {
		t.Errorf("variables %q, want %q", names, want)
	}
	for _, name := range []string{"HTTPS_PROXY", "HTTP_PROXY", "ALL_PROXY", "https_proxy", "http_proxy", "all_proxy"} {
		if got := f.variable(name); got != "http://"+f.address {
			t.Errorf("%s is %q", name, got)
		}
	}
	for _, name := range []string{"NO_PROXY", "no_proxy"} {
		if got := f.variable(name); got != "localhost,127.0.0.1,::1" {
			t.Errorf("%s is %q", name, got)
		}
	}
	// All variables name the same authority.
	authority := blocks(t, f.variable("NODE_EXTRA_CA_CERTS"))
	if len(authority) != 1 {
		t.Fatalf("%d certificates for Node", len(authority))
	}
	for _, name := range []string{"SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"} {
		if got := blocks(t, f.variable(name)); got[len(got)-1] != authority[0] {
			t.Errorf("%s lacks the authority", name)
		}
	}
	dir := filepath.Dir(f.variable("SSL_CERT_FILE"))
	info, err := os.Stat(dir)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); runtime.GOOS != "windows" && mode != 0o700 {
		t.Errorf("mode %o", mode)
	}
	f.Close()
	if _, err := os.Stat(dir); !os.IsNotExist(err) {
		t.Errorf("the directory is still there: %v", err)
	}
}

// TestTrustOfUser: certificates in the files of the user's own variables are still trusted.
func TestTrustOfUser(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	file := func(name string) string { return writePEM(t, filepath.Join(dir, name), name) }
	directory := filepath.Join(dir, "directory")
	if err := os.MkdirAll(filepath.Join(directory, "within"), 0o700); err != nil {
		t.Fatal(err)
	}
	writePEM(t, filepath.Join(directory, "a"), "first")
	writePEM(t, filepath.Join(directory, "b"), "second", "first")

	all := []string{
		"SSL_CERT_FILE=" + file("ssl"), "REQUESTS_CA_BUNDLE=" + file("requests"), "CURL_CA_BUNDLE=" + file("curl"),
		"NODE_EXTRA_CA_CERTS=" + file("node"), "NIX_SSL_CERT_FILE=" + file("nix"),
	}
	for _, test := range []struct {
		environ []string
		want    map[string][]string
	}{
		{all, map[string][]string{
			"SSL_CERT_FILE": {"ssl"}, "REQUESTS_CA_BUNDLE": {"requests"}, "CURL_CA_BUNDLE": {"curl"}, "NODE_EXTRA_CA_CERTS": {"node"}, "NIX_SSL_CERT_FILE": {"nix"},
		}},
		{all[:1], map[string][]string{"SSL_CERT_FILE": {"ssl"}, "REQUESTS_CA_BUNDLE": {"ssl"}, "CURL_CA_BUNDLE": {"ssl"}, "NODE_EXTRA_CA_CERTS": {}}},
		{
			[]string{"SSL_CERT_FILE=" + file("ssl"), "CURL_CA_BUNDLE=" + directory},
			map[string][]string{"SSL_CERT_FILE": {"ssl"}, "REQUESTS_CA_BUNDLE": {"first", "second"}, "CURL_CA_BUNDLE": {"first", "second"}},
		},
	} {
		f := start(t, intercept.Options{Environ: test.environ})
		for name, want := range test.want {
			got := blocks(t, f.variable(name))
			if got = got[:len(got)-1]; !slices.Equal(got, want) {
				t.Errorf("%q: %s has %q, want %q", test.environ, name, got, want)
			}
		}
	}
}

// TestMissingBundle: a variable with the name of a missing file is an error, and no files are left.
func TestMissingBundle(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	t.Setenv("TMP", temporary)
	_, err := intercept.Start(intercept.Options{Address: "127.0.0.1:1", Environ: []string{"CURL_CA_BUNDLE=/no/such/file"}})
	if err == nil || !strings.Contains(err.Error(), "CURL_CA_BUNDLE: ") {
		t.Errorf("error %v", err)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("%v, %v", left, err)
	}
}

// TestPHPSettings: the mock's settings are read after those that PHP reads anyway, and name the certificates.
func TestPHPSettings(t *testing.T) {
	t.Parallel()
	for _, own := range []string{"", "/etc/php/mine"} {
		f := start(t, intercept.Options{Environ: []string{"PHP_INI_SCAN_DIR=" + own}})
		first, ours, _ := strings.Cut(f.variable("PHP_INI_SCAN_DIR"), string(os.PathListSeparator))
		if first != own {
			t.Errorf("the first directory is %q, want %q", first, own)
		}
		settings, err := os.ReadFile(filepath.Join(ours, "mocktwilio.ini"))
		bundle := f.variable("SSL_CERT_FILE")
		if err != nil || string(settings) != "curl.cainfo = \""+bundle+"\"\nopenssl.cafile = \""+bundle+"\"\n" {
			t.Errorf("%q, %v", settings, err)
		}
	}
}

// TestJavaOptions: the mock's options come last, because the last ones apply.
func TestJavaOptions(t *testing.T) {
	t.Parallel()
	const own = "-Xmx1g -Dhttps.proxyHost=proxy.example.com"
	f := start(t, intercept.Options{Environ: []string{"JAVA_TOOL_OPTIONS=" + own, "_JAVA_OPTIONS=" + own, "JDK_JAVA_OPTIONS=" + own}})
	for _, name := range []string{"JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS"} {
		ours, ok := strings.CutPrefix(f.variable(name), own+" ")
		if !ok || !strings.HasPrefix(ours, "-Dhttps.proxyHost=127.0.0.1 -Dhttps.proxyPort=") || !strings.Contains(ours, `java.jks"`) {
			t.Errorf("%s is %q", name, f.variable(name))
		}
	}
}
