// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"fmt"
	"strings"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/intercept"
)

// proxy is the proxy of -intercept, or none.
type proxy struct{ *intercept.Interceptor }

// startProxy puts the proxy around the server if the flag is set. It must be outside of all other middleware, because it handles
// requests to other hosts.
func (s *settings) startProxy(server *mocktwilio.Server, env environment) (proxy, error) {
	if !s.intercept {
		return proxy{}, nil
	}
	started, err := intercept.Start(intercept.Options{
		Address: strings.TrimPrefix(server.URL(), "http://"),
		Environ: env.environ,
		Report:  func(sentence string) { _, _ = fmt.Fprintf(env.stderr, "mocktwilio: %s\n", sentence) },
	})
	if err != nil {
		return proxy{}, fmt.Errorf("--intercept: %w", err)
	}
	server.Wrap(started.Middleware)
	return proxy{started}, nil
}

// environment returns the variables that make a program use the proxy.
func (p proxy) environment() []string {
	if p.Interceptor == nil {
		return nil
	}
	return p.Environment()
}

func (p proxy) close() {
	if p.Interceptor != nil {
		p.Close()
	}
}

// exportLines returns lines for a shell that set variables, given as NAME=value.
func exportLines(variables []string) string {
	var lines strings.Builder
	for _, variable := range variables {
		name, value, _ := strings.Cut(variable, "=")
		fmt.Fprintf(&lines, "export %s=%s\n", name, shellQuote(value))
	}
	return lines.String()
}

// shellQuote quotes a word for a shell if necessary.
func shellQuote(word string) string {
	const safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_./:,@%+="
	if word != "" && strings.Trim(word, safe) == "" {
		return word
	}
	return "'" + strings.ReplaceAll(word, "'", `'\''`) + "'"
}
