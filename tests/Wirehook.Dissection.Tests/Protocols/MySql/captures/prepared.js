// What a client library sends: prepared statements with values of all kinds, an error, several statements at once, a change of the user.
const mysql = require("mysql2/promise");

async function main() {
  const client = await mysql.createConnection({ host: "127.0.0.1", user: "bob", password: "sesame", database: "shop", multipleStatements: true });
  const insert = "INSERT INTO goods (name, price, made, seen, picture, stock) VALUES (?, ?, ?, ?, ?, ?)";
  await client.execute(insert, ["plum", "0.50", "2023-12-31", new Date(Date.UTC(2024, 0, 2, 3, 4, 5, 678)), Buffer.from([0, 159, 255]), -7]);
  await client.execute(insert, ["fig", null, null, null, null, 300]);
  const [rows] = await client.execute("SELECT id, name, price, made, seen, picture, stock, ? AS given FROM goods WHERE name IN (?, ?) ORDER BY id", [4.5, "plum", "fig"]);
  if (rows.length !== 2) throw new Error("two rows expected");
  await client.execute("SELECT CAST(? AS UNSIGNED) AS big, CAST('-12:34:56.5' AS TIME(1)) AS t, CAST(1.5 AS DOUBLE) AS d, CAST(1.5 AS FLOAT) AS f, YEAR(NOW()) > 2000 AS y", ["18446744073709551615"]);
  await client.execute(insert, ["plum", 1, null, null, null, 1]).catch(() => {});
  await client.execute("SELECT * FROM nowhere WHERE id = ?", [1]).catch(() => {});
  await client.query("SELECT 1 AS a; SELECT 2 AS b, 3 AS c; DO 4");
  await client.ping();
  await client.changeUser({ user: "bob", password: "sesame", database: "mysql" });
  const statement = await client.prepare("SELECT ? + ? AS sum");
  await statement.execute([1, 2]);
  await statement.close();
  await client.end();
}

main();
