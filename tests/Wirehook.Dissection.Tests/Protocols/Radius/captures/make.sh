#!/bin/bash
# Makes radius.pcap anew (Debian: iproute2, tcpdump, freeradius, freeradius-utils). Prints radclient's own counts.
cd "$(dirname "$0")"
. ../../../Harness/network.sh
ip -n "$left" addr add 10.9.3.1/24 dev v0
ip -n "$right" addr add 10.9.3.2/24 dev v0
# A host that is not there, so that a request stays alone.
ip -n "$left" neigh add 10.9.3.77 lladdr 02:00:00:00:00:99 dev v0
cp -rL /etc/freeradius/3.0 "$scratch/raddb"
sed -i -e '/^[[:space:]]*\(user\|group\) = /d' -e "s|^logdir = .*|logdir = $scratch|" "$scratch/raddb/radiusd.conf"
printf 'client all {\n ipaddr = 10.9.3.0/24\n secret = testing123\n}\n' > "$scratch/raddb/clients.conf"
printf 'bob Cleartext-Password := "hello"\n Reply-Message := "Hello, %%{User-Name}", Framed-IP-Address := 10.0.0.5, Session-Timeout := 3600, Cisco-AVPair := "shell:priv-lvl=15"\n' > "$scratch/raddb/mods-config/files/authorize"
start "$right" freeradius -f -l stdout -d "$scratch/raddb"
sleep 4

record "$PWD/radius.pcap" udp port 1812 or udp port 1813
ask() { ip netns exec "$left" radclient -x -s -r 1 -t 2 "$@" testing123; }
echo 'User-Name = "bob", User-Password = "hello", NAS-IP-Address = 10.9.3.1, NAS-Port = 7, NAS-Port-Type = Ethernet, Service-Type = Framed-User, Framed-Protocol = PPP, Called-Station-Id = "00-11-22", Message-Authenticator = 0x00' | ask 10.9.3.2:1812 auth
echo 'User-Name = "bob", User-Password = "wrong", NAS-Identifier = "door"' | ask 10.9.3.2:1812 auth || true
echo 'User-Name = "bob", CHAP-Password = "hello", NAS-IPv6-Address = 2001:db8::1, Framed-IPv6-Prefix = 2001:db8:1::/64' | ask 10.9.3.2:1812 auth
echo 'User-Name = "bob", Acct-Status-Type = Start, Acct-Session-Id = "abc", NAS-IP-Address = 10.9.3.1, Acct-Authentic = RADIUS, Event-Timestamp = 1700000000' | ask 10.9.3.2:1813 acct
echo 'User-Name = "bob", Acct-Status-Type = Stop, Acct-Session-Id = "abc", NAS-IP-Address = 10.9.3.1, Acct-Terminate-Cause = User-Request, Acct-Session-Time = 60, Acct-Input-Octets = 1000' | ask 10.9.3.2:1813 acct
echo 'Message-Authenticator = 0x00' | ask 10.9.3.2:1812 status
echo 'User-Name = "bob", User-Password = "hello"' | ask 10.9.3.77:1812 auth || true
recorded
tail -5 "$scratch/freeradius.log"
