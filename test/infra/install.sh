#!/usr/bin/env bash
# Installs what judges the templates from PyPI into .local/venv: cfn-lint, and the SAM CLI, which brings the
# Runtime Interface Emulator of `npm run test:rie`; for that, also the driver of examples/lambda-python.
# Pinned, so that everybody is judged by the same. Does nothing, and quickly, when it is there.
set -euo pipefail
cd "$(dirname "$0")/../.."

venv=.local/venv
wanted=test/infra/requirements.txt

cmp -s "$wanted" "$venv/installed.txt" && exit 0
python3 -m venv "$venv"
"$venv/bin/pip" install --quiet --disable-pip-version-check -r "$wanted"
cp "$wanted" "$venv/installed.txt"
