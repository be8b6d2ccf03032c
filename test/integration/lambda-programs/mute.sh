#!/bin/sh
# An extension that never registers.
exec sleep 60
