#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: memcached, tcpdump, iproute2, python3; npm: memcached, memjs,
# found in NODE_PATH). Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=memcached-captures-$$
work=$(mktemp -d)
pids=()
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
inside() { ip netns exec "$ns" "$@"; } # not for what runs in the background: that needs its own process id
capture() { # NAME COMMAND...
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" port 11211 2> "$work/tcpdump.log" &
  local dump=$!
  pids+=($dump)
  sleep 1
  "${@:2}"
  sleep 1
  kill -TERM $dump; wait $dump || true
  cp "$work/$1.pcap" "$1.pcap"
}
truth() { # NAME REQUESTS RESPONSES COMMENT
  printf '# %s\nmemcached requests %s\nmemcached responses %s\n' "$4" "$2" "$3" > "$1.truth"
}
ip netns exec "$ns" memcached -u nobody -l 127.0.0.1 -p 11211 -U 11211 -m 16 > "$work/server.log" 2>&1 &
pids+=($!)
sleep 1

cat > "$work/client.py" <<'P'
import socket, struct, sys
requests = responses = 0
def connect():
    s = socket.create_connection(("127.0.0.1", 11211), 3); return s, s.makefile("rb")
def read(file):
    global responses
    while True:
        line = file.readline(); words = line.split()
        if words[0] == b"VALUE": file.read(int(words[3]) + 2)
        elif words[0] == b"VA": file.read(int(words[1]) + 2); break
        elif words[0] not in (b"STAT", b"ITEM"): break
    responses += 1
def text():
    global requests
    s, file = connect()
    def ask(*lines, answers=None):
        global requests
        s.sendall(b"".join(l if isinstance(l, bytes) else (l + "\r\n").encode() for l in lines))
        requests += len(lines)
        for _ in range(len(lines) if answers is None else answers): read(file)
    ask("set greeting 7 0 5\r\nhello", "get greeting", "gets greeting missing", "get missing")
    ask(b"set bin 0 60 4\r\n\x00\xff\r\n\r\n", "get bin", "add greeting 0 0 1\r\nx", "replace none 0 0 1\r\nx", "append greeting 0 0 1\r\n!", "prepend greeting 0 0 1\r\n>")
    ask("set n 0 0 1\r\n5", "incr n 10", "decr n 1", "incr missing 1", "incr greeting 1", "touch n 100", "gat 50 n greeting", "delete n", "delete n")
    for line in ("cas greeting 0 0 2 999999\r\nab", "version", "verbosity 1", "stats", "stats settings", "stats items", "flush_all 100", "nonsense", "get " + "k" * 251): ask(line)
    ask("set quiet 0 0 1 noreply\r\n1", "incr quiet 1 noreply", "delete gone noreply", answers=0)
    ask("get quiet")
    ask("ms meta 3 T60 F5\r\nabc", "mg meta v t f k O123", "mg meta", "mg none v", "ma counter N0 J5 v", "md meta", "me quiet", "mn")
    ask("mg a v k q", "mg quiet v k q", "mg b v k q", "mn", answers=2)
    ask("ms q1 1 q\r\nx", "md q1 q", "ms q2 1 q O9\r\ny", "mn", answers=1)
    ask("set big 0 0 5000\r\n" + "v" * 5000, "get big", "get greeting big quiet")
    ask("quit", answers=0)
def binary():
    global requests
    s, file = connect()
    opaque = 0
    def send(op, key=b"", extras=b"", value=b"", cas=0):
        global requests
        nonlocal opaque
        opaque += 1; requests += 1
        s.sendall(struct.pack(">BBHBBHIIQ", 0x80, op, len(key), len(extras), 0, 0, len(key) + len(extras) + len(value), opaque, cas) + extras + key + value)
    def read():
        header = file.read(24); length = struct.unpack(">I", header[8:12])[0]; file.read(length); return header, length
    def ask(*a, **k):
        global responses
        send(*a, **k); read(); responses += 1
    store = struct.pack(">II", 3, 0)
    ask(0x01, b"key", store, b"value"); ask(0x00, b"key"); ask(0x0c, b"key"); ask(0x00, b"missing"); ask(0x02, b"key", store, b"again")
    ask(0x05, b"n", struct.pack(">QQI", 1, 40, 0)); ask(0x05, b"n", struct.pack(">QQI", 2, 40, 0)); ask(0x1c, b"n", struct.pack(">I", 60)); ask(0x1d, b"n", struct.pack(">I", 60))
    ask(0x0e, b"key", b"", b"+"); ask(0x01, b"key", store, b"x", cas=12345); ask(0x0b); ask(0x04, b"key"); ask(0x08)
    global responses
    send(0x10); responses += 1
    while read()[1]: pass
    send(0x11, b"q1", store, b"1"); send(0x09, b"q1"); send(0x09, b"q2"); send(0x0d, b"q1"); send(0x14, b"q2"); send(0x0a)
    read(); read(); read(); read(); responses += 4
    send(0x07); read(); responses += 1
def datagrams():
    global requests, responses
    s = socket.socket(socket.AF_INET, socket.SOCK_DGRAM); s.connect(("127.0.0.1", 11211))
    stream, file = connect(); stream.sendall(b"set big 0 0 5000\r\n" + b"v" * 5000 + b"\r\n"); requests += 1; read(file); stream.close()
    identity = 0
    def send(message):
        global requests
        nonlocal identity
        identity += 1; requests += 1; s.send(struct.pack(">HHHH", identity, 0, 1, 0) + message)
    def ask(message):
        global responses
        send(message); total = struct.unpack(">H", s.recv(2000)[4:6])[0]
        for _ in range(total - 1): s.recv(2000)
        responses += 1
    send(b"set u 0 0 3 noreply\r\nudp\r\n"); ask(b"get u\r\n"); ask(b"get nothing\r\n"); ask(b"incr u 1\r\n"); ask(b"get big\r\n"); ask(b"version\r\n")
{"text": text, "binary": binary, "datagrams": datagrams}[sys.argv[1]]()
print(requests, responses)
P
for name in text binary datagrams; do
  run_client() { inside python3 "$work/client.py" $name > "$work/counts"; }
  capture $name run_client
  read -r requests replies < "$work/counts"
  truth $name "$requests" "$replies" "A client of its own counted the requests that it sent and the responses that it read; statistics count once, silence of quiet operations not at all."
done

cat > "$work/client.js" <<'J'
const Memcached = require("memcached"), memjs = require("memjs");
const call = (target, name, ...args) => new Promise((done) => target[name](...args, (error, result) => done(result)));
(async () => {
  const text = new Memcached("127.0.0.1:11211", { poolSize: 1 });
  await call(text, "set", "npm", "päckage", 0); await call(text, "get", "npm"); await call(text, "getMulti", ["npm", "greeting", "none"]);
  await call(text, "incr", "npm", 1); await call(text, "del", "npm");
  text.end();
  const binary = memjs.Client.create("127.0.0.1:11211");
  await binary.set("js", "buffer", { expires: 60 }); await binary.get("js"); await binary.get("nothing"); await binary.increment("count", 5, { initial: 1 }); await binary.delete("js");
  binary.close();
})();
J
run_node() { inside node "$work/client.js"; }
capture node run_node
truth node 10 10 "The npm packages memcached (text) and memjs (binary): five operations each, one response each."
