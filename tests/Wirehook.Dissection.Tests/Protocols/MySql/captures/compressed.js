// The compressed protocol as another client speaks it, with a row that spans several compressed packets.
const mysql = require("mysql2/promise");

async function main() {
  const client = await mysql.createConnection({ host: "127.0.0.1", user: "bob", password: "sesame", database: "shop", compress: true });
  await client.query("SELECT repeat('a', 200000) AS long_value, 'end' AS end");
  await client.execute("SELECT ? AS given, repeat('b', 300) AS b", ["c".repeat(500)]);
  await client.end();
}

main();
