// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// refuseSavedPlans rejects plans that were made with a backend other than local. An apply writes to that backend, regardless of
// the directory.
func refuseSavedPlans(command []string) error {
	var words []string
	for _, word := range command {
		words = append(append(words, word), strings.FieldsFunc(word, func(r rune) bool { return strings.ContainsRune(" \t\n\"'`;&|()<>", r) })...)
	}
	dirs := []string{"."}
	for _, word := range append(workingDirs(command), words...) { // a shell may change to any of them
		if info, err := os.Stat(word); err == nil && info.IsDir() && !slices.Contains(dirs, word) {
			dirs = append(dirs, word)
		}
	}
	for _, word := range words {
		for _, dir := range dirs {
			path := word
			if !filepath.IsAbs(word) {
				path = filepath.Join(dir, word)
			}
			if writesElsewhere(path) {
				return fmt.Errorf("%s is a saved plan, and applying it would write to the backend it was created with; rehearse terraform apply without a saved plan", path)
			}
		}
	}
	return nil
}

// writesElsewhere reports whether a file is a plan whose apply would not use the copy of the state: a plan with a different
// backend than local, or one that cannot be read, such as OpenTofu's encrypted plans.
func writesElsewhere(path string) bool {
	if info, err := os.Stat(path); err != nil || !info.Mode().IsRegular() {
		return false
	}
	archive, err := zip.OpenReader(path)
	if err != nil {
		content, err := os.ReadFile(path)
		return err == nil && bytes.HasPrefix(content, []byte("{")) && bytes.Contains(content, []byte(`"encrypted_data"`))
	}
	defer func() { _ = archive.Close() }()
	file, err := archive.Open("tfplan")
	if err != nil {
		return false // a different kind of archive
	}
	defer func() { _ = file.Close() }()
	plan, err := io.ReadAll(file)
	// Field 13 of a plan is its backend. Field 1 of the backend is its type.
	return err != nil || string(protobufField(protobufField(plan, 13), 1)) != "local"
}

// protobufField returns a field with a length, such as a string or a message, or nil if there is none.
func protobufField(message []byte, number uint64) []byte {
	for len(message) > 0 {
		tag, n := binary.Uvarint(message)
		if n <= 0 {
			return nil
		}
		message = message[n:]
		value, n := binary.Uvarint(message)
		size := uint64(max(n, 0))
		switch tag & 7 {
		case 1:
			size = 8
		case 2:
			message, size = message[size:], value
		case 5:
			size = 4
		}
		if size == 0 && tag&7 != 2 || size > uint64(len(message)) {
			return nil
		}
		if tag == number<<3|2 {
			return message[:size]
		}
		message = message[size:]
	}
	return nil
}
