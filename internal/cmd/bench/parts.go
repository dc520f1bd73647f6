// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

const stateFile = "terraform.tfstate"

// applyInParts applies an equal share of the lists at a time, each with a state of
// its own, and makes one state of them all. The cost is that of all parts. The
// module must number its lists from the variable first on.
func (a *account) applyInParts(parts int) (cost, error) {
	lists, ok := a.variables["lists"].(int)
	if !ok || lists%parts != 0 {
		return cost{}, fmt.Errorf("%v lists do not make %d equal parts", a.variables["lists"], parts)
	}
	var (
		sum   cost
		whole state
	)
	for part := range parts {
		p := *a
		p.dir = filepath.Join(a.dir, fmt.Sprintf("part-%d", part))
		p.variables = map[string]any{"lists": lists / parts, "addresses": a.variables["addresses"], "first": part * lists / parts}
		if err := errors.Join(os.Mkdir(p.dir, 0o700), p.layOut()); err != nil {
			return cost{}, err
		}
		c, err := p.run("apply", "-auto-approve")
		if err != nil {
			return cost{}, err
		}
		sum = sum.plus(c)
		text, err := os.ReadFile(filepath.Join(p.dir, stateFile))
		if err != nil {
			return cost{}, err
		}
		if err := whole.add(text); err != nil {
			return cost{}, err
		}
	}
	text, err := json.Marshal(whole)
	if err != nil {
		return cost{}, err
	}
	return sum, os.WriteFile(filepath.Join(a.dir, stateFile), text, 0o600)
}

// state is a state file as far as parts of one are put together. What is not
// named here is kept as it is.
type state map[string]json.RawMessage

type stateResource map[string]json.RawMessage

// add appends the instances of the resources of another state, and counts on.
func (s *state) add(text []byte) error {
	var other state
	if err := json.Unmarshal(text, &other); err != nil {
		return err
	}
	if *s == nil {
		*s = other
		return nil
	}
	var mine, theirs []stateResource
	if err := errors.Join(json.Unmarshal((*s)["resources"], &mine), json.Unmarshal(other["resources"], &theirs)); err != nil {
		return err
	}
	if len(mine) != len(theirs) {
		return fmt.Errorf("one part has %d resources, another %d", len(mine), len(theirs))
	}
	// The CLI sorts resources, so that they stand at the same places.
	for i := range mine {
		if err := mine[i].add(theirs[i]); err != nil {
			return err
		}
	}
	joined, err := json.Marshal(mine)
	(*s)["resources"] = joined
	return err
}

func (r stateResource) add(other stateResource) error {
	type instance map[string]json.RawMessage
	var mine, theirs []instance
	if err := errors.Join(json.Unmarshal(r["instances"], &mine), json.Unmarshal(other["instances"], &theirs)); err != nil {
		return err
	}
	for _, one := range theirs {
		one["index_key"] = json.RawMessage(fmt.Sprint(len(mine)))
		mine = append(mine, one)
	}
	joined, err := json.Marshal(mine)
	r["instances"] = joined
	return err
}
