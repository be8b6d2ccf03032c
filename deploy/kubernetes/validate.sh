#!/usr/bin/env bash
# Renders every variant and the overlay as kubectl would, and compares each object strictly (a misspelt key
# is an error) with the Kubernetes API of the oldest version with native sidecars, of the first with stable
# ones, and of the newest that the package knows. Needs Python, and kubectl or Go.
set -eu -o pipefail
cd "$(dirname "$0")"

venv=../../.local/kubernetes-venv
validate=$venv/bin/kubernetes-validate
[ -x "$validate" ] ||
  { python3 -m venv "$venv" && "$venv/bin/pip" install --quiet --disable-pip-version-check 'kubernetes-validate==1.37.*'; }

render() {
  if command -v kubectl >/dev/null; then
    kubectl kustomize "$1"
  else
    go run sigs.k8s.io/kustomize/kustomize/v5@v5.5.0 build "$1"
  fi
}

rendered=$(mktemp -d)
trap 'rm -rf "$rendered"' EXIT
for variant in init sidecar environment job overlays/production; do
  render "$variant" >"$rendered/${variant//\//-}.yaml"
done
for version in 1.29 1.33 1.37; do
  "$validate" --strict --quiet --kubernetes-version "$version" "$rendered"/*.yaml
done
printf 'valid: %s\n' "$(cd "$rendered" && echo *.yaml)"
