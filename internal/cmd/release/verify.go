// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/packet"
)

const (
	project = "terraform-provider-twilio"
	mock    = "mocktwilio"
	// protocol is the version of the plugin protocol that the provider serves.
	protocol = "6"
	// cookie is what Terraform sends to every provider, so that a provider knows that Terraform has started it.
	cookie = "d602bf8f470bc67ca7faa0386276bbdd4330efaf76d1a219cb4d6991ca9872b2"
)

// release is a directory with the files of a release.
type release struct {
	dir        string
	version    string
	platforms  []string
	armoredKey string
	keys       openpgp.EntityList
}

// openRelease finds out the version from the name of the file of sums.
func openRelease(dir string, platforms []string, armoredKey string) (*release, error) {
	keys, err := openpgp.ReadArmoredKeyRing(strings.NewReader(armoredKey))
	if err != nil {
		return nil, fmt.Errorf("public key: %w", err)
	}
	if algorithm := keys[0].PrimaryKey.PubKeyAlgo; algorithm != packet.PubKeyAlgoRSA && algorithm != packet.PubKeyAlgoDSA {
		return nil, errors.New("public key: the Terraform Registry accepts only RSA and DSA keys")
	}
	sums, err := filepath.Glob(filepath.Join(dir, project+"_*_SHA256SUMS"))
	if err != nil {
		return nil, err
	}
	if len(sums) != 1 {
		return nil, fmt.Errorf("%s has %d files named %s_*_SHA256SUMS, must have 1", dir, len(sums), project)
	}
	version := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(sums[0]), project+"_"), "_SHA256SUMS")
	return &release{dir, version, platforms, armoredKey, keys}, nil
}

// file returns the name of one of the provider's files, such as terraform-provider-twilio_1.2.3_SHA256SUMS.
func (r *release) file(suffix string) string { return project + "_" + r.version + "_" + suffix }

func (r *release) read(name string) ([]byte, error) { return os.ReadFile(filepath.Join(r.dir, name)) }

// archive is an archive with one program for one platform.
type archive struct {
	program, platform string
	name, sbom        string // names of files
	executable        string // name in the archive
}

func (r *release) archives() []archive {
	var archives []archive
	for _, platform := range r.platforms {
		for _, program := range []string{project, mock} {
			executable := program
			if program == project {
				executable += "_v" + r.version
			}
			if strings.HasPrefix(platform, "windows_") {
				executable += ".exe"
			}
			base := program + "_" + r.version + "_" + platform
			archives = append(archives, archive{program, platform, base + ".zip", base + ".cdx.json", executable})
		}
	}
	return archives
}

// verify checks everything that the registries check, and what users rely on. It returns all errors that it finds.
func (r *release) verify(ctx context.Context) error {
	errs := []error{r.verifyNames(), r.verifySums(), r.verifySignature(), r.verifyManifest()}
	for _, a := range r.archives() {
		if err := r.verifyArchive(ctx, a); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", a.name, err))
		}
		if err := r.verifySBOM(a); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", a.sbom, err))
		}
	}
	return errors.Join(errs...)
}

// summed returns the names of the files in the file of sums.
func (r *release) summed() []string {
	names := []string{r.file("manifest.json")}
	for _, a := range r.archives() {
		names = append(names, a.name, a.sbom)
	}
	slices.Sort(names)
	return names
}

func (r *release) verifyNames() error {
	want := append(r.summed(), r.file("SHA256SUMS"), r.file("SHA256SUMS.sig"))
	entries, err := os.ReadDir(r.dir)
	if err != nil {
		return err
	}
	var got []string
	for _, entry := range entries {
		got = append(got, entry.Name())
	}
	return compareNames("the release", got, want)
}

func compareNames(where string, got, want []string) error {
	var errs []error
	for _, name := range want {
		if !slices.Contains(got, name) {
			errs = append(errs, fmt.Errorf("%s lacks %s", where, name))
		}
	}
	for _, name := range got {
		if !slices.Contains(want, name) {
			errs = append(errs, fmt.Errorf("%s must not have %s", where, name))
		}
	}
	return errors.Join(errs...)
}

// readSums returns the SHA-256 sums by file name.
func (r *release) readSums() (map[string]string, error) {
	text, err := r.read(r.file("SHA256SUMS"))
	if err != nil {
		return nil, err
	}
	sums := map[string]string{}
	for line := range strings.Lines(string(text)) {
		sum, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if _, twice := sums[name]; !ok || twice {
			return nil, fmt.Errorf("%s has the line %q", r.file("SHA256SUMS"), line)
		}
		sums[name] = sum
	}
	return sums, nil
}

func (r *release) verifySums() error {
	sums, err := r.readSums()
	if err != nil {
		return err
	}
	errs := []error{compareNames(r.file("SHA256SUMS"), slices.Sorted(maps.Keys(sums)), r.summed())}
	for name, want := range sums {
		content, err := r.read(name)
		if err != nil {
			errs = append(errs, err)
		} else if got := fmt.Sprintf("%x", sha256.Sum256(content)); got != want {
			errs = append(errs, fmt.Errorf("the sum of %s is %s, but %s has %s", name, got, r.file("SHA256SUMS"), want))
		}
	}
	return errors.Join(errs...)
}

// verifySignature checks the signature as Terraform does: a detached one, in binary, of the file of sums.
func (r *release) verifySignature() error {
	sums, err := r.read(r.file("SHA256SUMS"))
	if err != nil {
		return err
	}
	signature, err := r.read(r.file("SHA256SUMS.sig"))
	if err != nil {
		return err
	}
	if bytes.HasPrefix(signature, []byte("-----BEGIN")) {
		return fmt.Errorf("%s is armored, must be binary", r.file("SHA256SUMS.sig"))
	}
	if _, err := openpgp.CheckDetachedSignature(r.keys, bytes.NewReader(sums), bytes.NewReader(signature), nil); err != nil {
		return fmt.Errorf("bad signature of %s: %w", r.file("SHA256SUMS"), err)
	}
	return nil
}

func (r *release) verifyManifest() error {
	text, err := r.read(r.file("manifest.json"))
	if err != nil {
		return err
	}
	var manifest struct {
		Version  int `json:"version"`
		Metadata struct {
			ProtocolVersions []string `json:"protocol_versions"`
		} `json:"metadata"`
	}
	if err := json.Unmarshal(text, &manifest); err != nil {
		return fmt.Errorf("%s: %w", r.file("manifest.json"), err)
	}
	if manifest.Version != 1 || !slices.Equal(manifest.Metadata.ProtocolVersions, []string{protocol + ".0"}) {
		return fmt.Errorf("%s must have version 1 and protocol %s.0, is %s", r.file("manifest.json"), protocol, text)
	}
	return nil
}

// verifyArchive checks what is in an archive. It runs the program of this machine's platform.
func (r *release) verifyArchive(ctx context.Context, a archive) error {
	reader, err := zip.OpenReader(filepath.Join(r.dir, a.name))
	if err != nil {
		return err
	}
	defer reader.Close()
	var names []string
	for _, file := range reader.File {
		names = append(names, file.Name)
	}
	if err := compareNames("the archive", names, []string{"LICENSE", a.executable}); err != nil {
		return err
	}
	if mode := reader.File[slices.Index(names, a.executable)].Mode(); mode != 0o755 {
		return fmt.Errorf("%s has mode %v, must have %v", a.executable, mode, fs.FileMode(0o755))
	}
	content, err := fs.ReadFile(reader, a.executable)
	if err != nil {
		return err
	}
	info, err := buildinfo.Read(bytes.NewReader(content))
	if err != nil {
		return err
	}
	settings := map[string]string{}
	for _, setting := range info.Settings {
		settings[setting.Key] = setting.Value
	}
	if built := settings["GOOS"] + "_" + settings["GOARCH"]; built != a.platform {
		return fmt.Errorf("%s is for %s", a.executable, built)
	}
	if a.platform != runtime.GOOS+"_"+runtime.GOARCH {
		return nil
	}
	return r.verifyProgram(ctx, a, content)
}

// verifyProgram checks which version a program prints, and which protocol the provider serves.
func (r *release) verifyProgram(ctx context.Context, a archive, content []byte) error {
	dir, err := os.MkdirTemp("", "release")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, a.executable)
	if err := os.WriteFile(path, content, 0o700); err != nil {
		return err
	}
	output, err := exec.CommandContext(ctx, path, "-version").CombinedOutput()
	if err != nil {
		return fmt.Errorf("%s -version: %w\n%s", a.executable, err, output)
	}
	if !slices.Contains(strings.Fields(string(output)), r.version) {
		return fmt.Errorf("%s -version prints %q, must name %s", a.executable, output, r.version)
	}
	if a.program != project {
		return nil
	}

	// The first line of a provider is CORE-PROTOCOL|PROTOCOL|NETWORK|…
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	serve := exec.CommandContext(ctx, path)
	serve.Env = append(os.Environ(), "TF_PLUGIN_MAGIC_COOKIE="+cookie, "PLUGIN_PROTOCOL_VERSIONS=5,6")
	out, err := serve.StdoutPipe()
	if err != nil {
		return err
	}
	if err := serve.Start(); err != nil {
		return err
	}
	line, err := bufio.NewReader(out).ReadString('\n')
	cancel()
	_ = serve.Wait() // it was killed
	if err != nil && !errors.Is(err, io.EOF) {
		return err
	}
	if fields := strings.Split(line, "|"); len(fields) < 2 || fields[1] != protocol {
		return fmt.Errorf("%s starts with %q, must serve protocol %s as the manifest says", a.executable, line, protocol)
	}
	return nil
}

func (r *release) verifySBOM(a archive) error {
	text, err := r.read(a.sbom)
	if err != nil {
		return err
	}
	var sbom struct {
		Format   string `json:"bomFormat"`
		Metadata struct {
			Component struct {
				Version string `json:"version"`
			} `json:"component"`
		} `json:"metadata"`
		Components []json.RawMessage `json:"components"`
	}
	if err := json.Unmarshal(text, &sbom); err != nil {
		return err
	}
	if sbom.Format != "CycloneDX" || sbom.Metadata.Component.Version != r.version || len(sbom.Components) == 0 {
		return fmt.Errorf("must be a CycloneDX SBOM of version %s with components", r.version)
	}
	return nil
}
