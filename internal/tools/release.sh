#!/usr/bin/env bash
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Builds, signs and verifies a release, whose files are then in dist/release.
# Publishes nothing.
#   release.sh             the release of the tag on HEAD, signed by the key
#                          GPG_FINGERPRINT with GPG_PASSPHRASE
#   release.sh --snapshot  HEAD without a tag, signed by a throwaway key
set -euo pipefail
cd "$(dirname "$0")/../.."

tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT

if [[ ${1:-} == --snapshot ]]; then
	export GNUPGHOME=$tmp/gnupg GPG_PASSPHRASE=throwaway
	trap 'gpgconf --kill all; rm -rf "$tmp"' EXIT
	mkdir -m 700 "$GNUPGHOME"
	gpg --batch --quiet --pinentry-mode loopback --passphrase "$GPG_PASSPHRASE" --quick-generate-key 'make release-check' rsa3072 sign never
	GPG_FINGERPRINT=$(gpg --batch --with-colons --list-keys | awk -F: '/^fpr/ { print $10; exit }')
	export GPG_FINGERPRINT
fi

bin/goreleaser check --quiet
bin/goreleaser release --clean "$@"

mkdir dist/release
cp dist/*.zip dist/*.cdx.json dist/*_SHA256SUMS dist/*_SHA256SUMS.sig dist/release
sums=$(cd dist/release && ls -- *_SHA256SUMS)
cp terraform-registry-manifest.json "dist/release/${sums%_SHA256SUMS}_manifest.json"

gpg --batch --armor --export "$GPG_FINGERPRINT" >"$tmp/public.asc"
# Nothing that runs from here on needs the passphrase: neither the programs that were built, nor Terraform and OpenTofu.
unset GPG_PASSPHRASE
gpgconf --kill gpg-agent
go run ./internal/cmd/release verify -key "$tmp/public.asc" dist/release
