// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"bufio"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
)

const (
	accountSID    = "AC00000000000000000000000000000001"
	subaccountSID = "AC00000000000000000000000000000002"
	listSID       = "AL00000000000000000000000000000001"
	entrySID      = "IP00000000000000000000000000000001"
)

// savedFile has one object of each kind, in the format of --save.
const savedFile = `{
  "format": "mocktwilio",
  "version": 1,
  "accounts": [
    {
      "sid": "AC00000000000000000000000000000001",
      "auth_token": "the token",
      "ip_access_control_lists": [
        {
          "date_created": "2019-03-01T12:00:00Z",
          "date_updated": "2019-03-02T12:00:00Z",
          "friendly_name": "Office",
          "ip_addresses": [
            {
              "cidr_prefix_length": 24,
              "date_created": "2019-03-01T12:00:00Z",
              "date_updated": "2019-03-01T12:00:00Z",
              "friendly_name": "London <&>",
              "ip_address": "203.0.113.7",
              "sid": "IP00000000000000000000000000000001"
            }
          ],
          "sid": "AL00000000000000000000000000000001"
        }
      ]
    },
    {
      "sid": "AC00000000000000000000000000000002",
      "auth_token": "another token",
      "parent_account_sid": "AC00000000000000000000000000000001"
    }
  ]
}
`

// stateOf returns a Terraform state with one list, which has one entry, and other resources.
func stateOf(resources ...string) string {
	list := `{"mode": "managed", "type": "twilio_sip_ip_access_control_list", "name": "office",
      "provider": "provider[\"registry.terraform.io/twilio-sip/twilio\"]", "instances": [{"attributes": {
        "account_sid": "` + accountSID + `", "sid": "` + listSID + `", "friendly_name": "Office", "ip_addresses": {"203.0.113.0/24": "London"}}}]}`
	return `{"version": 4, "terraform_version": "1.11.4", "serial": 1, "lineage": "x", "outputs": {}, "resources": [` +
		strings.Join(append([]string{list}, resources...), ",") + `]}`
}

func writeFile(t *testing.T, content string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(content)
}

func TestLoadAndSave(t *testing.T) {
	t.Parallel()
	from, to := writeFile(t, savedFile), filepath.Join(t.TempDir(), "to")
	if err := os.WriteFile(to, []byte(strings.Repeat("x", 10_000)), 0o644); err != nil {
		t.Fatal(err)
	}
	got := runAs(t, "environment", "--load", from, "--save", to, "--", self(t))
	wantContains(t, "environment", got.stdout, "TWILIO_ACCOUNT_SID="+accountSID+"\n", "TWILIO_AUTH_TOKEN=the token\n", "MOCKTWILIO_URL=http://127.0.0.1:", "MOCKTWILIO_LIST_SIDS="+listSID+"\n",
		"MOCKTWILIO_DOMAIN_SIDS=\n", "MOCKTWILIO_TRUNK_SIDS=\n", "MOCKTWILIO_SUBACCOUNTS="+subaccountSID+":another token\n")
	wantContains(t, "stderr", got.stderr, "loaded          1 list, 1 entry, 0 domains, and 0 trunks from "+from+"\n", "\nThe mock received no requests.\n")
	if strings.Contains(got.stdout, "TF_CLI_ARGS") || strings.Contains(got.stderr, "copy") {
		t.Errorf("a file of mocktwilio has no state to copy: %+v", got)
	}
	if saved := readFile(t, to); saved != savedFile || got.status != 0 {
		t.Errorf("status %d, saved\n%s", got.status, saved)
	}
	info, err := os.Stat(to)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode(); mode.Perm()&0o077 != 0 && mode&fs.ModePerm != 0o666 { // Windows does not have such modes
		t.Errorf("others may read the tokens: %v", mode)
	}
	if files, err := os.ReadDir(filepath.Dir(to)); err != nil || len(files) != 1 {
		t.Errorf("files %v are left, %v", files, err)
	}
	// Objects from flags are added. The same file may be read and written.
	got = runAs(t, "client", "--load", to, "--save", to, "--list", "more", "--domain", "example.sip.twilio.com", "--trunk", "main", "--", self(t),
		"/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json")
	wantContains(t, "lists", got.stdout, `"friendly_name":"Office"`, `"friendly_name":"more"`, `"date_created":"Fri, 01 Mar 2019 12:00:00 +0000"`)
	wantContains(t, "saved", readFile(t, to), `"friendly_name": "more"`, `"domain_name": "example.sip.twilio.com"`, `"friendly_name": "main"`)
	wantContains(t, "stderr", got.stderr, "\nNothing would change in Twilio: the mock received only read requests.\n")
}

// TestSaveAfterSignal interrupts the server.
func TestSaveAfterSignal(t *testing.T) {
	t.Parallel()
	to := filepath.Join(t.TempDir(), "to")
	out, in := io.Pipe()
	var stderr buffer
	signals := make(chan os.Signal, 1)
	status := make(chan int, 1)
	go func() {
		status <- run([]string{"--load", "-", "--save", to}, environment{
			stdin: strings.NewReader(stateOf()), stdout: in, stderr: &stderr, signals: signals, terminal: func() bool { return true },
		})
		_ = in.Close()
	}()
	if line, err := bufio.NewReader(out).ReadString('\n'); line != "export TWILIO_ACCOUNT_SID="+accountSID+"\n" {
		t.Fatal(line, err)
	}
	go func() { _, _ = io.Copy(io.Discard, out) }()
	signals <- os.Interrupt
	if got := <-status; got != 0 {
		t.Errorf("status %d", got)
	}
	wantContains(t, "saved", readFile(t, to), `"format": "mocktwilio"`, listSID, `"London"`)
	// The server cannot keep Terraform away from the real state.
	wantContains(t, "stderr", stderr.String(), "If you apply against this server, Terraform writes to your real state.")
}

// TestSaveFails: the directory does not exist at the end.
func TestSaveFails(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	got := runAs(t, "remove", "--save", filepath.Join(dir, "to"), "--", self(t), dir)
	if got.status != exitFailure || !strings.Contains(got.stderr, "mocktwilio: --save: ") {
		t.Errorf("%+v", got)
	}
}

// TestLoadSubaccount loads a state, which does not have the token of its subaccount. Every token is accepted, and the command
// gets one.
func TestLoadSubaccount(t *testing.T) {
	t.Parallel()
	list := `{"mode": "managed", "type": "twilio_sip_ip_access_control_list", "name": "sub", "provider": "provider[\"registry.terraform.io/twilio-sip/twilio\"]",
      "instances": [{"attributes": {"account_sid": "` + subaccountSID + `", "sid": "AL00000000000000000000000000000002", "friendly_name": "Sub"}}]}`
	got := runAs(t, "subaccounts", "--load", writeFile(t, stateOf(list)), "--account-sid", accountSID, "--auth-token", "mine", "--", self(t),
		"/2010-04-01/Accounts/{}/SIP/IpAccessControlLists.json")
	if got.stdout != "account: Office\nsubaccount 1: Sub\n" {
		t.Errorf("%+v", got)
	}
	got = runAs(t, "environment", "--load", writeFile(t, stateOf(list)), "--account-sid", accountSID, "--auth-token", "mine", "--", self(t))
	wantContains(t, "environment", got.stdout, "MOCKTWILIO_SUBACCOUNTS="+subaccountSID+":mine\n")
}

func TestLoadErrors(t *testing.T) {
	t.Parallel()
	aws := `{"mode": "managed", "type": "aws_instance", "name": "a", "provider": "provider[\"registry.terraform.io/hashicorp/aws\"]", "instances": [{"attributes": {}}]}`
	twilio := strings.NewReplacer("hashicorp/aws", "RJPearson94/twilio", "aws_instance", "twilio_iam_api_key").Replace(aws)
	for name, test := range map[string]struct {
		content string
		flags   []string
		problem string
	}{
		"not JSON":           {"x", nil, "neither a Terraform state nor a file written by --save"},
		"something else":     {`{"a": 1}`, nil, "neither a Terraform state nor a file written by --save"},
		"empty":              {"\n", nil, "the file is empty; to rehearse the first apply"},
		"own, version":       {strings.Replace(savedFile, `"version": 1`, `"version": 2`, 1), nil, "version 2"},
		"own, unknown field": {strings.Replace(savedFile, `"friendly_name": "Office"`, `"name": "Office"`, 1), nil, listSID + ": unknown field name"},
		"own, wrong type":    {`{"format": "mocktwilio", "version": 1, "accounts": [{"domains": {}}]}`, nil, "accounts.domains must not be a JSON object"},
		"own, wrong version": {`{"format": "mocktwilio", "version": "1"}`, nil, "version must not be a JSON string"},
		"own, account":       {savedFile, []string{"--account-sid", accountSID}, "--account-sid applies only to a Terraform state"},
		"state, version":     {strings.Replace(stateOf(), `"version": 4`, `"version": 3`, 1), nil, "version 3"},
		"state, providers":   {stateOf(aws), nil, "resources of registry.terraform.io/hashicorp/aws, whose"},
		"state, Twilio":      {stateOf(twilio), nil, ", add --intercept to send requests of other Twilio providers to the mock, or add"},
		"state, intercepted": {stateOf(aws, twilio), []string{"--intercept"}, "resources of registry.terraform.io/hashicorp/aws, whose"},
		"state, -state":      {stateOf(), []string{"--", "terraform", "apply", "-state=x"}, `"-state=x": -state, -state-out, and -backup are not allowed`},
		"state, -state-out":  {stateOf(), []string{"--", "sh", "-c", "terraform apply --state-out x"}, "are not allowed"},
		"state, -backup":     {stateOf(), []string{"--", "terraform", "state", "rm", "-backup=x"}, "are not allowed"},
		"state, -backend":    {stateOf(), []string{"--", "terraform init -backend"}, "init must not set up a backend"},
		"state, variable":    {stateOf(), []string{"--", "sh", "-c", "TF_CLI_ARGS_apply= terraform apply"}, "must not change TF_CLI_ARGS_apply"},
		"save":               {stateOf(), []string{"--save", "no-such-directory/file"}, "directory no-such-directory does not exist"},
		"save, a directory":  {stateOf(), []string{"--save", "."}, "--save .: not a regular file"},
		"save, a state":      {stateOf(), []string{"--save", writeFile(t, stateOf())}, "this file is a Terraform state"},
	} {
		flags := append([]string{"--load", writeFile(t, test.content)}, test.flags...)
		if !slices.Contains(flags, "--") {
			flags = append(flags, "--", self(t))
		}
		got := runAs(t, "exit 7", flags...)
		if got.status != exitFailure {
			t.Errorf("%s: %+v", name, got)
		}
		wantContains(t, name, got.stderr, "mocktwilio: ", test.problem)
	}
	for _, allowed := range [][]string{
		{"--load", writeFile(t, stateOf(aws)), "--allow-other-providers"},
		{"--load", writeFile(t, stateOf(twilio)), "--intercept"},
		{"--load", writeFile(t, stateOf()), "--", self(t), "-backup=-", "-backend=false", "-backend-config=x", "-cloud=false"},
	} {
		if !slices.Contains(allowed, "--") {
			allowed = append(allowed, "--", self(t))
		}
		if got := runAs(t, "exit 7", allowed...); got.status != 7 {
			t.Errorf("%v: %+v", allowed, got)
		}
	}
	if got := runAs(t, "exit 7", "--load", "no-such-file", "--", self(t)); got.status != exitFailure || !strings.Contains(got.stderr, "no-such-file") {
		t.Errorf("%+v", got)
	}
}

// TestChanges prints the requests of the command.
func TestChanges(t *testing.T) {
	t.Parallel()
	entries := "/2010-04-01/Accounts/{}/SIP/IpAccessControlLists/" + listSID + "/IpAddresses"
	lists := "/2010-04-01/Accounts/{}/SIP/CredentialLists.json"
	got := runAs(t, "change", "--load", writeFile(t, savedFile), "--fault", "DELETE * status=429 code=20429", "--fault", "GET Trunks status=503", "--fault", "POST Domains close-before", "--", self(t),
		"POST "+entries+".json FriendlyName=a%22%0Ab&IpAddress=192.0.2.1&CidrPrefixLength=28",
		"POST "+entries+".json FriendlyName=a&IpAddress=x&%0A=y",
		"DELETE "+entries+"/"+entrySID+".json x=y",
		"DELETE "+entries+"/"+entrySID+".json x=y",
		"POST "+lists+" FriendlyName=Users",
		"POST /2010-04-01/Accounts/{}/SIP/Domains.json DomainName=example.sip.twilio.com&VoiceUrl=https%3A%2F%2Fme%3Asecret%40example.com%2F%3Fa%3Db",
		"POST /%0A~~~%1B x=y",
		"GET /v1/Trunks x=y",
		"GET "+entries+"/"+entrySID+".json x=y",
	)
	path := strings.ReplaceAll(entries, "{}", accountSID)
	wantContains(t, "changes", got.stderr, `
7 write requests would be sent to Twilio, in this order:

   1. POST `+path+`.json
      CidrPrefixLength="28" FriendlyName="a\"\nb" IpAddress="192.0.2.1"
      # list "Office"

   2. POST `+path+`.json
      %0A="y" FriendlyName="a" IpAddress="x"
      # list "Office"
      ! failed: 400, code 20001

   3. DELETE `+path+`/`+entrySID+`.json
      # entry 203.0.113.7/24 "London <&>" of list "Office"
      ! throttled: 429, code 20429 (fault status); not carried out

   4. DELETE `+path+`/`+entrySID+`.json
      # entry 203.0.113.7/24 "London <&>" of list "Office"

   5. POST /2010-04-01/Accounts/`+accountSID+`/SIP/CredentialLists.json
      FriendlyName="Users"

   6. POST /2010-04-01/Accounts/`+accountSID+`/SIP/Domains.json
      DomainName="example.sip.twilio.com" VoiceUrl="https://me:xxxxx@example.com/?a=b"
      ! no response (fault close-before)

   7. POST /%0A~~~%1B
      ! failed: 501, code 20501

Failed read requests:

      GET /v1/Trunks
      ! failed: 503, code 20503 (fault status)

Requests received by the mock:
`)
}

// Requests may end in another order than they arrived in.
func TestOrderOfChanges(t *testing.T) {
	t.Parallel()
	var (
		c    changes
		text strings.Builder
	)
	for _, seq := range []int{2, 1} {
		c.add(mocktwilio.Request{Seq: seq, Method: "POST", Path: fmt.Sprintf("/v1/Trunks/%d", seq), Status: 200})
	}
	c.print(&text)
	wantContains(t, "changes", text.String(), "   1. POST /v1/Trunks/1\n", "   2. POST /v1/Trunks/2\n")
}

func TestStatusAfterChanges(t *testing.T) {
	t.Parallel()
	got := runAs(t, "exit 7", "--load", writeFile(t, savedFile), "--", self(t))
	wantContains(t, "changes", got.stderr, "\nThe mock received no requests.\n\nThe command exited with status 7.\n")
}

func TestOneChange(t *testing.T) {
	t.Parallel()
	got := runAs(t, "change", "--load", writeFile(t, savedFile), "--", self(t), "POST /v1/Trunks x=y")
	wantContains(t, "changes", got.stderr, "\n1 write request would be sent to Twilio:\n")
}

func TestPasswordsAreNotPrinted(t *testing.T) {
	t.Parallel()
	if got := formLine(map[string][]string{"Username": {"u"}, "Password": {"secret"}}); got != `Password="REDACTED" Username="u"` {
		t.Error(got)
	}
}
