// A session inside TLS.
const { Client } = require("pg");

async function main() {
  const client = new Client({ host: "127.0.0.1", user: "admin", password: "sesame", database: "shop", ssl: { rejectUnauthorized: false } });
  await client.connect();
  await client.query("SELECT $1::text AS secret", ["hidden from the wire"]);
  await client.query("SELECT * FROM nowhere").catch(() => {});
  await client.end();
}

main();
