#!/bin/sh
# trust-store.sh ca.pem trust.p12: keytool takes one certificate of a file, and the bundle has several.
set -eu
folder=$(mktemp -d)
csplit --quiet --elide-empty-files --prefix "$folder/" "$1" '/BEGIN CERTIFICATE/' '{*}'
for pem in "$folder"/*; do
  keytool -importcert -noprompt -alias "${pem##*/}" -file "$pem" -keystore "$2" -storepass changeit
done
rm -r "$folder"
