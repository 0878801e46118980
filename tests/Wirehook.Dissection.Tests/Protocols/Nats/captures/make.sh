#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: nats-server, tcpdump, iproute2, nodejs; npm: nats 2, found in NODE_PATH).
# Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=nats-captures-$$
work=$(mktemp -d)
finish() { [ -z "${server:-}" ] || kill "$server" 2>/dev/null || true; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
capture() { # NAME UNTRACED WHAT COMMAND...
  ip netns exec "$ns" nats-server -a 127.0.0.1 -p 4222 -DV -l "$work/log" & server=$!
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" tcp port 4222 2> "$work/tcpdump.log" &
  local dump=$!
  sleep 1
  ip netns exec "$ns" "${@:4}"
  sleep 1
  kill -TERM $dump; wait $dump || true
  kill $server; wait $server || true
  mv "$work/$1.pcap" "$1.pcap"
  # The server's trace has every message but its own INFO, of which each connection gets one, and what the caller says.
  local answers messages connections
  answers=$(grep -cE '(<<-|->>) \[(PONG|OK|-ERR|\+OK)' "$work/log" || true)
  messages=$(grep -cE '(<<-|->>) \[' "$work/log")
  connections=$(grep -c 'Client connection created' "$work/log")
  printf '# Counted by the trace of nats-server %s, one INFO for each connection, and %s.\nnats requests %d\nnats responses %d\n' \
    "$(nats-server --version | grep -o '[0-9.]*$')" "$3" $((messages - answers + connections + $2)) "$answers" > "$1.truth"
  rm "$work/log"
}

cat > "$work/client.js" <<'J'
// Two clients of the npm library: a service that answers, and a caller; headers, a queue group, a request that nobody answers.
const { connect, StringCodec, headers } = require("nats");
(async () => {
  const sc = StringCodec();
  const service = await connect({ servers: "127.0.0.1:4222", name: "service" });
  const caller = await connect({ servers: "127.0.0.1:4222", name: "caller" });
  service.subscribe("sum", { queue: "workers", callback: (e, m) => m.respond(sc.encode(String(JSON.parse(sc.decode(m.data)).reduce((a, b) => a + b)))) });
  service.subscribe("orders.>", { callback: () => {} });
  await service.flush();
  for (const list of [[1, 2, 3], [40, 2]]) await caller.request("sum", sc.encode(JSON.stringify(list)));
  const h = headers(); h.append("Trace-Id", "7f"); h.append("Trace-Id", "80"); h.set("Kind", "new");
  caller.publish("orders.eu.1", sc.encode("tea"), { headers: h });
  caller.publish("orders.eu.2", new Uint8Array([0, 255, 1]));
  caller.publish("orders.eu.3");
  try { await caller.request("nobody", sc.encode("?"), { timeout: 500 }); } catch (e) { if (e.code !== "503") throw e; }
  await caller.flush(); await service.flush();
  await caller.drain(); await service.drain();
})();
J
capture library 1 "the status 503 that the caller got" node "$work/client.js"

cat > "$work/verbose.js" <<'J'
// A client that asks for acknowledgements, sends several messages at once, and then one that the server does not know.
const socket = require("net").connect(4222, "127.0.0.1");
const steps = [
  'CONNECT {"verbose":true,"pedantic":false,"lang":"raw","version":"1","headers":true}\r\nPING\r\n',
  "SUB news.* 1\r\nsub alerts group 2\r\nPUB news.a 5\r\nhello\r\nPUB news.b answers.1 0\r\n\r\n",
  "HPUB news.c 24 26\r\nNATS/1.0\r\nKey: value\r\n\r\nok\r\nUNSUB 1 10\r\nUNSUB 2\r\n",
  "PUB big 3000\r\n" + "z".repeat(3000) + "\r\nPING\r\n",
  "BOGUS news\r\n",
];
socket.on("close", () => process.exit()); socket.on("data", () => {});
const next = () => { if (steps.length) { socket.write(steps.shift()); setTimeout(next, 150); } };
setTimeout(next, 100);
J
capture verbose 1 "the message that the server does not know" node "$work/verbose.js"
