#!/usr/bin/env bash
# Copyright (c) The terraform-provider-twilio authors
# SPDX-License-Identifier: MPL-2.0

# Installs mocktwilio from a release on a GitHub Actions runner and adds it to PATH. VERSION is 1.2.3, v1.2.3, latest, or empty;
# ACTION_REF is the ref after @ in the workflow's "uses".
set -euo pipefail

# Tests use another server.
releases=${MOCKTWILIO_RELEASES:-https://github.com/twilio-sip/terraform-provider-twilio/releases}

fail() {
	echo "::error title=setup-mocktwilio::$*"
	exit 1
}

case $RUNNER_OS in
Linux) os=linux exe= ;;
macOS) os=darwin exe= ;;
Windows) os=windows exe=.exe ;;
*) fail "mocktwilio is not available for the operating system $RUNNER_OS." ;;
esac
case $RUNNER_ARCH in
X64) arch=amd64 ;;
ARM64) arch=arm64 ;;
X86) arch=386 ;;
ARM) arch=arm ;;
*) fail "mocktwilio is not available for the architecture $RUNNER_ARCH." ;;
esac

version=$VERSION
if [[ -z $version && $ACTION_REF =~ ^v[0-9]+\.[0-9]+\.[0-9]+ ]]; then
	version=$ACTION_REF
fi
if [[ -z $version && $ACTION_REF =~ ^[0-9a-f]{40}$ ]]; then
	echo "::notice title=setup-mocktwilio::The action is pinned to a commit, but mocktwilio is not: the latest release is installed. To pin mocktwilio too, set the input version."
fi
if [[ -z $version || $version == latest ]]; then
	# GitHub redirects to the page of the latest release, which has the tag in its URL.
	page=$(curl -fsSL --retry 3 -o /dev/null -w '%{url_effective}' "$releases/latest") || fail "Cannot determine the latest release from $releases/latest."
	[[ $page == */tag/* ]] || fail "No release found at $releases."
	version=${page##*/}
fi
version=${version#v}
[[ $version =~ ^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z.-]+)?$ ]] || fail "The input version must be a version such as 0.1.0, or latest; got $version."

archive=mocktwilio_${version}_${os}_${arch}.zip
sums=terraform-provider-twilio_${version}_SHA256SUMS
dir=$RUNNER_TEMP/mocktwilio-$version
mkdir -p "$dir"
cd "$dir"
for file in "$sums" "$archive"; do
	curl -fsSL --retry 3 -o "$file" "$releases/download/v$version/$file" ||
		fail "Cannot download $releases/download/v$version/$file. Check that the release v$version exists and has mocktwilio for ${os}_$arch."
done

want=$(awk -v file="$archive" '$2 == file || $2 == "*" file { print $1 }' "$sums")
[[ -n $want ]] || fail "$sums does not list $archive."
if command -v sha256sum >/dev/null; then
	got=$(sha256sum <"$archive")
else
	got=$(shasum -a 256 <"$archive")
fi
[[ ${got%% *} == "$want" ]] || fail "The checksum of $archive is ${got%% *}, but $sums has $want."

unzip -qo "$archive" "mocktwilio$exe"
chmod +x "mocktwilio$exe"
"./mocktwilio$exe" --version
echo "$dir" >>"$GITHUB_PATH"
echo "version=$version" >>"$GITHUB_OUTPUT"
