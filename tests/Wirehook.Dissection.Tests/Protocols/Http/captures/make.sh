#!/bin/bash
# Makes the captures anew: nginx with curl (Debian: nginx-light curl tcpdump), and a server with a client of node, on the loopback of a network namespace of their own.
# Needs root. Review the .truth files afterwards: they hold what the clients below are known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/http-captures-XXXXXX)
space="httpcap$$"
server=
cleanup() {
  [ -z "$server" ] || kill -TERM "$server" 2>/dev/null || true
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
inside() { ip netns exec "$space" "$@"; }

# capture NAME COMMAND...
capture() {
  local name=$1
  shift
  ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/$name.pcap" 'tcp port 8080' 2>/dev/null &
  local dump=$!
  sleep 1
  "$@" >/dev/null 2>&1 || true
  sleep 1
  kill -TERM "$dump"
  wait "$dump" 2>/dev/null || true
  cp "$work/$name.pcap" "$here/$name.pcap"
}

mkdir "$work/www"
seq 1 300 >"$work/www/numbers.txt"
echo '<html><body>hello</body></html>' >"$work/www/index.html"
cat >"$work/nginx.conf" <<CONF
daemon off;
user root;
pid $work/nginx.pid;
error_log /dev/null;
events {}
http {
  access_log off;
  client_body_temp_path $work/body;
  proxy_temp_path $work/proxy;
  fastcgi_temp_path $work/fastcgi;
  uwsgi_temp_path $work/uwsgi;
  scgi_temp_path $work/scgi;
  types { text/html html; text/plain txt; }
  gzip on;
  gzip_types text/plain;
  gzip_min_length 100;
  server {
    listen 127.0.0.1:8080;
    root $work/www;
    location = /moved { return 302 /index.html; }
    location = /post { return 200 "thanks\n"; }
  }
}
CONF
ip netns exec "$space" nginx -p "$work" -c "$work/nginx.conf" 2>/dev/null &
server=$!
sleep 1
nginx_client() {
  local base=http://127.0.0.1:8080
  inside curl -s -b 'session=abc; theme=dark' "$base/index.html" -o /dev/null -L "$base/moved" --compressed "$base/numbers.txt?page=1&page=2&q=a%20b"
  inside curl -s -I "$base/numbers.txt" "$base/nowhere"
  inside curl -s -d 'name=value&other=two+words' "$base/post"
  inside curl -s -F 'field=text' -F "file=@$work/www/index.html" -H 'Expect: 100-continue' "$base/post"
  inside curl -s -0 "$base/index.html" -r 0-5
}
capture nginx nginx_client
kill -TERM "$server"
server=
sleep 1
node_client() { inside timeout 20 node "$here/node.js"; }
capture node node_client
