#!/usr/bin/env bash
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Demonstrates the provider without a Twilio account: runs the real CLI with the
# module in examples/try-it against the mock. It prints every command and its
# output, and fails at the first output that is not as expected.
# `make demo` runs it, after `make build`:
#   internal/tools/demo.sh PATH-OF-TERRAFORM-OR-TOFU
set -euo pipefail

cli=$1
cli_name=$(basename "$cli" .exe)
root=$(cd "$(dirname "$0")/../.." && pwd)

# prepare copies the module to a temporary directory, and runs this script again
# there as a child of the mock.
prepare() {
	local dir exe host mirror version=0.1.0
	dir=$(mktemp -d)
	# shellcheck disable=SC2064 # the directory is known now, and local
	trap "rm -rf '$dir'" EXIT
	echo "Initializing a copy of examples/try-it with the provider that was built …"

	# The user's own settings must not affect the demo, above all not the
	# credentials of a real account.
	unset "${!TF_@}" "${!TWILIO_@}"
	export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
	[[ -t 1 ]] || export TF_CLI_ARGS=-no-color

	# Terraform and OpenTofu complete twilio-sip/twilio with different hosts.
	exe=$(go env GOEXE)
	for host in registry.terraform.io registry.opentofu.org; do
		mirror=$dir/mirror/$host/twilio-sip/twilio/$version/$(go env GOOS)_$(go env GOARCH)
		mkdir -p "$mirror"
		cp "$root/bin/terraform-provider-twilio$exe" "$mirror/terraform-provider-twilio_v$version$exe"
	done
	export TF_CLI_CONFIG_FILE=$dir/cli.tfrc
	cat >"$TF_CLI_CONFIG_FILE" <<-END
		provider_installation {
		  filesystem_mirror {
		    path = "$dir/mirror"
		  }
		}
	END

	# Copy only the configuration, since the directory may contain a state.
	mkdir -p "$dir/try-it/tests"
	cp "$root/examples/try-it/main.tf" "$dir/try-it"
	cp "$root/examples/try-it/tests/allowlist.tftest.hcl" "$dir/try-it/tests"
	cd "$dir/try-it"
	"$cli" init -input=false >"$dir/init.log" 2>&1 || {
		cat "$dir/init.log" >&2
		exit 1
	}
	DEMO_LOG=$dir/output.log "$root/bin/mocktwilio$exe" --list 'Call centre=192.0.2.0/28' -- "$root/internal/tools/demo.sh" "$cli"
}

steps=0
step() {
	printf '\n\n── %d. %s\n' $((++steps)) "$1"
}

fail() {
	printf '\ndemo: %s\n' "$1" >&2
	exit 1
}

# run runs the CLI with these arguments and keeps its output in $DEMO_LOG.
run() {
	local status=0
	printf '\n$ %s\n' "$cli_name $*"
	"$cli" "$@" 2>&1 | tee "$DEMO_LOG" || status=$?
	[[ -z $(tail -c 1 "$DEMO_LOG") ]] || echo
	return $status
}

# tf does the same, and must succeed.
tf() {
	run "$@" || fail "$cli_name $* ended with exit status $?."
}

# expect fails unless the last command has printed this text.
expect() {
	grep -qF -- "$1" "$DEMO_LOG" || fail "\"$1\" is missing in the output above."
}

# write writes standard input to a file, and shows it.
write() {
	cat >"$1"
	show "$1"
}

show() {
	printf '\n$ %s\n' "cat $1"
	cat "$1"
}

# expect_sid fails unless the list still has the SID that it was created with.
expect_sid() {
	tf output -raw list_sid
	[[ $(<"$DEMO_LOG") == "$sid" ]] || fail "The list was $sid and is now $(<"$DEMO_LOG")."
}

run_steps() {
	step 'The module'
	show main.tf

	step 'Create a list with its entries'
	tf apply -auto-approve
	expect '1 added, 0 changed, 0 destroyed'
	tf output -raw list_sid
	sid=$(<"$DEMO_LOG")
	[[ $sid == AL* ]] || fail "list_sid is \"$sid\", which is not the SID of a list."

	step 'Plan again: nothing to do'
	tf plan -detailed-exitcode
	expect 'No changes.'

	step 'Rename it in place: the SID stays, so nothing that refers to it breaks'
	write terraform.tfvars <<-END
		friendly_name = "Carrier gateways"
	END
	tf apply -auto-approve
	expect '0 added, 1 changed, 0 destroyed'
	expect_sid

	step 'Change an entry: no call from an address that is in both versions is refused meanwhile'
	write terraform.tfvars <<-END
		friendly_name = "Carrier gateways"

		gateways = {
		  "203.0.113.10"    = "London SBC"
		  "198.51.100.0/29" = "Frankfurt SBCs"
		}
	END
	tf apply -auto-approve
	expect '0 added, 1 changed, 0 destroyed'
	expect_sid

	step 'A typing mistake fails at plan'
	cp terraform.tfvars correct.tfvars
	write terraform.tfvars <<-END
		friendly_name = "Carrier gateways"

		gateways = {
		  "203.0.113.010"   = "London SBC"
		  "198.51.100.0/29" = "Frankfurt SBCs"
		}
	END
	if run plan; then
		fail 'The plan should have failed.'
	fi
	expect '203.0.113.010'
	mv correct.tfvars terraform.tfvars

	step 'Import a list that exists already'
	write existing.tf <<-END
		resource "twilio_sip_ip_access_control_list" "existing" {
		  friendly_name = "Call centre"

		  ip_addresses = {
		    "192.0.2.0/28" = "192.0.2.0/28"
		  }
		}
	END
	tf import twilio_sip_ip_access_control_list.existing "$MOCKTWILIO_LIST_SIDS"
	expect 'Import successful!'
	tf plan -detailed-exitcode
	expect 'No changes.'

	step 'Destroy'
	tf destroy -auto-approve
	expect '2 destroyed'

	step "The module's own tests, against the same mock"
	rm terraform.tfvars existing.tf
	tf test
	expect 'Success!'

	step 'Look into the account: no list is left'
	write main.tf <<-END
		terraform {
		  required_providers {
		    twilio = {
		      source = "twilio-sip/twilio"
		    }
		  }
		}

		data "twilio_sip_ip_access_control_lists" "all" {}

		output "lists_left" {
		  value = length(data.twilio_sip_ip_access_control_lists.all.ip_access_control_lists)
		}
	END
	rm -r tests
	tf apply -auto-approve
	expect 'lists_left = 0'

	printf '\nEverything was as expected.\n'
}

if [[ -z ${DEMO_LOG:-} ]]; then
	prepare
else
	run_steps
fi
