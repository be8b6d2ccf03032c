#!/usr/bin/env bash
# Installs the AWS CLI that `npm run bench -- cli` compares with, from PyPI into .local/aws-cli: pinned, and
# never the one that the machine happens to have. Does nothing, and quickly, when it is there.
set -euo pipefail
cd "$(dirname "$0")/../.."

place=.local/aws-cli
wanted=bench/cli/requirements.txt

cmp -s "$wanted" "$place/installed.txt" && exit 0
python3 -m venv --clear "$place/venv"
"$place/venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
cp "$wanted" "$place/installed.txt"
