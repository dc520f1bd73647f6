// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// The words of a command may contain other words, as in sh -c 'terraform apply -state=FILE'.
var (
	stateFlag   = regexp.MustCompile(`(?:^|[\s"'])--?(?:state|state-out|backup|backup-out)(?:[=\s"']|$)`)
	noBackup    = regexp.MustCompile(`(^|[\s"'])--?backup=-([\s"']|$)`)
	backendFlag = regexp.MustCompile(`(?:^|[\s"'])--?(?:backend|cloud)(?:=["']?[1tT]|[\s"']|$)`)
	chdirFlag   = regexp.MustCompile(`(?:^|[\s"'])--?chdir=("[^"]*"|'[^']*'|[^\s"']+)`)
	variable    = regexp.MustCompile(`\bTF_(?:DATA_DIR|CLI_ARGS\w*)\b`)
)

// refuseFlags rejects flags that would override those of the rehearsal.
func refuseFlags(command, environ []string) error {
	words := slices.Clone(command)
	for _, variable := range environ {
		if name, value, _ := strings.Cut(variable, "="); strings.HasPrefix(name, "TF_CLI_ARGS") {
			words = append(words, value)
		}
	}
	for _, word := range words {
		switch {
		case stateFlag.MatchString(noBackup.ReplaceAllString(word, "$1$2")):
			return fmt.Errorf("%q: -state, -state-out, and -backup are not allowed, because a rehearsal works on a copy of the state", word)
		case backendFlag.MatchString(word):
			return fmt.Errorf("%q: init must not set up a backend, because a rehearsal works on a copy of the state", word)
		}
	}
	return nil
}

// refuseVariables rejects a command that sets variables that the rehearsal sets.
func refuseVariables(command []string) error {
	for _, word := range command {
		if name := variable.FindString(word); name != "" {
			return fmt.Errorf("%q: the command must not change %s, which mocktwilio sets to keep Terraform away from the real state; set it before you start mocktwilio, which keeps your value", word, name)
		}
	}
	return nil
}

// workingDirs returns the directories in which Terraform works, as far as the command shows them.
func workingDirs(command []string) []string {
	dirs := []string{"."}
	for _, word := range command {
		for _, match := range chdirFlag.FindAllStringSubmatch(word, -1) {
			dirs = append(dirs, strings.Trim(match[1], `"'`))
		}
	}
	if len(dirs) > 1 {
		return dirs[1:]
	}
	return dirs
}
