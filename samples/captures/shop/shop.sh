#!/bin/bash
# A visit to the shop: pages, search, sign-in, cart, an order that fails, and the look-ups in between. Pauses are the visitor's.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
get() { curl -sS -A 'Visitor/1.0' -o /dev/null "$@"; }
pause() { sleep 0.5; }
look_up() { printf '%s\n' "$@" | dnsperf -s 10.60.0.53 -d /dev/stdin -n 1 -c 1 -q 1 > /dev/null; }
shop=http://www.shop.example

get --compressed $shop/index.html $shop/style.css -o /dev/null
pause
get -L $shop/sale -o /dev/null
get "$shop/api/products" "$shop/api/products/2" -o /dev/null
pause
look_up 'shop.example MX' 'shop.example TXT' '_http._tcp.shop.example SRV' 'ipv6.shop.example AAAA' 'missing.shop.example A'
pause
get "$shop/api/search?q=cup&q=tea&page=2"
get -H 'Accept-Encoding: gzip' $shop/api/products
get $shop/api/orders
pause
get -d 'user=ada&password=lovelace%26co' $shop/login
get -b 'session=c0ffee; theme=dark' $shop/api/orders
pause
get -H 'Content-Type: application/json' -d '{"items":[{"id":2,"count":1},{"id":3,"count":4}]}' $shop/api/cart
get -X PUT -H 'Content-Type: application/json' -d '{"items":[]}' $shop/api/cart/42
get -X DELETE $shop/api/cart/42
pause
get -F 'product=2' -F 'stars=5' -F 'photo=@/dev/stdin;filename=tea.txt;type=text/plain' $shop/api/reviews <<< 'steam over a cup'
get $shop/api/slow
pause
python3 "$here/raw.py" pipeline
get $shop/api/fail
get $shop/api/fail
pause
get -I $shop/index.html
get $shop/no-such-page.html
pause
python3 "$here/raw.py" silent
get http://www.shop.example:9000/api/export
pause
get $shop/api/products
pause
get $shop/api/products/5
