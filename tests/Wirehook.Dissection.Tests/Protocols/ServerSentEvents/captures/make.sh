#!/bin/bash
# Makes the captures anew: node as server and client (Debian: nodejs tcpdump),
# on the loopback of a network namespace of their own. Needs root. Review the .truth files afterwards: they hold what the client is known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/events-captures-XXXXXX)
space="ssecap$$"
cleanup() {
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up

# capture NAME COMMAND...
capture() {
  local name=$1
  shift
  ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/$name.pcap" 'tcp port 8080' 2>/dev/null &
  local dump=$!
  sleep 1
  ip netns exec "$space" timeout 30 "$@" >/dev/null 2>&1 || true
  sleep 1
  kill -TERM "$dump"
  wait "$dump" 2>/dev/null || true
  cp "$work/$name.pcap" "$here/$name.pcap"
}

capture http1 node "$here/events.js" 1
capture http2 node "$here/events.js" 2
