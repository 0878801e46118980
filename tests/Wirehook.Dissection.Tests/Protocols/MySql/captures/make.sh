#!/bin/bash
# Makes the captures anew: a MariaDB server and its clients (Debian: mariadb-server mariadb-client tcpdump nodejs; npm: mysql2, found by NODE_PATH) in a network
# namespace of their own. Needs root. Review the .truth files afterwards: they hold what the clients below are known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/mysql-captures-XXXXXX)
space="mycap$$"
server=
cleanup() {
  [ -n "$server" ] && kill -TERM "$server" 2>/dev/null && wait "$server" 2>/dev/null
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
inside() { ip netns exec "$space" "$@"; }

chown mysql "$work"
openssl req -new -x509 -days 3650 -nodes -subj /CN=localhost -out "$work/server.crt" -keyout "$work/server.key" 2>/dev/null
chown mysql "$work"/server.*
mariadb-install-db --no-defaults --user=mysql --datadir="$work/data" --auth-root-authentication-method=normal >/dev/null 2>&1
ip netns exec "$space" mariadbd --no-defaults --user=mysql --datadir="$work/data" --bind-address=127.0.0.1 --socket="$work/socket" --local-infile=1 --skip-log-bin \
  --ssl-cert="$work/server.crt" --ssl-key="$work/server.key" \
  --innodb-flush-log-at-trx-commit=0 >"$work/log" 2>&1 &
server=$!
for _ in $(seq 50); do mariadb --no-defaults -S "$work/socket" -e 'SELECT 1' >/dev/null 2>&1 && break; sleep 0.3; done
mariadb --no-defaults -S "$work/socket" <<'SQL'
CREATE DATABASE shop;
CREATE USER bob@localhost IDENTIFIED BY 'sesame';
GRANT ALL ON *.* TO bob@localhost;
USE shop;
CREATE TABLE goods (id int unsigned PRIMARY KEY AUTO_INCREMENT, name varchar(40) UNIQUE, price decimal(8,2), made date, seen datetime(3), picture blob, kind enum('fruit', 'nut'), stock smallint);
DELIMITER //
CREATE PROCEDURE both_lists() BEGIN SELECT 1 AS one; SELECT 'two' AS two UNION SELECT NULL; END//
SQL

# capture NAME COMMAND...
capture() {
  local name=$1
  shift
  ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/$name.pcap" 'tcp port 3306' 2>/dev/null &
  local dump=$!
  sleep 1
  "$@" || true
  sleep 1
  kill -TERM "$dump"
  wait "$dump" 2>/dev/null || true
  cp "$work/$name.pcap" "$here/$name.pcap"
}

client() { inside mariadb --no-defaults -h 127.0.0.1 -ubob -psesame --skip-ssl "$@"; }

text() {
  cd "$work"
  printf 'walnut\t2.50\nhazel\t\\N\n' >"$work/goods.tsv"
  client --local-infile=1 -f --skip-reconnect shop <<SQL >/dev/null 2>&1
INSERT INTO goods (name, price, made, kind, stock) VALUES ('apple', 1.25, '2024-02-29', 'fruit', -3), ('grüner Apfel', NULL, NULL, NULL, NULL);
SELECT id, name, price, made, kind, stock FROM goods ORDER BY id;
UPDATE goods SET stock = 7;
SELECT * FROM nowhere;
CALL both_lists();
LOAD DATA LOCAL INFILE 'goods.tsv' INTO TABLE goods (name, price);
USE mysql
SELECT seq, repeat('y', 30) FROM shop.goods, (WITH RECURSIVE n AS (SELECT 1 AS seq UNION ALL SELECT seq + 1 FROM n WHERE seq < 8) SELECT seq FROM n) AS numbers;
SQL
  inside mariadb-admin --no-defaults -h 127.0.0.1 -ubob -psesame --skip-ssl ping status >/dev/null
  inside mariadb --no-defaults -h 127.0.0.1 -ubob -pwrong --skip-ssl -e 'SELECT 1' >/dev/null 2>&1
}

prepared() { inside node "$here/prepared.js"; }

compressed() { client --compress shop -e "SELECT repeat('compress me ', 400) AS long_text; SELECT 2; SELECT * FROM nowhere" >/dev/null 2>&1; }

tls() { rm -f "$here/tls.keys"; inside node --tls-keylog="$here/tls.keys" "$here/tls.js"; }

capture text text
capture prepared prepared
capture compressed compressed
capture compressed-node inside node "$here/compressed.js"
capture tls tls
