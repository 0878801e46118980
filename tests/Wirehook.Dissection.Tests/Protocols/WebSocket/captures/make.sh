#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: python3-websockets, tcpdump, iproute2, nodejs; npm: ws, found
# in NODE_PATH). Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=ws-captures-$$
work=$(mktemp -d)
finish() { ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
capture() { # NAME COMMAND...
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" tcp port 8090 2> "$work/tcpdump.log" &
  local dump=$!
  sleep 1
  ip netns exec "$ns" "${@:2}" > "$1.truth"
  sleep 1
  kill -TERM $dump; wait $dump || true
  mv "$work/$1.pcap" "$1.pcap"
}

cat > "$work/chat.py" <<'P'
# A server and a client; the client counts the frames that it writes and reads.
import asyncio, collections, sys, websockets
from websockets.legacy.protocol import WebSocketCommonProtocol as Protocol
compression = None if sys.argv[1] == "plain" else "deflate"
frames = collections.Counter()
write, read = Protocol.write_frame_sync, Protocol.read_frame
def count_write(self, *a):
    if self.is_client: frames["written"] += 1
    return write(self, *a)
async def count_read(self, *a):
    frame = await read(self, *a)
    if self.is_client: frames["read"] += 1
    return frame
Protocol.write_frame_sync, Protocol.read_frame = count_write, count_read
async def echo(ws, path=None):
    await ws.send("welcome to " + ws.path)
    async for m in ws:
        await ws.send(m if len(m) < 5000 else [m[:3000], m[3000:6000], m[6000:]])
async def main():
    async with websockets.serve(echo, "127.0.0.1", 8090, compression=compression, ping_interval=None):
        async with websockets.connect("ws://127.0.0.1:8090/room?id=7", compression=compression, ping_interval=None) as ws:
            await ws.recv()
            for m in ["hello", "", "naïve ☕", b"\x00\x01\xfe\xff" * 5, '{"kind":"order","id":1}', '{"kind":"order","id":2}', "ab" * 100]:
                await ws.send(m); assert await ws.recv() == m
            await ws.send(["in ", "three ", "pieces"]); assert await ws.recv() == "in three pieces"
            await ws.send([b"\x80\x81", b"\x82\x83"]); assert await ws.recv() == b"\x80\x81\x82\x83"
            await (await ws.ping(b"are you there")); await ws.pong(b"unasked")
            big = "".join(chr(97 + (i * i + i // 7) % 26) for i in range(9000))
            await ws.send(big); assert await ws.recv() == big
            await ws.send('{"kind":"order","id":3}'); await ws.recv()
            await ws.close(1001, "going away")
    print(f"# Counted by the client, python3-websockets 10.4 ({sys.argv[1]}): every frame that it wrote and read.")
    print("http requests 1\nhttp responses 1\nws requests %d\nws responses %d" % (frames["written"], frames["read"]))
asyncio.run(main())
P
capture plain /usr/bin/python3 "$work/chat.py" plain
capture deflate /usr/bin/python3 "$work/chat.py" deflate

cat > "$work/chat.js" <<'J'
// A server and a client; each counts the frames that it writes. The server forgets its compression context behind every message.
const { WebSocketServer, WebSocket } = require("ws");
const Sender = require(require.resolve("ws").replace("index.js", "lib/sender.js"));
const frames = { client: 0, server: 0 };
const write = Sender.prototype.sendFrame;
Sender.prototype.sendFrame = function (list, cb) { frames[this._socket.remotePort === 8090 ? "client" : "server"]++; return write.call(this, list, cb); };
const server = new WebSocketServer({ host: "127.0.0.1", port: 8090, perMessageDeflate: { serverNoContextTakeover: true, threshold: 0 } });
server.on("connection", ws => ws.on("message", (data, binary) => ws.send(data, { binary })));
const ws = new WebSocket("ws://127.0.0.1:8090/feed", { perMessageDeflate: { threshold: 0 } });
const messages = ["first", "the same text, the same text", "the same text, the same text", Buffer.from([0, 255, 1, 254]), JSON.stringify({ price: 17.5, name: "tea" })];
let next = 0;
const step = () => {
  if (next < messages.length) return ws.send(messages[next++]);
  if (next++ === messages.length) { ws.send("part one, ", { fin: false }); ws.send("part two", { fin: true }); return; }
  ws.ping("x"); ws.once("pong", () => ws.close(4001, "done"));
};
ws.on("open", step); ws.on("message", step);
ws.on("close", () => { server.close(); console.log("# Counted by the senders of client and server, npm ws: every frame that each wrote.\nhttp requests 1\nhttp responses 1\nws requests %d\nws responses %d", frames.client, frames.server); });
J
capture node node "$work/chat.js"
