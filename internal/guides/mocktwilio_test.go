// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"flag"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

func TestGuideMocktwilio(t *testing.T) {
	t.Parallel()
	runGuide(t, "mocktwilio.md", nil, func(_ *acctest.Mock, c *acctest.CLI, _ int) func() []string {
		installProvider(c)
		publishRepository(c)
		provideCurl(c)
		return func() []string { return nil }
	})
}

// curlRole makes the test binary play curl.
const curlRole = "GUIDES_TEST_PLAYS_CURL"

// provideCurl puts a curl on PATH if there is none: the test binary.
func provideCurl(c *acctest.CLI) {
	c.T.Helper()
	if _, err := exec.LookPath("curl"); err == nil {
		return
	}
	self, err := os.Executable()
	if err != nil {
		c.T.Fatal(err)
	}
	bin := c.T.TempDir()
	if err := os.WriteFile(filepath.Join(bin, "curl"), []byte("#!/bin/sh\n"+curlRole+"=1 exec '"+self+"' \"$@\"\n"), 0o700); err != nil {
		c.T.Fatal(err)
	}
	c.Env = append(c.Env, "PATH="+bin+string(os.PathListSeparator)+searchPath(c))
}

// playCurl does what the guides ask of curl.
func playCurl(args []string) error {
	flags := flag.NewFlagSet("curl", flag.ExitOnError)
	flags.Bool("sS", false, "")
	method := flags.String("X", http.MethodGet, "")
	user := flags.String("u", "", "")
	data := flags.String("d", "", "")
	if err := flags.Parse(args); err != nil {
		return err
	}
	// curl takes flags after the URL too.
	url := flags.Arg(0)
	if err := flags.Parse(flags.Args()[1:]); err != nil {
		return err
	}
	r, err := http.NewRequest(*method, url, strings.NewReader(*data))
	if err != nil {
		return err
	}
	if name, password, given := strings.Cut(*user, ":"); given {
		r.SetBasicAuth(name, password)
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	_, err = io.Copy(os.Stdout, answer.Body)
	return err
}
