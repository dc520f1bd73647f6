// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"archive/zip"
	"bytes"
	"crypto/sha256"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/ProtonMail/go-crypto/openpgp"
	"github.com/ProtonMail/go-crypto/openpgp/armor"
	"github.com/ProtonMail/go-crypto/openpgp/packet"

	"github.com/twilio-sip/terraform-provider-twilio/internal/acctest"
)

const (
	testVersion  = "1.2.3-rc1"
	thisPlatform = runtime.GOOS + "_" + runtime.GOARCH
)

// generateKey makes a key, and returns it with its public part as text.
func generateKey(t *testing.T, algorithm packet.PublicKeyAlgorithm) (*openpgp.Entity, string) {
	t.Helper()
	key, err := openpgp.NewEntity("Release", "", "", &packet.Config{Algorithm: algorithm, RSABits: 2048})
	if err != nil {
		t.Fatal(err)
	}
	var public bytes.Buffer
	writer, err := armor.Encode(&public, openpgp.PublicKeyType, nil)
	if err != nil {
		t.Fatal(err)
	}
	if err := key.Serialize(writer); err != nil {
		t.Fatal(err)
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return key, public.String()
}

// files is a release in memory: its files by their names.
type files map[string]string

// name returns the name of one of the provider's files.
func name(suffix string) string { return project + "_" + testVersion + "_" + suffix }

// member is a file in an archive.
type member struct {
	name, content string
	mode          os.FileMode
}

func zipped(t *testing.T, members ...member) string {
	t.Helper()
	var archive bytes.Buffer
	writer := zip.NewWriter(&archive)
	for _, m := range members {
		header := &zip.FileHeader{Name: m.name, Method: zip.Store}
		header.SetMode(m.mode)
		file, err := writer.CreateHeader(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(file, m.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := writer.Close(); err != nil {
		t.Fatal(err)
	}
	return archive.String()
}

// build builds a program with the version of a release. The settings are those of the other tests, so that they share the build cache.
func build(t *testing.T, directory string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "program")
	command := exec.Command("go", "build", "-buildvcs=false", "-ldflags", "-s -w -X main.version="+testVersion, "-o", path, filepath.Join(acctest.Root(), directory))
	if output, err := command.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, output)
	}
	program, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(program)
}

// sum writes the file of sums.
func (f files) sum() {
	var sums strings.Builder
	var names []string
	for name := range f {
		if !strings.Contains(name, "SHA256SUMS") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	for _, name := range names {
		fmt.Fprintf(&sums, "%x  %s\n", sha256.Sum256([]byte(f[name])), name)
	}
	f[name("SHA256SUMS")] = sums.String()
}

// sign signs the file of sums.
func (f files) sign(t *testing.T, key *openpgp.Entity) {
	t.Helper()
	var signature bytes.Buffer
	if err := openpgp.DetachSign(&signature, key, strings.NewReader(f[name("SHA256SUMS")]), nil); err != nil {
		t.Fatal(err)
	}
	f[name("SHA256SUMS.sig")] = signature.String()
}

// TestVerify breaks a release in every way that the registries or users would notice.
func TestVerify(t *testing.T) {
	t.Parallel()
	cli := acctest.FindProgram(t)
	key, public := generateKey(t, packet.PubKeyAlgoRSA)
	otherKey, _ := generateKey(t, packet.PubKeyAlgoRSA)
	manifest, err := os.ReadFile(filepath.Join(acctest.Root(), "terraform-registry-manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	provider := member{(&release{version: testVersion, platforms: []string{thisPlatform}}).archives()[0].executable, build(t, "."), 0o755}
	license := member{"LICENSE", "free\n", 0o644}
	good := files{
		name("manifest.json"):            string(manifest),
		name(thisPlatform + ".zip"):      zipped(t, provider, license),
		name(thisPlatform + ".cdx.json"): `{"bomFormat": "CycloneDX", "metadata": {"component": {"version": "` + testVersion + `"}}, "components": [{}]}`,
	}
	mockName := mock + "_" + testVersion + "_" + thisPlatform
	mockExecutable := strings.Replace(provider.name, project+"_v"+testVersion, mock, 1)
	good[mockName+".zip"] = zipped(t, member{mockExecutable, build(t, "internal/cmd/mocktwilio"), 0o755}, license)
	good[mockName+".cdx.json"] = good[name(thisPlatform+".cdx.json")]

	changed := func(m member, change func(*member)) member {
		change(&m)
		return m
	}
	archive := name(thisPlatform + ".zip")
	for _, test := range []struct {
		name     string
		change   func(files) // before the sums and the signature are made
		tamper   func(files) // after that
		platform string      // if the release is for another one
		want     string      // "" if the release is good
		init     string      // what the CLI says; "" if it installs the release
	}{
		{name: "good"},
		{
			name: "for another platform", platform: "plan9_mips",
			change: func(f files) {
				for old := range good {
					if renamed := strings.Replace(old, thisPlatform, "plan9_mips", 1); renamed != old {
						f[renamed] = f[old]
						delete(f, old)
					}
				}
			},
			want: "is for " + thisPlatform, init: "Incompatible provider version",
		},
		{
			name: "signature in the sums", // as goreleaser 2.15.1 does it
			tamper: func(f files) {
				f[name("SHA256SUMS")] += fmt.Sprintf("%x  %s\n", sha256.Sum256([]byte(f[name("SHA256SUMS.sig")])), name("SHA256SUMS.sig"))
			},
			want: "must not have " + name("SHA256SUMS.sig"), init: "signature",
		},
		{
			name: "sums changed after the signature",
			tamper: func(f files) {
				lines := slices.Collect(strings.Lines(f[name("SHA256SUMS")]))
				slices.Reverse(lines)
				f[name("SHA256SUMS")] = strings.Join(lines, "")
			},
			want: "bad signature", init: "signature",
		},
		{
			name:   "signature of another key",
			tamper: func(f files) { f.sign(t, otherKey) },
			want:   "bad signature", init: "signature",
		},
		{
			name: "armored signature",
			tamper: func(f files) {
				var signature bytes.Buffer
				if err := openpgp.ArmoredDetachSign(&signature, key, strings.NewReader(f[name("SHA256SUMS")]), nil); err != nil {
					t.Error(err)
				}
				f[name("SHA256SUMS.sig")] = signature.String()
			},
			want: "armored", init: "signature",
		},
		{
			name:   "archive changed after the sums",
			tamper: func(f files) { f[archive] = zipped(t, license, provider) },
			want:   "the sum of " + archive, init: "checksum",
		},
		{
			name: "no sum of an archive",
			tamper: func(f files) {
				lines := slices.Collect(strings.Lines(f[name("SHA256SUMS")]))
				f[name("SHA256SUMS")] = strings.Join(slices.DeleteFunc(lines, func(line string) bool { return strings.HasSuffix(line, " "+mockName+".zip\n") }), "")
				f.sign(t, key)
			},
			want: name("SHA256SUMS") + " lacks " + mockName,
		},
		{
			name: "two sums of a file",
			tamper: func(f files) {
				for line := range strings.Lines(f[name("SHA256SUMS")]) {
					f[name("SHA256SUMS")] += line
				}
				f.sign(t, key)
			},
			want: name("SHA256SUMS") + " has the line",
		},
		{
			name:   "no archive",
			change: func(f files) { delete(f, archive) },
			want:   "the release lacks " + archive, init: "Failed to install provider",
		},
		{
			name:   "sum of a missing archive",
			tamper: func(f files) { delete(f, mockName+".zip") },
			want:   "the release lacks " + mockName,
		},
		{
			name:   "no manifest",
			change: func(f files) { delete(f, name("manifest.json")) },
			want:   "the release lacks " + name("manifest.json"),
		},
		{
			name:   "other protocol",
			change: func(f files) { f[name("manifest.json")] = strings.Replace(string(manifest), "6.0", "5.0", 1) },
			want:   "protocol 6.0",
		},
		{
			name:   "other version of the manifest",
			change: func(f files) { f[name("manifest.json")] = strings.Replace(string(manifest), "1", "2", 1) },
			want:   "must have version 1",
		},
		{
			name:   "further file",
			change: func(f files) { f["notes.md"] = "" },
			want:   "must not have notes.md",
		},
		{
			name:   "executable only by its owner",
			change: func(f files) { f[archive] = zipped(t, changed(provider, func(m *member) { m.mode = 0o744 }), license) },
			want:   "has mode -rwxr--r--",
		},
		{
			name:   "no license",
			change: func(f files) { f[archive] = zipped(t, provider) },
			want:   "the archive lacks LICENSE",
		},
		{
			name:   "further file in the archive",
			change: func(f files) { f[archive] = zipped(t, provider, license, member{"README.md", "", 0o644}) },
			want:   "the archive must not have README.md",
		},
		{
			name: "executable of another name",
			change: func(f files) {
				f[archive] = zipped(t, changed(provider, func(m *member) { m.name = project }), license)
			},
			want: "the archive lacks " + provider.name,
		},
		{
			name: "other version in the program",
			change: func(f files) {
				f[archive] = zipped(t, changed(provider, func(m *member) { m.content = strings.ReplaceAll(m.content, testVersion, "1.2.3-rc0") }), license)
			},
			want: "must name " + testVersion,
		},
		{
			name: "does not serve a provider",
			change: func(f files) {
				f[archive] = zipped(t, changed(provider, func(m *member) { m.content = strings.ReplaceAll(m.content, cookie, strings.Repeat("0", len(cookie))) }), license)
			},
			want: "must serve protocol 6",
		},
		{
			name: "SBOM of another format",
			change: func(f files) {
				f[mockName+".cdx.json"] = strings.Replace(f[mockName+".cdx.json"], "CycloneDX", "SPDX", 1)
			},
			want: mockName + ".cdx.json: must be a CycloneDX SBOM",
		},
		{
			name: "SBOM without components",
			change: func(f files) {
				f[mockName+".cdx.json"] = strings.Replace(f[mockName+".cdx.json"], "{}", "", 1)
			},
			want: mockName + ".cdx.json: must be a CycloneDX SBOM",
		},
		{
			name: "SBOM of another version",
			change: func(f files) {
				f[mockName+".cdx.json"] = strings.Replace(f[mockName+".cdx.json"], testVersion, "1.2.3", 1)
			},
			want: mockName + ".cdx.json: must be a CycloneDX SBOM",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := files{}
			maps.Copy(f, good)
			if test.change != nil {
				test.change(f)
			}
			f.sum()
			f.sign(t, key)
			if test.tamper != nil {
				test.tamper(f)
			}
			dir := t.TempDir()
			for name, content := range f {
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			platform := test.platform
			if platform == "" {
				platform = thisPlatform
			}
			r, err := openRelease(dir, []string{platform}, public)
			if err != nil {
				t.Fatal(err)
			}
			expectError(t, r.verify(t.Context()), test.want)
			if test.want == "" || test.init != "" {
				expectError(t, r.install(t.Context(), cli.Path), test.init)
			}
		})
	}
}

// expectError checks that an error has a text, or that there is none if the text is empty.
func expectError(t *testing.T, err error, want string) {
	t.Helper()
	switch {
	case want == "" && err != nil:
		t.Error(err)
	case want != "" && (err == nil || !strings.Contains(err.Error(), want)):
		t.Errorf("got %v, want an error with %q", err, want)
	}
}

// TestOpenRelease checks that a release has one version, and a key that the Terraform Registry accepts.
func TestOpenRelease(t *testing.T) {
	t.Parallel()
	_, public := generateKey(t, packet.PubKeyAlgoRSA)
	_, edwards := generateKey(t, packet.PubKeyAlgoEdDSA)
	for _, test := range []struct {
		name, key string
		sums      []string
		want      string
	}{
		{name: "good", key: public, sums: []string{"1.2.3"}},
		{name: "no sums", key: public, want: "has 0 files"},
		{name: "two versions", key: public, sums: []string{"1.2.3", "1.2.4"}, want: "has 2 files"},
		{name: "elliptic curve", key: edwards, sums: []string{"1.2.3"}, want: "only RSA and DSA keys"},
		{name: "no key", sums: []string{"1.2.3"}, want: "public key"},
	} {
		dir := t.TempDir()
		for _, version := range test.sums {
			if err := os.WriteFile(filepath.Join(dir, project+"_"+version+"_SHA256SUMS"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
		}
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			r, err := openRelease(dir, []string{thisPlatform}, test.key)
			expectError(t, err, test.want)
			if err == nil && r.version != "1.2.3" {
				t.Errorf("got version %s", r.version)
			}
		})
	}
}

// TestReadPlatforms checks that every platform in .goreleaser.yml is verified.
func TestReadPlatforms(t *testing.T) {
	t.Parallel()
	platforms, err := readPlatforms(filepath.Join(acctest.Root(), ".goreleaser.yml"))
	if err != nil || len(platforms) != 13 || !slices.Contains(platforms, "linux_amd64") || !slices.Contains(platforms, "windows_386") {
		t.Errorf("got %q, %v", platforms, err)
	}
}
