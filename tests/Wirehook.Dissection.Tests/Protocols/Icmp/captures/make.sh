#!/bin/bash
# Makes ping.pcap and errors.pcap anew (Debian: iproute2, tcpdump, iputils-ping, traceroute, nftables). Prints what the programs counted.
cd "$(dirname "$0")"
. ../../../Harness/network.sh
ip -n "$left" addr add 10.9.0.1/24 dev v0
ip -n "$right" addr add 10.9.0.2/24 dev v0
ip -n "$left" addr add 2001:db8:9::1/64 dev v0 nodad
ip -n "$right" addr add 2001:db8:9::2/64 dev v0 nodad
ip -n "$left" neigh add 10.9.0.77 lladdr 02:00:00:00:00:99 dev v0
sleep 2

record "$PWD/ping.pcap" 'icmp or (icmp6 and (ip6[40] = 128 or ip6[40] = 129))'
ip netns exec "$left" ping -n -c 3 -i 0.2 10.9.0.2
ip netns exec "$left" ping -n -c 3 -i 0.2 -s 1 -p ff 2001:db8:9::2
ip netns exec "$right" ping -n -c 2 -i 0.2 -s 100 10.9.0.1
ip netns exec "$left" ping -n -c 1 -W 1 -t 5 10.9.0.77 || true
recorded

# Beyond the right side lies a network that it does not know; port 9 of it is closed.
ip -n "$left" route add default via 10.9.0.2
ip netns exec "$right" sysctl -qw net.ipv4.ip_forward=1 net.ipv4.icmp_ratelimit=0
ip -n "$right" route add 192.0.2.128/25 via 10.9.0.99
record "$PWD/errors.pcap" 'icmp or udp or (icmp6 and ip6[40] < 128)'
ip netns exec "$left" ping -n -c 1 -W 1 192.0.2.1 || true
ip netns exec "$left" ping -n -c 1 -W 1 -t 1 192.0.2.200 || true
ip netns exec "$left" traceroute -n -q 2 -m 2 -w 1 10.9.0.2 || true
ip netns exec "$left" traceroute -n -q 1 -m 1 -w 1 -6 2001:db8:9::2 || true
recorded
