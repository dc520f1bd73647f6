// Copyright (c) The terraform-provider-twilio authors
// SPDX-License-Identifier: MPL-2.0

package api

import (
	"fmt"

	"github.com/twilio-sip/terraform-provider-twilio/internal/mocktwilio/snapshot"
)

// CheckLimits returns an error if there are more objects of a kind than Twilio allows by default. Load does not check this,
// because Twilio may have raised the limits of an account.
func CheckLimits(accounts []snapshot.Account) error {
	for i := range accounts {
		for kind, objects := range collections(&accounts[i]) {
			if err := checkLimit(kind, *objects, "account "+accounts[i].SID); err != nil {
				return err
			}
		}
	}
	return nil
}

func checkLimit(k *Kind, objects []snapshot.Object, where string) error {
	if k.most > 0 && len(objects) > k.most {
		return fmt.Errorf("%s: %d %s exceed Twilio's limit of %d", where, len(objects), k.key, k.most)
	}
	for n, o := range objects {
		for _, child := range k.children() {
			below, _ := objectsIn(o[child.key]) // Load reports everything that is not a list
			if err := checkLimit(child, below, fmt.Sprintf("%s, %s number %d", where, k.key, n+1)); err != nil {
				return err
			}
		}
	}
	return nil
}
