#!/bin/bash
# Makes the captures of this folder anew, with their key logs and truth files: bash make.sh (root; Debian: nginx-light, openssl, curl, nodejs, tcpdump, iproute2,
# python3; .NET SDK). Everything runs in a network namespace of its own. The certificates and keys are made here and used nowhere else.
set -eu
cd "$(dirname "$0")"
here=$PWD
ns=tls-captures-$$
work=$(mktemp -d)
pids=()
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
inside() { ip netns exec "$ns" "$@"; } # not for what runs in the background: that needs its own process id

capture() { # NAME COMMAND...: the command writes its key log to $keys and the number of answered requests to $work/count
  keys=$here/$1.keys
  : > "$keys"
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" 'tcp or udp port 4435' 2> "$work/tcpdump.log" &
  local dump=$!
  until grep -q 'listening on' "$work/tcpdump.log"; do sleep 0.1; done
  "${@:2}"
  sleep 1
  kill -TERM $dump; wait $dump || true
  mv "$work/$1.pcap" "$1.pcap"
  grep -v '^#' "$keys" | grep -v EXPORTER > "$keys.short" || true
  mv "$keys.short" "$keys"
}
truth() { # NAME HANDSHAKES HTTP-REQUESTS COMMENT...
  { for line in "${@:4}"; do echo "# $line"; done; printf 'tlsx requests %s\ntlsx responses %s\nhttp requests %s\nhttp responses %s\n' "$2" "$2" "$3" "$3"; } > "$1.truth"
}
ready() { for _ in $(seq 100); do inside bash -c "exec 3<>/dev/tcp/127.0.0.1/$1" 2> /dev/null && return; sleep 0.05; done; echo "nobody listens on port $1" >&2; exit 1; }

openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$work/ec.key" -out "$work/ec.pem" -days 36500 -subj /CN=ec.example -addext subjectAltName=DNS:ec.example,IP:127.0.0.1 2> /dev/null
openssl req -x509 -newkey rsa:2048 -nodes -keyout "$work/rsa.key" -out "$work/rsa.pem" -days 36500 -subj /CN=rsa.example 2> /dev/null
cat > "$work/nginx.conf" <<N
worker_processes 1; daemon off; master_process off; pid $work/nginx.pid; error_log stderr crit;
events { worker_connections 64; }
http {
  access_log off; default_type text/plain; ssl_session_cache shared:s:1m;
  client_body_temp_path $work/b; proxy_temp_path $work/p; fastcgi_temp_path $work/f; uwsgi_temp_path $work/u; scgi_temp_path $work/s;
  server { listen 8444 ssl; ssl_certificate $work/ec.pem; ssl_certificate_key $work/ec.key; ssl_protocols TLSv1.3; ssl_early_data on; location / { return 200 "hello from no s_server\n"; } }
  server { listen 443 ssl http2; ssl_certificate $work/ec.pem; ssl_certificate_key $work/ec.key; ssl_protocols TLSv1.2 TLSv1.3; location / { return 200 "you asked for \$uri\n"; } }
}
N
ip netns exec "$ns" nginx -c "$work/nginx.conf" -e stderr & pids+=($!)
ready 443

curl_on() { SSLKEYLOGFILE=$keys inside curl -sk --resolve curl.example:443:127.0.0.1 -w '%{http_code}\n' -o /dev/null "$@" | grep -c 200 > "$work/count" || true; }
url=https://curl.example/
capture curl-tls13 curl_on --http1.1 --tlsv1.3 ${url}one -o /dev/null ${url}two -o /dev/null ${url}three
truth curl-tls13 1 "$(cat "$work/count")" "curl, TLS 1.3, HTTP/1.1: one connection; curl counted its answers with status 200."
capture curl-tls12 curl_on --http1.1 --tls-max 1.2 ${url}one -o /dev/null ${url}two
truth curl-tls12 1 "$(cat "$work/count")" "curl, TLS 1.2, HTTP/1.1: one connection; curl counted its answers with status 200."
capture curl-http2 curl_on --http2 --tlsv1.3 ${url}one -o /dev/null ${url}two -o /dev/null ${url}three
truth curl-http2 1 "$(cat "$work/count")" "curl, TLS 1.3, HTTP/2: one connection; curl counted its answers with status 200."

# One connection per suite, to a server of OpenSSL that gives a file of a few bytes.
printf 'HTTP/1.0 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 20\r\n\r\nhello from s_server\n' > "$work/hi"
serve() { # PORT OPTIONS...
  (cd "$work" && exec ip netns exec "$ns" openssl s_server -accept "$1" -HTTP -quiet "${@:2}") > /dev/null 2>&1 & pids+=($!)
  ready "$1"
}
serve 4433 -cert "$work/rsa.pem" -key "$work/rsa.key" -dcert "$work/ec.pem" -dkey "$work/ec.key" -cipher ALL:COMPLEMENTOFALL:@SECLEVEL=0 -ciphersuites TLS_AES_128_GCM_SHA256:TLS_AES_256_GCM_SHA384:TLS_CHACHA20_POLY1305_SHA256:TLS_AES_128_CCM_SHA256:TLS_AES_128_CCM_8_SHA256
get() { # PORT OPTIONS...
  { printf 'GET /hi HTTP/1.0\r\n\r\n'; sleep 0.3; } | inside openssl s_client -connect 127.0.0.1:"$1" -servername openssl.example -keylogfile "$keys" -quiet "${@:2}" 2> /dev/null | grep -c 's_server' >> "$work/counts" || true
}
total() { awk '{ s += $1 } END { print s }' "$work/counts"; }
suites12() {
  : > "$work/counts"
  for s in ECDHE-RSA-AES128-GCM-SHA256 ECDHE-ECDSA-AES256-GCM-SHA384 ECDHE-RSA-CHACHA20-POLY1305 DHE-RSA-AES128-GCM-SHA256 AES128-CCM ECDHE-ECDSA-AES128-CCM8 AES256-SHA256 ECDHE-RSA-AES256-SHA384 AES128-SHA; do
    get 4433 -tls1_2 -cipher "$s:@SECLEVEL=0"
  done
  for s in AES128-SHA ECDHE-ECDSA-AES128-SHA256 ECDHE-RSA-AES256-SHA384; do get 4433 -tls1_2 -no_etm -cipher "$s:@SECLEVEL=0"; done
  get 4433 -tls1 -cipher 'ECDHE-RSA-AES128-SHA:@SECLEVEL=0'
  get 4433 -tls1 -no_etm -cipher 'AES256-SHA:@SECLEVEL=0'
  get 4433 -tls1_1 -no_etm -cipher 'AES128-SHA:@SECLEVEL=0'
}
capture openssl-tls12 suites12
truth openssl-tls12 "$(total)" "$(total)" "openssl s_client: a connection for each of nine suites of TLS 1.2, three without encrypt-then-MAC, two of TLS 1.0 and one of TLS 1.1; the client counted its answers."
suites13() {
  : > "$work/counts"
  for s in TLS_AES_128_GCM_SHA256 TLS_AES_256_GCM_SHA384 TLS_CHACHA20_POLY1305_SHA256 TLS_AES_128_CCM_SHA256 TLS_AES_128_CCM_8_SHA256; do get 4433 -tls1_3 -ciphersuites "$s"; done
}
capture openssl-tls13 suites13
truth openssl-tls13 "$(total)" "$(total)" "openssl s_client: a connection for each suite of TLS 1.3; the client counted its answers."

# What happens within connections: sessions that go on, early data, another hello, new keys, a second handshake.
serve 4434 -cert "$work/ec.pem" -key "$work/ec.key" -groups P-384:P-256 -client_renegotiation
turns() {
  : > "$work/counts"
  get 4434 -tls1_2 -sess_out "$work/s12"
  get 4434 -tls1_2 -sess_in "$work/s12"
  get 4434 -tls1_2 -no_ticket -sess_out "$work/s12"
  get 4434 -tls1_2 -no_ticket -sess_in "$work/s12"
  get 4434 -tls1_3 -groups X25519:P-384 -sess_out "$work/s13"
  get 4434 -tls1_3 -groups P-384 -sess_in "$work/s13"
  get 8444 -tls1_3 -sess_out "$work/s13"
  printf 'GET /hi HTTP/1.0\r\n\r\n' > "$work/early"
  { sleep 0.5; } | inside openssl s_client -connect 127.0.0.1:8444 -servername openssl.example -keylogfile "$keys" -tls1_3 -sess_in "$work/s13" -early_data "$work/early" 2> /dev/null | grep -c 's_server' >> "$work/counts" || true
  { sleep 0.3; printf 'K\n'; sleep 0.3; printf 'k\n'; sleep 0.3; printf 'GET /hi HTTP/1.0\r\n\r\n'; sleep 4; } |
    inside openssl s_client -connect 127.0.0.1:4434 -keylogfile "$keys" -tls1_3 -groups P-384 2> /dev/null | grep -c 's_server' >> "$work/counts" || true
  { sleep 2; printf 'R\n'; sleep 0.5; printf 'GET /hi HTTP/1.0\r\n\r\n'; sleep 4; } |
    inside openssl s_client -connect 127.0.0.1:4434 -keylogfile "$keys" -tls1_2 2> /dev/null | grep -c 's_server' >> "$work/counts" || true
}
capture openssl-turns turns
truth openssl-turns "$(($(total) + 1))" "$(total)" "openssl s_client: TLS 1.2 with a ticket, with a session id, TLS 1.3 after HelloRetryRequest, resumed, with early data, with new keys from both sides, and TLS 1.2 with a" \
  "second handshake, which is an item of its own; the client counted its answers." \
  "skip gaps: where the first of two hellos is lost, the second one is taken for the first, so the pair has another time and size"

# DTLS: an ordinary handshake, one in small datagrams, one that fails because no suite is shared, and one of version 1.0. Nothing is decrypted.
dtls_server() { # OPTIONS...
  ip netns exec "$ns" openssl s_server -accept 4435 -cert "$work/ec.pem" -key "$work/ec.key" -quiet "$@" > /dev/null 2>&1 < /dev/null & pids+=($!)
  sleep 0.5
}
dtls_once() { # OPTIONS...
  { sleep 0.3; echo hello; sleep 0.3; } | inside timeout 3 openssl s_client -connect 127.0.0.1:4435 -servername dtls.example "$@" 2>&1 | grep -cE 'Verify return code|handshake failure|alert' >> "$work/counts" || true
}
dtls() {
  : > "$work/counts"
  dtls_server -dtls -listen -cipher ALL:@SECLEVEL=0
  dtls_once -dtls1_2
  dtls_once -dtls1_2 -mtu 300
  dtls_once -dtls1_2 -cipher AES128-GCM-SHA256
  dtls_once -dtls1 -cipher ALL:@SECLEVEL=0
}
capture openssl-dtls dtls
printf '# openssl s_client and s_server, DTLS 1.2, also in datagrams of 300 bytes, without a common suite (no ServerHello then), and DTLS 1.0: four connections.\ntlsx requests 4\ntlsx responses 3\n' > openssl-dtls.truth
rm openssl-dtls.keys

cat > "$work/server.js" <<'S'
const fs = require('fs');
require('https').createServer({ key: fs.readFileSync(process.argv[2] + '.key'), cert: fs.readFileSync(process.argv[2] + '.pem') },
  (request, response) => { request.resume(); request.on('end', () => response.end(`${request.method} ${request.url}\n`)); }).listen(8443);
S
ip netns exec "$ns" node "$work/server.js" "$work/ec" & pids+=($!)
ready 8443
node_on() { inside node --tls-keylog="$keys" client.js 8443 127.0.0.1 2 4 "$1" > "$work/count"; }
for v in 1.2 1.3; do
  name=node-tls${v/./}
  capture "$name" node_on "TLSv$v"
  truth "$name" 2 "$(cat "$work/count")" "Node, TLS $v: two connections with four requests each; the client counted its answers."
done

cp client.cs.txt "$work/client.cs"
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
(cd "$work" && dotnet build client.cs -o "$work/net" > /dev/null)
dotnet_on() { SSLKEYLOGFILE=$keys DOTNET_gcServer=0 inside dotnet "$work/net/client.dll" https://127.0.0.1 3 "$1" > "$work/count"; }
python3 - "$work/net/client.runtimeconfig.json" <<'P'
import json, sys
path = sys.argv[1]
config = json.load(open(path))
config['runtimeOptions'].setdefault('configProperties', {})['System.Net.EnableSslKeyLogging'] = True
json.dump(config, open(path, 'w'))
P
for v in 1.2 1.3; do
  name=dotnet-tls${v/./}
  capture "$name" dotnet_on "$v"
  truth "$name" 1 "$(cat "$work/count")" ".NET, TLS $v: one connection with three requests; the client counted its answers."
done
