#!/bin/bash
# Makes the capture anew: a real client (npm: cassandra-driver, found by NODE_PATH) and the stand-in for a server in server.js (Debian: nodejs tcpdump), in a network
# namespace of their own. Needs root. Review the .truth file afterwards.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/cassandra-captures-XXXXXX)
space="cqlcap$$"
server=
cleanup() {
  [ -n "$server" ] && kill -TERM "$server" 2>/dev/null
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
ip netns exec "$space" node "$here/server.js" >"$work/log" 2>&1 &
server=$!
for _ in $(seq 30); do grep -q ready "$work/log" && break; sleep 0.2; done
ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/client.pcap" 'tcp port 9042' 2>/dev/null &
dump=$!
sleep 1
ip netns exec "$space" node "$here/client.js" || cat "$work/log"
sleep 1
kill -TERM "$dump"
wait "$dump" 2>/dev/null || true
cp "$work/client.pcap" "$here/client.pcap"
