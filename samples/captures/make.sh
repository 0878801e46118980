#!/bin/bash
# Makes the sample captures anew: real servers and clients in two network namespaces that a veth pair joins, recorded on the server's side.
#   samples/captures/make.sh [shop|http|dns]...      all of them without arguments
# Needs root and: iproute2 tcpdump nginx dnsmasq-base dnsperf curl python3. Content is the same every time; ports, ids and round-trip times are not,
# so the expected items (*.items.jsonl) are renewed with the captures: WIREHOOK_UPDATE=1 dotnet test tests/Wirehook.Dissection.Tests
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
server=wh-shop
client=wh-visitor
work=$(mktemp -d /tmp/wirehook-shop.XXXXXX)
chmod 755 "$work" # nginx reads the pages as another user
started=()

finish() {
  for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || true; done
  wait 2>/dev/null || true
  ip netns del "$server" 2>/dev/null || true
  ip netns del "$client" 2>/dev/null || true
  rm -rf "$work"
}
trap finish EXIT

in_server() { ip netns exec "$server" "$@"; }
# The client resolves names at the shop's own DNS server; the file is bound in a mount namespace that ends with the command.
in_client() {
  ip netns exec "$client" unshare --mount sh -c 'mount --bind "$0" /etc/resolv.conf && exec "$@"' "$work/resolv.conf" "$@"
}

connect() {
  ip netns add "$server"
  ip netns add "$client"
  ip link add whshop netns "$server" type veth peer name whvisitor netns "$client"
  for name in "$server" "$client"; do
    ip netns exec "$name" sysctl -qw net.ipv6.conf.all.disable_ipv6=1
    ip -n "$name" link set lo up
  done
  ip -n "$server" addr add 10.60.0.80/24 dev whshop
  ip -n "$server" addr add 10.60.0.53/24 dev whshop
  ip -n "$client" addr add 10.60.0.2/24 dev whvisitor
  ip -n "$server" link set whshop up
  ip -n "$client" link set whvisitor up
  # Frames as they look on a wire: no segmentation or checksum offload.
  in_server ethtool -K whshop tso off gso off gro off tx off >/dev/null 2>&1 || true
  ip netns exec "$client" ethtool -K whvisitor tso off gso off gro off tx off >/dev/null 2>&1 || true
  echo "nameserver 10.60.0.53" > "$work/resolv.conf"
}

serve() {
  cp -r "$here/shop/www" "$work/www"
  find "$work/www" -exec touch -d '2026-01-02 03:04:05 UTC' {} +
  sed "s#@WORK@#$work#g" "$here/shop/nginx.conf" > "$work/nginx.conf"
  ip netns exec "$server" nginx -c "$work/nginx.conf" -g 'daemon off;' > "$work/nginx.log" 2>&1 & started+=($!)
  ip netns exec "$server" python3 "$here/shop/shop.py" > "$work/shop.log" 2>&1 & started+=($!)
  ip netns exec "$server" dnsmasq --keep-in-foreground --conf-file="$here/shop/dnsmasq.conf" --user=root --log-facility=- > "$work/dnsmasq.log" 2>&1 & started+=($!)
  for _ in $(seq 50); do
    if in_client curl -sf -o "$work/probe" http://10.60.0.80/index.html && in_client curl -sf -o "$work/probe" http://10.60.0.80:9000/api/products; then return; fi
    sleep 0.1
  done
  echo "the shop did not open:" >&2
  tail -n 3 "$work"/*.log >&2
  exit 1
}

# record NAME COMMAND...: a capture of what the client's command does, with the visitor's pauses stretched (see spread.py).
record() {
  local name=$1
  shift
  ip netns exec "$server" tcpdump -Z root -i whshop -s 0 --immediate-mode -U -w "$work/$name.pcap" 'tcp or udp' 2> "$work/$name.tcpdump" &
  local tcpdump=$!
  sleep 1
  in_client "$@" > "$work/$name.client" 2>&1 || { cat "$work/$name.client" >&2; exit 1; }
  sleep 0.5
  kill -INT "$tcpdump"
  wait "$tcpdump" || true
  python3 "$here/shop/spread.py" "$work/$name.pcap" "$here/$name.pcap"
  ls -l "$here/$name.pcap"
}

[ "$(id -u)" = 0 ] || { echo "make.sh needs root for network namespaces" >&2; exit 1; }
connect
serve
for name in "${@:-shop http dns}"; do
  for one in $name; do record "$one" bash "$here/shop/$one.sh"; done
done
