#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: tcpdump, iproute2, nodejs; npm: mongodb, snappy, found in NODE_PATH).
# The client is the real driver. Debian has no MongoDB server, so a small stand-in answers it; it counts the messages that it gets and sends.
# Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=mongo-captures-$$
work=$(mktemp -d)
pids=()
finish() { for p in "${pids[@]}"; do kill "$p" 2>/dev/null || true; done; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
inside() { ip netns exec "$ns" "$@"; } # not for what runs in the background: that needs its own process id

cat > "$work/server.js" <<'J'
const net = require("net"), zlib = require("zlib"), fs = require("fs"), snappy = require("snappy");
const { BSON } = require("mongodb");
const collections = { people: [] };
let requests = 0, responses = 0, next = 1000;
const report = () => fs.writeFileSync(process.argv[2], `${requests} ${responses}\n`);
const topologyVersion = { processId: new BSON.ObjectId("0123456789abcdef01234567"), counter: BSON.Long.fromNumber(0) };
const hello = () => ({ helloOk: true, isWritablePrimary: true, ismaster: true, topologyVersion, maxBsonObjectSize: 16777216, maxMessageSizeBytes: 48000000, maxWriteBatchSize: 100000,
  localTime: new Date(1700000000123), logicalSessionTimeoutMinutes: 30, connectionId: 1, minWireVersion: 0, maxWireVersion: 17, readOnly: false, compression: (process.argv[3] || "").split(",").filter(Boolean), ok: 1 });
const types = () => ({ _id: new BSON.ObjectId("65f0c0ffee0000000000abcd"), double: 1.5, nan: NaN, text: "Grüße", nested: { list: [1, null, true] }, binary: new BSON.Binary(Buffer.from([0, 255]), 0),
  uuid: new BSON.UUID("00112233-4455-6677-8899-aabbccddeeff"), date: new Date(1700000000000), before: new Date(-1), regex: new BSON.BSONRegExp("^a.b", "i"), int: new BSON.Int32(7),
  long: BSON.Long.fromString("9007199254740993"), timestamp: new BSON.Timestamp({ t: 5, i: 6 }), decimal: BSON.Decimal128.fromString("-12.340"), tiny: BSON.Decimal128.fromString("1E-20"),
  min: new BSON.MinKey(), max: new BSON.MaxKey(), code: new BSON.Code("f()", { x: 1 }), symbol: new BSON.BSONSymbol("sym") });
function run(body, sequences) {
  const name = Object.keys(body)[0];
  if (name === "hello" || name === "isMaster" || name === "ismaster") return hello();
  const rows = collections[body[name]] || [];
  if (name === "insert") { const documents = body.documents || sequences.documents; (collections[body.insert] ||= []).push(...documents); return { n: documents.length, ok: 1 }; }
  if (name === "find") {
    const found = body.filter && body.filter.everyType ? [types()] : rows.slice(0, body.batchSize || rows.length);
    return { cursor: { firstBatch: found, id: body.batchSize ? BSON.Long.fromString("7777777777777777777") : BSON.Long.ZERO, ns: body.$db + "." + body.find }, ok: 1 };
  }
  if (name === "getMore") return { cursor: { nextBatch: (collections[body.collection] || []).slice(2), id: BSON.Long.ZERO, ns: body.$db + "." + body.collection }, ok: 1 };
  if (name === "update") return body.updates && body.updates[0].q.conflict || sequences.updates && sequences.updates[0].q.conflict ? { n: 0, nModified: 0, writeErrors: [{ index: 0, code: 11000, errmsg: "E11000 duplicate key" }], ok: 1 } : { n: 1, nModified: 1, ok: 1 };
  if (name === "delete") return { n: 1, ok: 1 };
  if (name === "aggregate") return { cursor: { firstBatch: [{ _id: null, n: rows.length }], id: BSON.Long.ZERO, ns: body.$db + "." + body.aggregate }, ok: 1 };
  if (name === "drop") return { ok: 0, errmsg: "ns not found", code: 26, codeName: "NamespaceNotFound" };
  if (name === "ping" || name === "endSessions" || name === "killCursors") return { ok: 1 };
  return { ok: 0, errmsg: `no such command: '${name}'`, code: 59, codeName: "CommandNotFound" };
}
const frame = (id, to, op, body) => { const h = Buffer.alloc(16); h.writeInt32LE(16 + body.length, 0); h.writeInt32LE(id, 4); h.writeInt32LE(to, 8); h.writeInt32LE(op, 12); return Buffer.concat([h, body]); };
const message = (doc, flags) => { const f = Buffer.alloc(5); f.writeUInt32LE(flags, 0); return Buffer.concat([f, BSON.serialize(doc)]); };
net.createServer((socket) => {
  let waiting = Buffer.alloc(0);
  const send = (to, op, body, compressor) => {
    const id = next++; responses++; report();
    if (!compressor) return socket.write(frame(id, to, op, body)), id;
    const h = Buffer.alloc(9); h.writeInt32LE(op, 0); h.writeInt32LE(body.length, 4); h[8] = compressor;
    socket.write(frame(id, to, 2012, Buffer.concat([h, compressor === 2 ? zlib.deflateSync(body) : snappy.compressSync(body)]))); return id;
  };
  const take = (all) => {
    const id = all.readInt32LE(4); let op = all.readInt32LE(12), body = all.subarray(16), compressor = 0;
    requests++; report();
    if (op === 2012) { op = body.readInt32LE(0); compressor = body[8]; body = compressor === 2 ? zlib.inflateSync(body.subarray(9)) : Buffer.from(snappy.uncompressSync(body.subarray(9))); }
    if (op === 2004) {
      const doc = BSON.deserialize(body.subarray(body.indexOf(0, 4) + 9)), f = Buffer.alloc(20);
      f.writeUInt32LE(8, 0); f.writeInt32LE(1, 16);
      return void send(id, 1, Buffer.concat([f, BSON.serialize(run(doc, {}))]));
    }
    const flags = body.readUInt32LE(0), sequences = {}; let doc;
    for (let at = 4; at < body.length;) {
      const kind = body[at++], length = body.readInt32LE(at);
      if (kind === 0) doc = BSON.deserialize(body.subarray(at, at + length));
      else { const end = body.indexOf(0, at + 4), list = []; for (let d = end + 1; d < at + length; d += body.readInt32LE(d)) list.push(BSON.deserialize(body.subarray(d, d + body.readInt32LE(d)))); sequences[body.toString("utf8", at + 4, end)] = list; }
      at += length;
    }
    const answer = run(doc, sequences);
    if (flags & 2) return;
    if (!(flags & 0x10000)) return void send(id, 2013, message(answer, 0), compressor);
    let last = send(id, 2013, message(answer, 2));
    for (const delay of [100, 200]) setTimeout(() => { if (!socket.destroyed) last = send(last, 2013, message(answer, delay === 200 ? 0 : 2)); }, delay);
  };
  socket.on("data", (data) => {
    waiting = Buffer.concat([waiting, data]);
    while (waiting.length >= 4 && waiting.length >= waiting.readInt32LE(0)) { const length = waiting.readInt32LE(0); take(waiting.subarray(0, length)); waiting = waiting.subarray(length); }
  });
  socket.on("error", () => {});
}).listen(27017, "127.0.0.1");
J
cat > "$work/client.js" <<'J'
const { MongoClient } = require("mongodb");
(async () => {
  const client = new MongoClient("mongodb://127.0.0.1:27017/?directConnection=true&maxPoolSize=1&heartbeatFrequencyMS=500" + (process.argv[2] ? "&compressors=" + process.argv[2] : ""), { monitorCommands: true });
  await client.connect();
  const people = client.db("school").collection("people"), no = () => {};
  await people.insertMany([{ _id: 1, name: "Ada" }, { _id: 2, name: "Grace" }, { _id: 3, name: "Edsger" }]);
  await people.find({}, { batchSize: 2 }).toArray();
  await people.find({ everyType: true }).toArray();
  await people.updateOne({ _id: 1 }, { $set: { age: 36 } });
  await people.updateOne({ conflict: true }, { $set: { _id: 1 } }).catch(no);
  await people.deleteOne({ _id: 2 });
  await people.countDocuments({});
  await people.insertOne({ _id: 9, big: "x".repeat(3000) });
  await people.insertOne({ _id: 10, note: "nobody waits" }, { writeConcern: { w: 0 } });
  await client.db("school").collection("none").drop().catch(no);
  await client.db("school").command({ nonsense: 1 }).catch(no);
  await client.db("admin").command({ ping: 1 });
  await new Promise((done) => setTimeout(done, 1200));
  await client.close();
})();
J
for name in plain zlib snappy; do
  compressor=${name/plain/}
  ip netns exec "$ns" node "$work/server.js" "$work/counts" "$compressor" &
  server=$!
  pids+=($server)
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$name.pcap" port 27017 2> "$work/tcpdump.log" &
  dump=$!
  pids+=($dump)
  sleep 1
  inside node "$work/client.js" "$compressor"
  sleep 1
  kill -TERM $dump; wait $dump || true
  kill $server; wait $server || true
  cp "$work/$name.pcap" "$name.pcap"
  read -r requests responses < "$work/counts"
  printf '# The mongodb package of npm against a stand-in server, which counted the messages that it got and sent.\nmongodb requests %s\nmongodb responses %s\n' "$requests" "$responses" > "$name.truth"
done
