// What a client library sends: prepared statements, parameters, errors, a cursor, notifications, copying.
const { Client } = require("pg");
const Cursor = require("pg-cursor");
const { from: copyFrom } = require("pg-copy-streams");

async function main() {
  const client = new Client({ host: "127.0.0.1", user: "admin", password: "sesame", database: "shop" });
  client.on("notification", () => {});
  await client.connect();
  await client.query("SELECT $1::int + $2::int AS sum", [40, 2]);
  for (const name of ["apple", "pear"]) {
    await client.query({ name: "by-name", text: "SELECT id, name, price, made, tags FROM goods WHERE name = $1", values: [name] });
  }
  await client.query({ text: "SELECT 1::int4, 2::int8, 3.5::float8, true, 'text'::text, '\\x00ff'::bytea, now() > '2000-01-01', NULL", values: [], binary: true });
  await client.query("INSERT INTO goods (name) VALUES ($1)", ["apple"]).catch(() => {});
  await client.query("SELECT * FROM nowhere WHERE id = $1", [1]).catch(() => {});
  await client.query("SELECT $1::text, $2::text, $3::bytea", [null, "grüße", Buffer.from([0, 1, 255])]);
  const cursor = client.query(new Cursor("SELECT i FROM generate_series(1, $1::int) AS i", [7]));
  while ((await cursor.read(3)).length === 3);
  await cursor.close();
  await client.query("LISTEN news");
  await client.query("NOTIFY news, 'it rains'");
  const stream = client.query(copyFrom("COPY goods (name) FROM STDIN"));
  const done = new Promise((resolve, reject) => stream.on("finish", resolve).on("error", reject));
  stream.write("quince\n");
  stream.end("medlar\n");
  await done;
  await client.end();
}

main();
