#!/bin/bash
# Makes lease.pcap and lease6.pcap anew (Debian: iproute2, tcpdump, dnsmasq, udhcpc, isc-dhcp-client). Prints what the clients said.
cd "$(dirname "$0")"
. ../../../Harness/network.sh
ip -n "$right" addr add 10.9.1.1/24 dev v0
ip -n "$right" addr add 2001:db8:91::1/64 dev v0 nodad
ip -n "$left" link set v0 address 02:00:00:00:00:01
sleep 2
start "$right" dnsmasq --no-daemon --port=0 --conf-file=/dev/null --interface=v0 --dhcp-leasefile="$scratch/leases" --dhcp-range=10.9.1.100,10.9.1.110,1h \
    --dhcp-range=2001:db8:91::100,2001:db8:91::110,64,1h --enable-ra --dhcp-option=option:ntp-server,10.9.1.1 --dhcp-option=121,10.77.0.0/16,10.9.1.1 \
    --dhcp-option=option:domain-search,a.example,b.example --domain=lan.example --log-dhcp
sleep 1

record "$PWD/lease.pcap" udp port 67 or udp port 68
# A lease, its release; then another client's lease and its renewal by ISC's client.
ip netns exec "$left" udhcpc -i v0 -n -q -R -O search -O staticroutes -O ntpsrv -s /bin/true -x hostname:wirehook -t 3
printf 'timeout 5;\nsend host-name "second";\n' > "$scratch/dhclient.conf"
ip netns exec "$left" dhclient -4 -1 -v -cf "$scratch/dhclient.conf" -lf "$scratch/dhclient.leases" -pf "$scratch/dhclient.pid" -sf /bin/true v0
ip netns exec "$left" dhclient -4 -r -v -cf "$scratch/dhclient.conf" -lf "$scratch/dhclient.leases" -pf "$scratch/dhclient.pid" -sf /bin/true v0
recorded

record "$PWD/lease6.pcap" udp port 546 or udp port 547
ip netns exec "$left" dhclient -6 -1 -v -lf "$scratch/dhclient6.leases" -pf "$scratch/dhclient6.pid" -sf /bin/true v0
ip netns exec "$left" dhclient -6 -r -v -lf "$scratch/dhclient6.leases" -pf "$scratch/dhclient6.pid" -sf /bin/true v0
recorded
cat "$scratch/dnsmasq.log"
