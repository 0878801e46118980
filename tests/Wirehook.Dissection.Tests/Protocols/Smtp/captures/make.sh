#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: python3-aiosmtpd, swaks, libnet-ssleay-perl, libauthen-sasl-perl,
# openssl, tcpdump, iproute2). Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=smtp-captures-$$
work=$(mktemp -d)
finish() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
openssl req -x509 -newkey rsa:2048 -nodes -subj /CN=mail.example -days 3650 -keyout "$work/key.pem" -out "$work/cert.pem" 2> /dev/null
cat > "$work/server.py" <<'P'
import asyncio, ssl, sys
from aiosmtpd.smtp import SMTP, AuthResult
class Handler:
    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        return responses[:-1] + ["250-PIPELINING", responses[-1]]
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody"): return "550 5.1.1 No such user"
        envelope.rcpt_tos.append(address); return "250 2.1.5 OK"
    async def handle_DATA(self, server, session, envelope): return "250 2.0.0 Queued as 4711"
def auth(server, session, envelope, mechanism, data): return AuthResult(success=data.password == b"secret", handled=False)
tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH); tls.load_cert_chain(sys.argv[1] + "/cert.pem", sys.argv[1] + "/key.pem")
tls.keylog_filename = sys.argv[1] + "/keys"
async def main():
    loop = asyncio.get_running_loop()
    make = lambda: SMTP(Handler(), hostname="mail.example", tls_context=tls, authenticator=auth, auth_require_tls=False)
    await loop.create_server(make, "127.0.0.1", 2525); await asyncio.Event().wait()
asyncio.run(main())
P
ip netns exec "$ns" /usr/bin/python3 "$work/server.py" "$work" & server=$!
sleep 1
mail() { ip netns exec "$ns" swaks --server 127.0.0.1 --port 2525 --suppress-data --helo client.example "$@" >> "$work/transcript" 2>&1 || true; }
capture() { # NAME COMMAND
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" tcp port 2525 2> "$work/tcpdump.log" &
  local dump=$!
  sleep 1
  : > "$work/transcript"
  "$2"
  sleep 1
  kill -TERM $dump; wait $dump || true
  mv "$work/$1.pcap" "$1.pcap"
  # swaks writes " -> " (inside TLS " ~> ") before what it sends and "<-  " ("<~  ") before each line that comes; the last line of a reply has a blank behind the code.
  local sent replies
  sent=$(grep -E '^ *[-~]>' "$work/transcript" | grep -vcE 'lines sent' || true)
  replies=$(grep -cE '^<(-|~|\*\*|~\*) +[0-9]{3}( |$)' "$work/transcript" || true)
  printf '# Counted by the transcript of swaks %s.\nsmtp requests %d\nsmtp responses %d\n' "$(dpkg-query -W -f='${Version}' swaks)" "$sent" "$replies" > "$1.truth"
}

printf 'From: Ada <ada@example.org>\nTo: bob@example.net\nSubject: Tea at five\nReceived: by a.example\nReceived: by b.example\nX-Long: one\n two\n\nHello Bob,\n.hidden dot\n..two dots\nBye\n' > "$work/mail.txt"
head -c 40000 /dev/zero | tr '\0' 'x' | fold -w 70 > "$work/long.txt"
plain() {
  mail --from ada@example.org --to bob@example.net,nobody@example.net,carol@example.net --data "@$work/mail.txt"
  mail --from ada@example.org --to nobody@example.net
}
login() {
  mail --auth LOGIN --auth-user ada --auth-password secret --from ada@example.org --to bob@example.net --body short
  mail --auth PLAIN --auth-user ada --auth-password wrong --from ada@example.org --to bob@example.net
}
pipelined() { mail --pipeline --from ada@example.org --to bob@example.net,carol@example.net --body "all at once"; }
long() { mail --from ada@example.org --to bob@example.net --body "@$work/long.txt"; }
starttls() { mail --tls --from ada@example.org --to bob@example.net --body hidden; }
capture plain plain
capture login login
capture pipelined pipelined
capture long long
capture starttls starttls
cp "$work/keys" starttls.keys
