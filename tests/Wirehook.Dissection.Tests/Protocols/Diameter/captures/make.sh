#!/bin/bash
# Makes base.pcap anew (Debian: iproute2, tcpdump, freediameter, freediameter-extensions, openssl): two peers meet, watch each other and part.
cd "$(dirname "$0")"
. ../../../Harness/network.sh
ip -n "$left" addr add 10.9.4.1/24 dev v0
ip -n "$right" addr add 10.9.4.2/24 dev v0
for peer in one two; do
    openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj "/CN=$peer.example" -keyout "$scratch/$peer.key" -out "$scratch/$peer.pem" 2>/dev/null
    other=$([ $peer = one ] && echo two || echo one)
    address=$([ $peer = one ] && echo 10.9.4.2 || echo 10.9.4.1)
    cat > "$scratch/$peer.conf" <<END
Identity = "$peer.example";
Realm = "example";
No_SCTP;
SecPort = 0;
TwTimer = 6;
AppServThreads = 1;
TLS_Cred = "$scratch/$peer.pem", "$scratch/$peer.key";
TLS_CA = "$scratch/$peer.pem";
LoadExtension = "dict_nasreq.fdx";
LoadExtension = "dict_dcca.fdx";
ConnectPeer = "$other.example" { ConnectTo = "$address"; No_TLS; };
END
done

record "$PWD/base.pcap" tcp port 3868
start "$right" freeDiameterd -c "$scratch/two.conf"
second=${started[-1]}
sleep 2
start "$left" freeDiameterd -c "$scratch/one.conf"
sleep 20
kill -TERM "$second"
sleep 2
recorded
tail -3 "$scratch/freeDiameterd.log"
