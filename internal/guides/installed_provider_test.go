// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package guides_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

// installProvider builds the provider into a directory from which `init` installs it. The CLI then starts it as a process of its
// own, which sees the environment of the command and of the mock.
func installProvider(c *acctest.CLI, m *acctest.Mock) {
	c.T.Helper()
	mirror := c.T.TempDir()
	path := filepath.Join(mirror, c.DefaultHost(), acctest.ProviderSource, "1.0.0", runtime.GOOS+"_"+runtime.GOARCH, "terraform-provider-twilio_v1.0.0")
	if runtime.GOOS == "windows" {
		path += ".exe"
	}
	if output, err := exec.CommandContext(c.T.Context(), "go", "build", "-o", path, acctest.Root()).CombinedOutput(); err != nil {
		c.T.Fatalf("%v\n%s", err, output)
	}
	settings := filepath.Join(c.T.TempDir(), "cli.tfrc")
	text := fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror)
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		c.T.Fatal(err)
	}
	c.Env = append(c.Env, "TF_REATTACH_PROVIDERS=", "TF_CLI_CONFIG_FILE="+settings, "TWILIO_BASE_URL="+m.URL())
}

// fakeCurl puts a program curl first on the path, which writes its arguments to the file curl.txt, one a line.
func fakeCurl(t *testing.T, c *acctest.CLI) {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "curl"), []byte("#!/bin/sh\nprintf '%s\\n' \"$@\" > curl.txt\n"), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, setting := range slices.Backward(c.Env) {
		if path, ok := strings.CutPrefix(setting, "PATH="); ok {
			c.Env = append(c.Env, "PATH="+dir+string(os.PathListSeparator)+path)
			return
		}
	}
}
