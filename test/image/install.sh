#!/usr/bin/env bash
# Installs what `npm run test:image` needs on Debian: a builder and runner of images that has no daemon, and
# the few commands that the stand-in for the build image must have. Does nothing, and quickly, when all is there.
set -euo pipefail

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

missing=()
for package in podman runc busybox-static; do
  is_installed "$package" || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
