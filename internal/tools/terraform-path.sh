#!/bin/sh
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Prints the path of the Terraform or OpenTofu to use: TF_ACC_TERRAFORM_PATH if it
# is set, or else terraform or tofu on PATH. If there is none, hc-install downloads
# Terraform into bin/ and verifies its signature; with -no-fetch, the script fails
# instead.
set -eu

# The version of Terraform to download.
version=1.14.0

if [ -n "${TF_ACC_TERRAFORM_PATH:-}" ]; then
	command -v "$TF_ACC_TERRAFORM_PATH" && exit
	echo "TF_ACC_TERRAFORM_PATH must be the path of an executable; got $TF_ACC_TERRAFORM_PATH." >&2
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
echo "Neither terraform nor tofu is on PATH. Downloading Terraform $version into bin/." >&2
if ! go -C "$root/internal/tools" tool hc-install install -version "$version" -path "$root/bin/terraform-$version" terraform >&2; then
	echo "The download failed. Install Terraform or OpenTofu 1.8 or later, and try again." >&2
	exit 1
fi
for terraform in "$root/bin/terraform-$version/terraform" "$root/bin/terraform-$version/terraform.exe"; do
	[ -x "$terraform" ] && echo "$terraform" && exit
done
