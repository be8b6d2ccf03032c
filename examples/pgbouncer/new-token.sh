#!/bin/sh
# new-token.sh: a token holds no quote, so that it stands between quotes as it is.
set -eu
umask 077
printf '"orders_app" "%s"\n' "$(cat /run/db/orders/password)" > /run/pgbouncer/userlist.new
mv /run/pgbouncer/userlist.new /run/pgbouncer/userlist.txt
# The first token is there before PgBouncer is.
[ ! -e /run/pgbouncer/pgbouncer.pid ] || kill -HUP "$(cat /run/pgbouncer/pgbouncer.pid)"
