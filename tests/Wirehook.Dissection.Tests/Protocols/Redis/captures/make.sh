#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: redis, tcpdump, iproute2, python3; npm: redis, found in NODE_PATH).
# Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=redis-captures-$$
work=$(mktemp -d)
pids=()
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
inside() { ip netns exec "$ns" "$@"; } # not for what runs in the background: that needs its own process id
server() { # PORT
  mkdir -p "$work/$1"
  ip netns exec "$ns" redis-server --port "$1" --bind 127.0.0.1 --dir "$work/$1" --save '' --daemonize no --enable-debug-command yes --repl-diskless-sync-delay 0 "${@:2}" > "$work/$1.log" &
  pids+=($!)
  until inside redis-cli -p "$1" ping > /dev/null 2>&1; do sleep 0.1; done
}
capture() { # NAME COMMAND...
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" tcp port 6379 2> "$work/tcpdump.log" &
  local dump=$!
  pids+=($dump)
  sleep 1
  "${@:2}"
  sleep 1
  kill -TERM $dump; wait $dump || true
  mv "$work/$1.pcap" "$1.pcap"
}
truth() { # NAME REQUESTS RESPONSES COMMENT
  printf '# %s\nredis requests %s\nredis responses %s\n' "$4" "$2" "$3" > "$1.truth"
}

server 6379

# One redis-cli for each line: for many lines it asks for the documentation of all commands first.
commands() { cat <<'C'
SET greeting "hello world"
GET greeting
GET missing
APPEND greeting !
INCR hits
INCRBYFLOAT ratio 0.5
RPUSH list a b c d
LRANGE list 0 -1
HSET user name Ada age 36
HGETALL user
SADD tags red
SMEMBERS tags
ZADD ranks 1 one 2.5 two
ZRANGE ranks 0 -1 WITHSCORES
TYPE ranks
LPUSH greeting x
NOSUCH command
EVAL "return {1, 'two', {3, false}}" 0
SCRIPT LOAD "return 1"
EVALSHA ffffffffffffffffffffffffffffffffffffffff 0
SET $'bin\xff' $'\xfe\xff'
GET $'bin\xff'
OBJECT ENCODING list
DEL greeting list user tags ranks
C
}
run_cli() { commands | while read -r line; do eval "inside redis-cli $line < /dev/null" >> "$work/cli.out"; done; }
capture cli run_cli
n=$(commands | wc -l)
truth cli "$n" "$n" "redis-cli ran $n times, with one command and one reply each."

run_benchmark() { inside redis-benchmark -c 2 -n 32 -P 16 -t set,get -d 20 -q > "$work/benchmark.out"; }
inside redis-cli config resetstat > /dev/null
capture pipeline run_benchmark
n=$(($(inside redis-cli info stats | tr -d '\r' | sed -n 's/^total_commands_processed://p') - 1))
truth pipeline "$n" "$n" "redis-benchmark, 16 deep on two connections; the server's total_commands_processed is the count."

cat > "$work/session.py" <<'P'
import socket, sys, threading, time
counts = {"requests": 0, "replies": 0}
class Client:
    def __init__(self):
        self.socket = socket.create_connection(("127.0.0.1", 6379)); self.file = self.socket.makefile("rb")
    def send(self, *words):
        data = b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(w), w) for w in (w if isinstance(w, bytes) else str(w).encode() for w in words))
        counts["requests"] += 1; self.socket.sendall(data)
    def line(self, text):
        counts["requests"] += 1; self.socket.sendall(text.encode() + b"\r\n")
    def read(self, top=True):
        line = self.file.readline().rstrip(b"\r\n")
        if top: counts["replies"] += 1
        kind, rest = line[:1], line[1:]
        if kind == b"$": return None if rest == b"-1" else self.file.read(int(rest) + 2)[:-2]
        if kind in b"*~>": return None if rest == b"-1" else [self.read(False) for _ in range(int(rest))]
        if kind == b"%": return [self.read(False) for _ in range(2 * int(rest))]
        if kind == b"=": return self.file.read(int(rest) + 2)[:-2]
        return line
    def ask(self, *words):
        self.send(*words); return self.read()
def session():
    a, b, c = Client(), Client(), Client()
    a.ask("PING"); a.ask("SELECT", 0)
    a.line("PING"); a.read(); a.line("set inline 1"); a.read(); a.line("  GET   inline "); a.read()
    b.send("SUBSCRIBE", "news", "weather", "sport"); [b.read() for _ in range(3)]
    b.send("PSUBSCRIBE", "n*"); b.read()
    a.ask("PUBLISH", "news", "first"); b.read(); b.read()
    b.send("PING"); b.read()
    a.ask("PUBLISH", "weather", "rain"); b.read()
    b.send("UNSUBSCRIBE", "news", "weather"); b.read(); b.read()
    b.send("UNSUBSCRIBE"); b.read()
    b.send("PUNSUBSCRIBE"); b.read()
    b.ask("GET", "inline")
    b.ask("MULTI"); b.ask("SET", "n", 1); b.ask("INCR", "n"); b.ask("LRANGE", "none", 0, -1); b.ask("EXEC"); b.ask("MULTI"); b.ask("DISCARD"); b.ask("EXEC")
    c.ask("MONITOR"); a.ask("SET", "seen", "by monitor"); c.read()
    c.send("QUIT"); c.read()
    d = Client(); d.send("BLPOP", "queue", 5); time.sleep(0.3); a.ask("RPUSH", "queue", "job"); d.read()
    d.send("CLIENT", "REPLY", "SKIP"); d.send("SET", "quiet", 1); d.ask("GET", "quiet")
    d.send("CLIENT", "REPLY", "OFF"); d.send("SET", "quiet", 2); d.send("INCR", "quiet"); d.send("CLIENT", "REPLY", "ON"); d.read()
    d.ask("GET", "quiet"); d.ask("SET", "large", "x" * 9000); d.ask("GET", "large")
def resp3():
    a, b = Client(), Client()
    a.ask("HELLO", 3)
    for kind in "string integer double null array set map attrib push verbatim true false bignum".split():
        a.send("DEBUG", "PROTOCOL", kind)
        if kind == "attrib":
            line = a.file.readline(); [a.read(False) for _ in range(2)]
        a.read()
        if kind == "push": a.read()
    a.ask("CLIENT", "TRACKING", "ON"); a.ask("GET", "tracked"); b.ask("SET", "tracked", 1); a.read()
    a.ask("HSET", "h", "f", "v"); a.ask("HGETALL", "h"); a.ask("ZADD", "z", 1.5, "m"); a.ask("ZSCORE", "z", "m")
    a.send("SUBSCRIBE", "c1", "c2"); a.read(); a.read()
    b.ask("PUBLISH", "c1", "pushed"); a.read()
    a.ask("GET", "h"); a.send("UNSUBSCRIBE"); a.read(); a.read()
{"session": session, "resp3": resp3}[sys.argv[1]]()
print(counts["requests"], counts["replies"])
P
for name in session resp3; do
  run_session() { inside python3 "$work/session.py" $name > "$work/counts"; }
  capture $name run_session
  read -r requests replies < "$work/counts"
  truth $name "$requests" "$replies" "A client of its own counted the commands that it sent and the messages that it read, pushed ones included."
done

cat > "$work/client.js" <<'J'
const { createClient } = require("redis");
(async () => {
  const client = await createClient({ url: "redis://127.0.0.1:6379", RESP: 3 }).connect();
  await Promise.all([client.set("k", "v"), client.get("k"), client.hSet("hash", { a: "1", b: "2" }), client.hGetAll("hash")]);
  await client.multi().incr("counter").incr("counter").get("counter").exec();
  await client.zAdd("scores", [{ score: 1, value: "x" }, { score: 2, value: "y" }]);
  await client.zRangeWithScores("scores", 0, -1);
  await client.lPush("text", "Zürich ✓").catch(() => {});
  await client.lRange("text", 0, -1);
  await client.incr("hash").catch(() => {});
  await client.close();
})();
J
run_node() { inside node "$work/client.js"; }
inside redis-cli config resetstat > /dev/null
capture node run_node
stats=$(inside redis-cli info stats | tr -d '\r')
refused=$(inside redis-cli info errorstats | tr -d '\r' | sed -n 's/^errorstat_ERR:count=//p')
n=$(($(sed -n 's/^total_commands_processed://p' <<< "$stats") - 1 + ${refused:-0}))
truth node "$n" "$n" "The redis package of npm, RESP3; the count is the server's total_commands_processed and the errorstat_ERR of subcommands that it does not know."

run_replica() {
  inside redis-cli set before replication > /dev/null
  server 6380 --replicaof 127.0.0.1 6379
  until inside redis-cli -p 6380 get before | grep -q replication; do sleep 0.1; done
  for i in 1 2 3; do inside redis-cli set "after$i" "$i" > /dev/null; done
  sleep 1.2
}
inside redis-cli flushall > /dev/null
capture replication run_replica
python3 - <<'P' > "$work/counts"
import subprocess, collections
out = subprocess.run(["tshark", "-r", "replication.pcap", "-Y", "tcp.len>0", "-T", "fields", "-e", "tcp.stream", "-e", "tcp.dstport", "-e", "tcp.payload"], capture_output=True, text=True).stdout
side = collections.defaultdict(bytes)
for line in out.splitlines():
    stream, port, payload = line.split("\t"); side[stream, port == "6379"] += bytes.fromhex(payload)
requests = replies = 0
for (stream, client), data in sorted(side.items()):
    at, synced = 0, False
    while at < len(data):
        end = data.index(b"\r\n", at) if b"\r\n" in data[at:] else len(data)
        line = data[at:end]
        if data[at:at + 1] == b"\n": at += 1; continue
        if line.startswith(b"$EOF:"):
            at = data.index(line[5:], end + 2) + 40; synced = True; continue
        def skip(at):
            end = data.index(b"\r\n", at); kind, n = data[at:at + 1], data[at + 1:end]; at = end + 2
            if kind == b"$" and n != b"-1": return at + int(n) + 2
            if kind == b"*":
                for _ in range(int(n)): at = skip(at)
            return at
        at = skip(at)
        if client or synced: requests += 1
        else: replies += 1
        if not client and line.startswith(b"+FULLRESYNC") and data[at:at + 1] == b"$" and not data[at:].startswith(b"$EOF"):
            end = data.index(b"\r\n", at); at = end + 2 + int(data[at + 1:end]); synced = True
print(requests, replies)
P
read -r requests replies < "$work/counts"
truth replication "$requests" "$replies" "A replica joins a master: counted by a parser of its own over the payloads that tshark gives; the data set is no message, the master's writes are requests."
