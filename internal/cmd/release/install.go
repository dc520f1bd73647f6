// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"time"
)

// source is the address of the provider, without the host of the registry.
const source = "twilio-sip/twilio"

// install installs the provider with Terraform or OpenTofu: first from a registry on this machine that serves the release, then
// from a mirror that the CLI makes of all platforms. The CLI verifies sums and signature as it does with the real registry.
func (r *release) install(ctx context.Context, cli string) error {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	url, err := r.serve(ctx)
	if err != nil {
		return err
	}
	var registry strings.Builder
	for _, host := range []string{"registry.terraform.io", "registry.opentofu.org"} {
		fmt.Fprintf(&registry, "host %q {\n  services = {\n    \"providers.v1\" = %q\n  }\n}\n", host, url+"/v1/providers/")
	}
	mirror := filepath.Join(dir, "mirror")
	for name, text := range map[string]string{
		"registry.tfrc": registry.String() + "provider_installation {\n  direct {}\n}\n",
		"mirror.tfrc":   fmt.Sprintf("provider_installation {\n  filesystem_mirror {\n    path = %q\n  }\n}\n", mirror),
		"main.tf": fmt.Sprintf("terraform {\n  required_providers {\n    twilio = {\n      source  = %q\n      version = %q\n    }\n  }\n}\n\n"+
			"resource \"twilio_sip_ip_access_control_list\" \"offices\" {\n  friendly_name = \"Offices\"\n}\n", source, r.version),
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			return err
		}
	}
	run := func(settings string, args ...string) (string, error) {
		command := exec.CommandContext(ctx, cli, args...)
		command.Dir = dir
		command.Env = append(slices.DeleteFunc(os.Environ(), func(setting string) bool { return strings.HasPrefix(setting, "TF_") }),
			"TF_CLI_CONFIG_FILE="+filepath.Join(dir, settings), "TF_IN_AUTOMATION=1", "CHECKPOINT_DISABLE=1")
		output, err := command.CombinedOutput()
		if err != nil {
			return "", fmt.Errorf("%s with %s: %w\n%s", strings.Join(args, " "), settings, err, output)
		}
		return string(output), nil
	}

	// Without a signature, OpenTofu installs a provider all the same, and does not print the ID of a key.
	output, err := run("registry.tfrc", "init", "-no-color")
	if err != nil {
		return err
	}
	if !strings.Contains(output, "key ID "+r.keyID()) {
		return fmt.Errorf("init did not verify the signature of key %s:\n%s", r.keyID(), output)
	}
	if _, err := run("registry.tfrc", "validate", "-no-color"); err != nil {
		return err
	}

	args := []string{"providers", "mirror"}
	for _, platform := range r.platforms {
		args = append(args, "-platform="+platform)
	}
	if _, err := run("registry.tfrc", append(args, mirror)...); err != nil {
		return err
	}
	for _, name := range []string{".terraform", ".terraform.lock.hcl"} {
		if err := os.RemoveAll(filepath.Join(dir, name)); err != nil {
			return err
		}
	}
	for _, command := range []string{"init", "validate"} {
		if _, err := run("mirror.tfrc", command, "-no-color"); err != nil {
			return err
		}
	}
	return nil
}

// keyID is the ID of the key that signed the release, such as 34365D9472D7468F.
func (r *release) keyID() string { return r.keys[0].PrimaryKey.KeyIdString() }

// serve serves the release as a registry does until the context ends, and returns the URL of the server.
// https://developer.hashicorp.com/terraform/internals/provider-registry-protocol describes the protocol.
func (r *release) serve(ctx context.Context) (string, error) {
	sums, err := r.readSums()
	if err != nil {
		return "", err
	}
	listener, err := new(net.ListenConfig).Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	url := "http://" + listener.Addr().String()
	type object = map[string]any
	answer := func(w http.ResponseWriter, content object) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(content)
	}
	protocols := []string{protocol + ".0"}
	mux := http.NewServeMux()
	mux.Handle("GET /files/", http.StripPrefix("/files/", http.FileServer(http.Dir(r.dir))))
	mux.HandleFunc("GET /v1/providers/"+source+"/versions", func(w http.ResponseWriter, _ *http.Request) {
		var platforms []object
		for _, platform := range r.platforms {
			system, arch, _ := strings.Cut(platform, "_")
			platforms = append(platforms, object{"os": system, "arch": arch})
		}
		answer(w, object{"versions": []object{{"version": r.version, "protocols": protocols, "platforms": platforms}}})
	})
	mux.HandleFunc("GET /v1/providers/"+source+"/{version}/download/{os}/{arch}", func(w http.ResponseWriter, req *http.Request) {
		system, arch := req.PathValue("os"), req.PathValue("arch")
		if req.PathValue("version") != r.version || !slices.Contains(r.platforms, system+"_"+arch) {
			http.NotFound(w, req)
			return
		}
		archive := r.file(system + "_" + arch + ".zip")
		answer(w, object{
			"protocols": protocols, "os": system, "arch": arch,
			"filename": archive, "download_url": url + "/files/" + archive, "shasum": sums[archive],
			"shasums_url": url + "/files/" + r.file("SHA256SUMS"), "shasums_signature_url": url + "/files/" + r.file("SHA256SUMS.sig"),
			"signing_keys": object{"gpg_public_keys": []object{{"key_id": r.keyID(), "ascii_armor": r.armoredKey}}},
		})
	})
	server := &http.Server{Handler: mux, ReadHeaderTimeout: time.Minute}
	go func() {
		if err := server.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			fmt.Fprintln(os.Stderr, "release:", err)
		}
	}()
	context.AfterFunc(ctx, func() { _ = server.Close() })
	return url, nil
}
