#!/usr/bin/env bash
# Installs Stryker into a folder of its own, where it finds the project's Vitest above it. Does nothing, and
# quickly, when it is there already.
set -euo pipefail
cd "$(dirname "$0")"

into=../../../.local/stryker
cmp --silent package-lock.json "$into/package-lock.json" && [ -f "$into/node_modules/.package-lock.json" ] && exit 0
rm -rf "$into"
mkdir -p "$into"
cp package.json package-lock.json .npmrc "$into"
# None of its packages has a script to run. It runs on the project's Node, and not on the one that installs it.
npm ci --prefix "$into" --ignore-scripts --no-audit --no-fund --loglevel=error
