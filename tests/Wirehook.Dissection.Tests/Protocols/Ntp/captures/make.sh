#!/bin/bash
# Makes time.pcap anew (Debian: iproute2, tcpdump, chrony, ntpsec-ntpdate). Prints what the clients said.
cd "$(dirname "$0")"
. ../../../Harness/network.sh
ip -n "$left" addr add 10.9.2.1/24 dev v0
ip -n "$right" addr add 10.9.2.2/24 dev v0
# A host that is not there, so that a request stays alone.
ip -n "$left" neigh add 10.9.2.77 lladdr 02:00:00:00:00:99 dev v0
printf 'local stratum 3\nallow\ncmdport 0\npidfile %s/server.pid\nbindcmdaddress /\n' "$scratch" > "$scratch/server.conf"
chmod 755 "$scratch"
start "$right" chronyd -x -n -u root -f "$scratch/server.conf"
sleep 2

record "$PWD/time.pcap" udp port 123
ip netns exec "$left" ntpdate -q 10.9.2.2
# chrony's client leaves its own fields empty and sends a random number as its time.
printf 'server 10.9.2.2 iburst maxsamples 4\ncmdport 0\npidfile %s/client.pid\nbindcmdaddress /\n' "$scratch" > "$scratch/client.conf"
ip netns exec "$left" timeout 12 chronyd -x -Q -t 8 -u root -f "$scratch/client.conf" || true
ip netns exec "$left" ntpdate -q -t 1 10.9.2.77 || true
recorded
