// What a client library sends: the login, prepared statements with values, a batch, an error, a change of the schema, events.
const cassandra = require("cassandra-driver");

async function main() {
  const client = new cassandra.Client({
    contactPoints: ["127.0.0.1"], localDataCenter: "dc1", credentials: { username: "bob", password: "sesame" },
    isMetadataSyncEnabled: false, pooling: { coreConnectionsPerHost: { 0: 1, 1: 1, 2: 1 }, heartBeatInterval: 0 },
  });
  await client.connect();
  await client.execute("CREATE TABLE shop.goods (id int PRIMARY KEY, name text, tags set<text>)");
  await client.execute("SELECT * FROM shop.goods", [], { consistency: cassandra.types.consistencies.localQuorum, fetchSize: 50 });
  const insert = "INSERT INTO shop.goods (id, name, tags) VALUES (?, ?, ?)";
  await client.execute(insert, [3, "grüner Apfel", ["fruit", "green"]], { prepare: true, timestamp: 1700000000000000 });
  await client.execute(insert, [4, null, null], { prepare: true });
  await Promise.all([1, 2, 3].map((id) => client.execute("SELECT * FROM shop.goods WHERE id = ?", [id], { prepare: true })));
  await client.batch([{ query: insert, params: [5, "fig", null] }, { query: insert, params: [6, "plum", ["blue"]] }], { prepare: true, logged: false });
  await client.execute("SELECT * FROM shop.nowhere WHERE id = ?", [1], { hints: ["int"] }).catch(() => {});
  await client.shutdown();
}

main().catch((e) => { console.error(e); process.exit(1); });
