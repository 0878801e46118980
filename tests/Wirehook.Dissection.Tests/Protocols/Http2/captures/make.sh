#!/bin/bash
# Makes the captures anew: nghttpd, nghttpx and node as servers, nghttp, h2load, curl and node as clients (Debian: nghttp2 nghttp2-proxy curl nodejs tcpdump), on the loopback of a
# network namespace of their own. Needs root. Review the .truth files afterwards: they hold what the clients below are known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/http2-captures-XXXXXX)
space="h2cap$$"
pids=()
cleanup() {
  for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
inside() { ip netns exec "$space" "$@"; }
serve() { ip netns exec "$space" "$@" >"$work/server.log" 2>&1 & pids+=($!); sleep 1; }

port=8080

# capture NAME COMMAND...
capture() {
  local name=$1
  shift
  ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/$name.pcap" "tcp port $port" 2>/dev/null &
  local dump=$!
  sleep 1
  "$@" >/dev/null 2>&1 || true
  sleep 1
  kill -TERM "$dump"
  wait "$dump" 2>/dev/null || true
  cp "$work/$name.pcap" "$here/$name.pcap"
}

mkdir "$work/www"
echo '<html><body>hello</body></html>' >"$work/www/index.html"
echo 'body { color: red }' >"$work/www/style.css"
seq 1 500 >"$work/www/numbers.txt"
echo 'name=value&other=1' >"$work/form"

serve nghttpd --no-tls -d "$work/www" --trailer 'x-checksum: abc' -b 20 -p/index.html=/style.css --echo-upload 8080
nghttp_client() {
  inside nghttp -n -b 30 -H 'cookie: a=1; b=2' "http://127.0.0.1:8080/index.html" "http://127.0.0.1:8080/numbers.txt?q=a%20b" "http://127.0.0.1:8080/nowhere"
  inside nghttp -n --continuation "http://127.0.0.1:8080/style.css"
  inside nghttp -n -d "$work/form" -H 'content-type: application/x-www-form-urlencoded' "http://127.0.0.1:8080/echo" --trailer 'x-sent: yes'
}
capture nghttp nghttp_client
load_client() { inside h2load -n 24 -c 3 -m 4 "http://127.0.0.1:8080/style.css"; }
capture load load_client

serve nghttpx -f'127.0.0.1,8081;no-tls' -b'127.0.0.1,8080;;proto=h2' --errorlog-file=/dev/null
upgrade_client() {
  inside curl -s --http2 "http://127.0.0.1:8081/index.html" "http://127.0.0.1:8081/style.css"
  inside curl -s --http2-prior-knowledge -d 'posted=1' "http://127.0.0.1:8081/echo"
}
port=8081
capture upgrade upgrade_client
port=8080

for pid in "${pids[@]}"; do kill -TERM "$pid" 2>/dev/null || true; done
sleep 1
node_client() { inside timeout 20 node "$here/node.js"; }
capture node node_client
