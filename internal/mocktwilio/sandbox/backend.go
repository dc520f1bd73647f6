// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package sandbox

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// dataDir returns the absolute path of Terraform's data directory for a working directory.
func dataDir(dir string, environ []string) (string, error) {
	data := cmp.Or(Getenv(environ, "TF_DATA_DIR"), ".terraform")
	if filepath.IsAbs(data) {
		return data, nil
	}
	return filepath.Abs(filepath.Join(dir, data))
}

// refuseRemoteBackend returns an error if the directory was initialized with a backend other than local.
func refuseRemoteBackend(data string) error {
	content, err := os.ReadFile(filepath.Join(data, "terraform.tfstate"))
	if errors.Is(err, os.ErrNotExist) {
		return nil
	}
	var file struct {
		Backend *struct {
			Type string `json:"type"`
		} `json:"backend"`
		StateStore json.RawMessage `json:"state_store"`
	}
	if err == nil {
		err = json.Unmarshal(content, &file)
	}
	switch {
	case err != nil:
		return fmt.Errorf("cannot determine the backend of the directory: %w", err)
	case len(file.StateStore) > 0 && string(file.StateStore) != "null":
		return remoteState("a state store")
	case file.Backend != nil && file.Backend.Type == "cloud":
		return remoteState("HCP Terraform")
	case file.Backend != nil && file.Backend.Type != "" && file.Backend.Type != "local":
		return remoteState(fmt.Sprintf("backend %q", file.Backend.Type))
	}
	return nil
}

func remoteState(where string) error {
	return fmt.Errorf(`this directory keeps its state in %s, and an apply against the mock would write to it. Rehearse with a local backend instead, as the guide "Rehearse a change before you apply it" explains:

  terraform state pull > rehearsal.tfstate
  printf 'terraform {\n  backend "local" {}\n}\n' > rehearsal_override.tf
  export TF_DATA_DIR=.rehearsal
  terraform init -reconfigure
  mocktwilio --load rehearsal.tfstate -- terraform apply

Then go back to the real state:

  rm -r .rehearsal rehearsal.tfstate rehearsal_override.tf
  unset TF_DATA_DIR`, where)
}
