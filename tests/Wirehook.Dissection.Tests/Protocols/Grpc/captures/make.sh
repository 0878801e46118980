#!/bin/bash
# Makes the captures anew: servers and clients of @grpc/grpc-js and @connectrpc/connect-node (Debian: nodejs tcpdump protobuf-compiler; npm: @grpc/grpc-js
# @grpc/proto-loader @connectrpc/connect-node @connectrpc/connect @bufbuild/protobuf, found by NODE_PATH, one folder),
# on the loopback of a network namespace of their own. Needs root. Review the .truth files afterwards: they hold what the client is known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/grpc-captures-XXXXXX)
space="grpccap$$"
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

protoc -I "$here" --descriptor_set_out="$here/shop.pb" "$here/shop.proto"
capture calls node "$here/shop.js"
capture gzip node "$here/shop.js" gzip
capture web1 node "$here/web.mjs" 1.1
capture web2 node "$here/web.mjs" 2
