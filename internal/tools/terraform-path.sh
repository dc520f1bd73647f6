#!/bin/sh
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Prints the path of the Terraform or OpenTofu to use: TF_ACC_TERRAFORM_PATH if
# it is set, else terraform or tofu on PATH, else a Terraform that hc-install
# fetches into bin/ once and whose signature it verifies. With -no-fetch the
# last of these is an error.
set -eu

# The version fetched when the machine has none.
version=1.14.0

if [ -n "${TF_ACC_TERRAFORM_PATH:-}" ]; then
	command -v "$TF_ACC_TERRAFORM_PATH" && exit
	echo "TF_ACC_TERRAFORM_PATH is $TF_ACC_TERRAFORM_PATH, which is no program." >&2
	exit 1
fi
command -v terraform && exit
command -v tofu && exit

if [ "${1:-}" = -no-fetch ]; then
	echo "Neither terraform nor tofu is on PATH, and TF_ACC_TERRAFORM_PATH is not set." >&2
	exit 1
fi

root=$(cd "$(dirname "$0")/../.." && pwd)
for terraform in "$root/bin/terraform-$version/terraform" "$root/bin/terraform-$version/terraform.exe"; do
	[ -x "$terraform" ] && echo "$terraform" && exit
done

mkdir -p "$root/bin/terraform-$version"
echo "Neither terraform nor tofu is on PATH: fetching Terraform $version into bin/." >&2
if ! go -C "$root/internal/tools" tool hc-install install -version "$version" -path "$root/bin/terraform-$version" terraform >&2; then
	echo "Could not fetch it. Install Terraform or OpenTofu, 1.8 or later, and try again." >&2
	exit 1
fi
for terraform in "$root/bin/terraform-$version/terraform" "$root/bin/terraform-$version/terraform.exe"; do
	[ -x "$terraform" ] && echo "$terraform" && exit
done
