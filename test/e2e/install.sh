#!/usr/bin/env bash
# Installs what `npm run test:e2e` needs on Debian: servers and command-line clients from its packages, the
# drivers of other languages into .local/e2e. Versions of drivers are pinned in requirements.txt and pom.xml.
# Does nothing, and quickly, when all is there.
set -euo pipefail
cd "$(dirname "$0")/../.."

drivers=.local/e2e
sources=test/e2e/real-servers
maven_plugin=org.apache.maven.plugins:maven-dependency-plugin:3.8.1

is_installed() {
  [ "$(dpkg-query --show --showformat='${db:Status-Status}' "$1" 2>/dev/null)" = installed ]
}

install_packages() {
  local wanted=(postgresql mariadb-server mariadb-client libpam-script libnss-wrapper curl python3-venv pgbouncer)
  command -v javac >/dev/null || wanted+=(default-jdk-headless)
  command -v mvn >/dev/null || wanted+=(maven)
  local missing=()
  for package in "${wanted[@]}"; do
    is_installed "$package" || missing+=("$package")
  done
  [ "${#missing[@]}" -gt 0 ] || return 0
  apt-get update -qq
  DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
}

# Runs a command unless it succeeded before with the same file.
once_for() {
  local file=$1
  shift
  local stamp=$drivers/${file##*/}
  cmp -s "$file" "$stamp" && return 0
  "$@"
  cp "$file" "$stamp"
}

install_python_drivers() {
  python3 -m venv --clear "$drivers/venv"
  "$drivers/venv/bin/pip" install --quiet --disable-pip-version-check -r "$sources/python/requirements.txt"
}

install_java_drivers() {
  rm -rf "$drivers/jars"
  mvn --batch-mode --quiet --file "$sources/java/pom.xml" "$maven_plugin:copy-dependencies" \
    -DoutputDirectory="$PWD/$drivers/jars"
}

compile_java_client() {
  javac -d "$drivers/classes" "$sources/java/JdbcClient.java"
}

install_packages
mkdir -p "$drivers"
once_for "$sources/python/requirements.txt" install_python_drivers
once_for "$sources/java/pom.xml" install_java_drivers
once_for "$sources/java/JdbcClient.java" compile_java_client
