#!/bin/bash
# Makes network-changes.pcapng anew: a router with two uplinks, one of which is loose, as `wirehook monitor --record` sees it.
#   samples/captures/network/changes.sh
# Needs root, iproute2 and wirehook in the PATH. Takes a minute and a half. Process ids and times differ from run to run.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
router="whr$$"
provider="whp$$"
finish() {
  ip netns del "$router" 2>/dev/null || true
  ip netns del "$provider" 2>/dev/null || true
}
trap finish EXIT

ip netns add "$router"
ip netns add "$provider"
for host in "$router" "$provider"; do
  ip netns exec "$host" sysctl -qw net.ipv6.conf.all.disable_ipv6=1 net.ipv6.conf.default.disable_ipv6=1
  ip -n "$host" link set lo up
done
for uplink in 0 1; do
  ip link add "eth$uplink" netns "$router" type veth peer name "peer$uplink" netns "$provider"
  ip -n "$provider" link set "peer$uplink" up
  ip -n "$router" link set "eth$uplink" up
done
ip -n "$router" addr add 192.0.2.2/24 dev eth0
ip -n "$router" addr add 198.51.100.2/24 dev eth1
ip -n "$router" route add default via 192.0.2.1 dev eth0

ip netns exec "$router" wirehook monitor --record "$here/../network-changes.pcapng" --duration 88 > /dev/null &
monitor=$!
sleep 4

# The first uplink's plug is loose.
for _ in 1 2 3; do
  ip -n "$provider" link set peer0 down
  sleep 2
  ip -n "$provider" link set peer0 up
  sleep 3
done
ip -n "$router" link set eth1 mtu 1400
sleep 12

# It is taken out of service: its routes go with it, and the other uplink takes over.
ip -n "$router" link set eth0 down
sleep 1
ip -n "$router" route add default via 198.51.100.1 dev eth1
sleep 20

# Repaired, with a second address.
ip -n "$router" link set eth0 up
sleep 1
ip -n "$router" addr add 192.0.2.3/24 dev eth0
ip -n "$router" route replace default via 192.0.2.1 dev eth0
sleep 15
ip -n "$provider" link set peer1 down
wait "$monitor"
