// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package intercept

import (
	"encoding/pem"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// systemBundles are the files in which systems keep the certificates that programs trust. The first one that exists is used.
var systemBundles = []string{
	"/etc/ssl/certs/ca-certificates.crt",                // Debian, Ubuntu, Arch Linux
	"/etc/pki/tls/certs/ca-bundle.crt",                  // Fedora, RHEL
	"/etc/ssl/ca-bundle.pem",                            // openSUSE
	"/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", // newer Fedora, RHEL
	"/etc/ssl/cert.pem",                                 // Alpine, macOS, OpenBSD
	"/usr/local/etc/ssl/cert.pem",                       // FreeBSD
}

// trusted returns the certificates in a file or directory as one PEM text, without other blocks such as private keys.
func trusted(path string) ([]byte, error) {
	files := []string{path}
	entries, err := os.ReadDir(path)
	directory := err == nil
	if directory {
		files = nil
		for _, entry := range entries {
			files = append(files, filepath.Join(path, entry.Name()))
		}
	}
	var bundle []byte
	seen := make(map[string]bool) // a directory has links to most of its files
	for _, file := range files {
		content, err := os.ReadFile(file) //nolint:gosec // the user chooses the file
		if err != nil && directory {
			continue // a dangling link, or another directory
		}
		if err != nil {
			return nil, err
		}
		for block, rest := pem.Decode(content); block != nil; block, rest = pem.Decode(rest) {
			if block.Type == "CERTIFICATE" && !seen[string(block.Bytes)] {
				seen[string(block.Bytes)] = true
				bundle = append(bundle, pem.EncodeToMemory(&pem.Block{Type: block.Type, Bytes: block.Bytes})...)
			}
		}
	}
	return bundle, nil
}

// systemTrusted returns the certificates that programs trust by default, or nothing if the system keeps them elsewhere.
func systemTrusted() ([]byte, error) {
	for _, path := range systemBundles {
		bundle, err := trusted(path)
		if !errors.Is(err, fs.ErrNotExist) {
			return bundle, err
		}
	}
	return nil, nil
}
