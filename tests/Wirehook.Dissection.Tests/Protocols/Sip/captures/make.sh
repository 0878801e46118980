#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: sip-tester, tcpdump, iproute2). Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
here=$PWD
ns=sip-captures-$$
work=$(mktemp -d)
finish() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
cat > "$work/register.xml" <<'X'
<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="register and message, with short header names">
  <send retrans="500"><![CDATA[
REGISTER sip:[remote_ip] SIP/2.0
v: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
f: <sip:ada@[remote_ip]>;tag=[call_number]
t: <sip:ada@[remote_ip]>
i: [call_id]
CSeq: 1 REGISTER
m: <sip:ada@[local_ip]:[local_port]>
Max-Forwards: 70
Expires: 60
l: 0

]]></send>
  <recv response="401" />
  <send retrans="500"><![CDATA[
MESSAGE sip:bob@[remote_ip] SIP/2.0
v: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
f: <sip:ada@[remote_ip]>;tag=[call_number]
t: <sip:bob@[remote_ip]>
i: [call_id]
CSeq: 2 MESSAGE
Max-Forwards: 70
c: text/plain
l: [len]

Tea at five?]]></send>
  <recv response="202" />
</scenario>
X
cat > "$work/registrar.xml" <<'X'
<?xml version="1.0" encoding="ISO-8859-1" ?>
<scenario name="registrar">
  <recv request="REGISTER" />
  <send><![CDATA[
SIP/2.0 401 Unauthorized
[last_Via:]
[last_From:]
[last_To:];tag=9
[last_Call-ID:]
[last_CSeq:]
WWW-Authenticate: Digest realm="example", nonce="42"
Content-Length: 0

]]></send>
  <recv request="MESSAGE" />
  <send><![CDATA[
SIP/2.0 202 Accepted
[last_Via:]
[last_From:]
[last_To:];tag=9
[last_Call-ID:]
[last_CSeq:]
Content-Length: 0

]]></send>
</scenario>
X
capture() { # NAME TRANSPORT SERVER-SCENARIO... -- CLIENT-SCENARIO...
  local name=$1 transport=$2; shift 2
  local uas=()
  while [ "$1" != -- ]; do uas+=("$1"); shift; done
  shift
  cd "$work"
  ip netns exec "$ns" sipp "${uas[@]}" -i 127.0.0.1 -p 5060 -t "$transport" -nostdin > /dev/null 2>&1 & server=$!
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$name.pcap" port 5060 2> "$work/tcpdump.log" &
  local dump=$!
  sleep 1
  ip netns exec "$ns" sipp "$@" -i 127.0.0.1 -p 5070 -t "$transport" -nostdin -trace_msg -message_file "$work/messages" 127.0.0.1:5060 > /dev/null 2>&1 || true
  sleep 1
  kill -TERM $dump; wait $dump || true
  kill $server; wait $server 2> /dev/null || true
  mv "$work/$name.pcap" "$here/$name.pcap"
  # The client's log has every message that it sent and received behind a line that says so.
  local responses messages
  messages=$(grep -cE 'message (sent|received)' messages)
  responses=$(grep -c '^SIP/2.0 [0-9]' messages)
  printf '# Counted by the message log of the client, sipp %s.\nsip requests %d\nsip responses %d\n' "$(dpkg-query -W -f='${Version}' sip-tester)" $((messages - responses)) "$responses" > "$here/$name.truth"
  rm messages
  cd "$here"
}
capture calls u1 -sn uas -- -sn uac -m 3 -d 50
capture tcp t1 -sn uas -- -sn uac -m 2 -d 50
capture register u1 -sf "$work/registrar.xml" -- -sf "$work/register.xml" -m 1
capture lossy u1 -sn uas -lost 30 -- -sn uac -m 2 -d 50 -timeout 20
