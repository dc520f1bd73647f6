#!/usr/bin/env bash
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Demonstrates the provider without a Twilio account: applies the module in
# examples/try-it with the real CLI against the mock. Prints every command and its
# output, and stops at the first output that is not as expected.
# `make demo` runs this script after `make build`:
#   internal/tools/demo.sh PATH-OF-TERRAFORM-OR-TOFU
set -euo pipefail

cli=$1
cli_name=$(basename "$cli" .exe)
root=$(cd "$(dirname "$0")/../.." && pwd)

# prepare copies the module to a temporary directory and runs this script there again,
# as a child process of the mock.
prepare() {
	local dir exe host mirror version=0.1.0
	dir=$(mktemp -d)
	# shellcheck disable=SC2064 # $dir is local, so expand it now
	trap "rm -rf '$dir'" EXIT
	echo "Copying examples/try-it to a temporary directory and running $cli_name init with the provider in bin/ …"

	# The user's own settings must not affect the demo, especially credentials of a
	# real account.
	unset "${!TF_@}" "${!TWILIO_@}"
	export TF_IN_AUTOMATION=1 CHECKPOINT_DISABLE=1
	[[ -t 1 ]] || export TF_CLI_ARGS=-no-color

	# Terraform and OpenTofu use different default registries for twilio-sip/twilio.
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

	# Copy only the configuration, because the directory may contain a state.
	mkdir -p "$dir/try-it/tests"
	cp "$root/examples/try-it/main.tf" "$dir/try-it"
	cp "$root/examples/try-it/tests/allowlist.tftest.hcl" "$dir/try-it/tests"
	cd "$dir/try-it"
	"$cli" init -input=false >"$dir/init.log" 2>&1 || {
		cat "$dir/init.log" >&2
		exit 1
	}
	DEMO_LOG=$dir/output.log "$root/bin/mocktwilio$exe" --list 'Call center=192.0.2.0/28' -- "$root/internal/tools/demo.sh" "$cli"
}

steps=0
step() {
	printf '\n\n── %d. %s\n' $((++steps)) "$1"
}

fail() {
	printf '\ndemo: %s\n' "$1" >&2
	exit 1
}

# run runs the CLI with the given arguments and writes its output to $DEMO_LOG too.
run() {
	local status=0
	printf '\n$ %s\n' "$cli_name $*"
	"$cli" "$@" 2>&1 | tee "$DEMO_LOG" || status=$?
	[[ -z $(tail -c 1 "$DEMO_LOG") ]] || echo
	return $status
}

# tf does the same and stops the demo if the CLI fails.
tf() {
	run "$@" || fail "$cli_name $* failed with exit status $?."
}

# expect stops the demo unless the last command printed this text.
expect() {
	grep -qF -- "$1" "$DEMO_LOG" || fail "The output above does not contain \"$1\"."
}

# write writes standard input to a file and shows the file.
write() {
	cat >"$1"
	show "$1"
}

show() {
	printf '\n$ %s\n' "cat $1"
	cat "$1"
}

# expect_sid stops the demo unless the list still has its original SID.
expect_sid() {
	tf output -raw list_sid
	[[ $(<"$DEMO_LOG") == "$sid" ]] || fail "The SID of the list changed from $sid to $(<"$DEMO_LOG")."
}

run_steps() {
	step 'The module'
	show main.tf

	step 'Create a list with two entries'
	tf apply -auto-approve
	expect '1 added, 0 changed, 0 destroyed'
	tf output -raw list_sid
	sid=$(<"$DEMO_LOG")
	[[ $sid == AL* ]] || fail "list_sid must be the SID of a list; got \"$sid\"."

	step 'Plan again: no changes'
	tf plan -detailed-exitcode
	expect 'No changes.'

	step 'Rename the list in place: its SID stays the same, so references to it keep working'
	write terraform.tfvars <<-END
		friendly_name = "Carrier gateways"
	END
	tf apply -auto-approve
	expect '0 added, 1 changed, 0 destroyed'
	expect_sid

	step 'Change an entry: addresses in both the old and the new block stay allowed during the apply'
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

	step 'Mistype an address: the plan fails'
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

	step 'Import an existing list'
	write existing.tf <<-END
		resource "twilio_sip_ip_access_control_list" "existing" {
		  friendly_name = "Call center"

		  ip_addresses = {
		    "192.0.2.0/28" = "192.0.2.0/28"
		  }
		}
	END
	tf import twilio_sip_ip_access_control_list.existing "$MOCKTWILIO_LIST_SIDS"
	expect 'Import successful!'
	tf plan -detailed-exitcode
	expect 'No changes.'

	step 'Destroy both lists'
	tf destroy -auto-approve
	expect '2 destroyed'

	step "Run the module's own tests against the mock"
	rm terraform.tfvars existing.tf
	tf test
	expect 'Success!'

	step 'Check the account: no lists are left'
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
