#!/bin/bash
# Look-ups of every record type that the shop's server knows, over UDP with and without EDNS and over TCP, and one that nobody answers.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
names() {
  printf '%s\n' 'shop.example A' 'ipv6.shop.example AAAA' 'www.shop.example A' 'shop.example MX' 'shop.example TXT' '_acme-challenge.shop.example TXT' \
    '_http._tcp.shop.example SRV' '80.0.60.10.in-addr.arpa PTR' 'shop.example CAA' 'shop.example NAPTR' 'shop.example TYPE65' 'missing.shop.example A' 'elsewhere.test A'
}
names | dnsperf -s 10.60.0.53 -d /dev/stdin -n 1 -c 1 -q 1
sleep 0.5
names | dnsperf -s 10.60.0.53 -d /dev/stdin -n 1 -c 1 -q 1 -e -D
sleep 0.5
names | dnsperf -s 10.60.0.53 -d /dev/stdin -n 1 -c 1 -q 5 -m tcp
sleep 0.5
python3 "$here/raw.py" silent
