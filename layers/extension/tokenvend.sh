#!/bin/sh
# Starts the extension. In a layer this file is extensions/tokenvend, and its name is the extension's.
# The function's own settings for Node must not reach it: a --require of a tracer breaks it or doubles its
# start, and NODE_DEBUG=http would print every header, tokens included.
unset NODE_OPTIONS NODE_PATH NODE_DEBUG NODE_DEBUG_NATIVE NODE_V8_COVERAGE NODE_COMPILE_CACHE

home="${0%/*}/../tokenvend"
# Its own Node where the layer brings one; else the one of a Node.js runtime; else any.
for node in "$home/node" /var/lang/bin/node; do
  if [ -x "$node" ]; then exec "$node" "$home/extension.cjs"; fi
done
exec node "$home/extension.cjs"
