// A stand-in for a Cassandra server, as far as the client of client.js needs one: the CQL binary protocol, version 4, with canned answers.
// Debian has no package of a server; what is tested here is that a real client's messages are read.
const net = require("net");

const int = (n) => { const b = Buffer.alloc(4); b.writeInt32BE(n); return b; };
const short = (n) => { const b = Buffer.alloc(2); b.writeUInt16BE(n); return b; };
const string = (s) => Buffer.concat([short(Buffer.byteLength(s)), Buffer.from(s)]);
const bytes = (b) => b === null ? int(-1) : Buffer.concat([int(b.length), b]);
const list = (items, encode) => Buffer.concat([short(items.length), ...items.map(encode)]);

const TEXT = short(0x0d), INT = short(0x09), INET = short(0x10), UUID = short(0x0c), BIGINT = short(0x02), BOOLEAN = short(0x04), TIMESTAMP = short(0x0b);
const setOf = (type) => Buffer.concat([short(0x22), type]);
const mapOf = (key, value) => Buffer.concat([short(0x21), key, value]);
const setValue = (items) => Buffer.concat([int(items.length), ...items.map((i) => bytes(Buffer.from(i)))]);
const long = (n) => { const b = Buffer.alloc(8); b.writeBigInt64BE(BigInt(n)); return b; };

function metadata(keyspace, table, columns) {
  return Buffer.concat([int(1), int(columns.length), string(keyspace), string(table), ...columns.map(([name, type]) => Buffer.concat([string(name), type]))]);
}

const rows = (keyspace, table, columns, values) =>
  Buffer.concat([int(2), metadata(keyspace, table, columns), int(values.length), ...values.flat().map(bytes)]);

const LOCAL = [
  ["key", TEXT, Buffer.from("local")], ["bootstrapped", TEXT, Buffer.from("COMPLETED")], ["cluster_name", TEXT, Buffer.from("shop")],
  ["data_center", TEXT, Buffer.from("dc1")], ["rack", TEXT, Buffer.from("rack1")], ["release_version", TEXT, Buffer.from("4.0.11")],
  ["rpc_address", INET, Buffer.from([127, 0, 0, 1])], ["host_id", UUID, Buffer.alloc(16, 1)], ["schema_version", UUID, Buffer.alloc(16, 2)],
  ["partitioner", TEXT, Buffer.from("org.apache.cassandra.dht.Murmur3Partitioner")], ["tokens", setOf(TEXT), setValue(["0"])],
];
const GOODS = [["id", INT], ["name", TEXT], ["tags", setOf(TEXT)], ["prices", mapOf(TEXT, INT)], ["made", TIMESTAMP], ["sold", BOOLEAN], ["stock", BIGINT]];
const GOODS_ROWS = [
  [int(1), Buffer.from("apple"), setValue(["fruit", "red"]), Buffer.concat([int(1), bytes(Buffer.from("eur")), bytes(int(125))]), long(1709164800000), Buffer.from([1]), long(7)],
  [int(2), Buffer.from("pear"), null, null, null, Buffer.from([0]), null],
];
const VARIABLES = { INSERT: [["id", INT], ["name", TEXT], ["tags", setOf(TEXT)]], SELECT: [["id", INT]] };

function answer(opcode, body) {
  if (opcode === 0x05) return [0x06, Buffer.concat([short(2), string("CQL_VERSION"), list(["3.4.5"], string), string("COMPRESSION"), list(["snappy", "lz4"], string)])];
  if (opcode === 0x01) return [0x03, string("org.apache.cassandra.auth.PasswordAuthenticator")];
  if (opcode === 0x0f) return [0x10, int(-1)];
  if (opcode === 0x0b) return [0x02, Buffer.alloc(0)];
  if (opcode === 0x0d) return [0x08, int(1)];
  if (opcode === 0x0a) return [0x08, /^INSERT/.test(prepared[body.readUInt8(3)]) ? int(1) : rows("shop", "goods", GOODS, GOODS_ROWS.slice(0, 1))];
  const query = body.toString("utf8", 4, 4 + body.readInt32BE(0));
  return opcode === 0x09 ? prepare(query) : run(query);
}

const prepared = [];

function prepare(query) {
  prepared.push(query);
  const variables = VARIABLES[query.slice(0, 6)];
  const id = Buffer.from([0, 3, 0xca, prepared.length - 1, 0xfe]).subarray(2);
  const result = /^SELECT/.test(query) ? metadata("shop", "goods", GOODS) : Buffer.concat([int(4), int(0)]);
  return [0x08, Buffer.concat([int(4), short(3), id.subarray(0, 1), id.subarray(1), int(1), int(variables.length), int(1), short(0), string("shop"), string("goods"),
    ...variables.map(([name, type]) => Buffer.concat([string(name), type])), result])];
}

function run(query) {
  if (/system\.local/.test(query)) return [0x08, rows("system", "local", LOCAL.map(([n, t]) => [n, t]), [LOCAL.map(([, , v]) => v)])];
  if (/system\.peers/.test(query)) return [0x08, rows("system", "peers", [["peer", INET]], [])];
  if (/^USE/.test(query)) return [0x08, Buffer.concat([int(3), string("shop")])];
  if (/^CREATE/.test(query)) return [0x08, Buffer.concat([int(5), string("CREATED"), string("TABLE"), string("shop"), string("goods")])];
  if (/nowhere/.test(query)) return [0x00, Buffer.concat([int(0x2200), string("table nowhere does not exist")])];
  if (/goods/.test(query)) return [0x08, rows("shop", "goods", GOODS, GOODS_ROWS)];
  return [0x08, int(1)];
}

net.createServer((socket) => {
  let pending = Buffer.alloc(0);
  const send = (stream, opcode, body) => {
    const header = Buffer.alloc(9);
    header.writeUInt8(0x84, 0);
    header.writeInt16BE(stream, 2);
    header.writeUInt8(opcode, 4);
    header.writeInt32BE(body.length, 5);
    socket.write(Buffer.concat([header, body]));
  };
  socket.on("error", () => {});
  socket.on("data", (data) => {
    pending = Buffer.concat([pending, data]);
    while (pending.length >= 9 && pending.length >= 9 + pending.readInt32BE(5)) {
      const [version, stream, opcode] = [pending[0], pending.readInt16BE(2), pending[4]];
      const body = pending.subarray(9, 9 + pending.readInt32BE(5));
      pending = pending.subarray(9 + body.length);
      if (version !== 4) {
        send(stream, 0x00, Buffer.concat([int(0x0a), string(`Invalid or unsupported protocol version (${version}); the highest is 4`)]));
        continue;
      }

      send(stream, ...answer(opcode, body));
      if (opcode === 0x0b) send(-1, 0x0c, Buffer.concat([string("STATUS_CHANGE"), string("UP"), Buffer.from([4, 127, 0, 0, 1]), int(9042)]));
    }
  });
}).listen(9042, "127.0.0.1", () => console.log("ready"));
