// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/tfstate"
)

// checkSave fails early if the file of --save could not be written at the end.
func (s *settings) checkSave() error {
	if s.save == "" {
		return nil
	}
	if info, err := os.Stat(s.save); err == nil && !info.Mode().IsRegular() {
		return fmt.Errorf("--save %s: not a regular file", s.save)
	}
	if info, err := os.Stat(filepath.Dir(s.save)); err != nil || !info.IsDir() {
		return fmt.Errorf("--save %s: directory %s does not exist", s.save, filepath.Dir(s.save))
	}
	if content, err := os.ReadFile(s.save); err == nil && tfstate.IsState(content) {
		return fmt.Errorf("--save %s: this file is a Terraform state, which would be overwritten; choose another file", s.save)
	}
	return nil
}

// writeFile writes the objects to the file of --save. If it fails, the file is unchanged. Only its owner can read it, because it
// has tokens.
func (s *settings) writeFile(server *mocktwilio.Server) (err error) {
	if s.save == "" {
		return nil
	}
	temporary, err := os.CreateTemp(filepath.Dir(s.save), ".mocktwilio-*") // created with mode 0600
	if err == nil {
		err = errors.Join(snapshot.Encode(temporary, server.Save()), temporary.Sync(), temporary.Close())
		if err == nil {
			err = os.Rename(temporary.Name(), s.save)
		}
		if err != nil {
			_ = os.Remove(temporary.Name())
		}
	}
	if err != nil {
		return fmt.Errorf("--save: %w", err)
	}
	return nil
}
