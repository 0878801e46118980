// A session inside TLS.
const mysql = require("mysql2/promise");

async function main() {
  const client = await mysql.createConnection({ host: "127.0.0.1", user: "bob", password: "sesame", database: "shop", ssl: { rejectUnauthorized: false } });
  await client.execute("SELECT ? AS secret", ["hidden from the wire"]);
  await client.query("SELECT * FROM nowhere").catch(() => {});
  await client.end();
}

main();
