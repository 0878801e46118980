#!/bin/bash
# HTTP/1 features one by one: framing by length, chunks with trailers and end of connection, no bodies, conditions, expectations, pipelining.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
get() { curl -sS -A 'Visitor/1.0' -o /dev/null "$@"; }
shop=http://10.60.0.80

get $shop/index.html $shop/style.css -o /dev/null
get -I $shop/index.html
get -H 'If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT' $shop/index.html
get --compressed $shop/products.html
get --http1.0 $shop/style.css
sleep 0.5
get $shop:9000/api/export
get $shop:9000/api/news
get -X DELETE $shop:9000/api/cart/42
get -H 'Expect: 100-continue' -H 'Content-Type: application/json' -d '{"items":[1,2,3]}' $shop/api/cart
get -F 'a=1' -F 'b=two words' $shop/api/reviews
get -d 'x=1&y=%C3%A9' $shop/login
sleep 0.5
python3 "$here/raw.py" pipeline
get -r 0-9 $shop/style.css
