#!/bin/bash
# Makes the captures anew: a PostgreSQL server and its clients (Debian: postgresql postgresql-contrib tcpdump nodejs; npm: pg pg-cursor pg-copy-streams, found by
# NODE_PATH) in a network namespace of their own. Needs root. Review the .truth files afterwards: they hold what the clients below are known to send.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d /tmp/postgres-captures-XXXXXX)
space="pgcap$$"
bin=$(ls -d /usr/lib/postgresql/*/bin | tail -1)
cleanup() {
  su -s /bin/bash postgres -c "$bin/pg_ctl -D $work/data -m immediate stop" >/dev/null 2>&1 || true
  ip netns del "$space" 2>/dev/null || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
inside() { ip netns exec "$space" "$@"; }

chown postgres "$work"
su -s /bin/bash postgres -c "$bin/initdb -D $work/data -A scram-sha-256 --pwfile=<(echo sesame) -U admin" >/dev/null
cat >>"$work/data/postgresql.conf" <<CONF
unix_socket_directories = '$work'
listen_addresses = '127.0.0.1'
wal_level = logical
fsync = off
CONF
sed -i '1ihost replication all 127.0.0.1/32 scram-sha-256' "$work/data/pg_hba.conf"
inside su -s /bin/bash postgres -c "$bin/pg_ctl -D $work/data -w -l $work/log start" >/dev/null
export PGHOST=127.0.0.1 PGUSER=admin PGPASSWORD=sesame PGDATABASE=postgres PGSSLMODE=disable PGGSSENCMODE=disable
inside psql -qc 'CREATE DATABASE shop' -c 'CREATE ROLE bob LOGIN PASSWORD '"'builder'"
export PGDATABASE=shop
inside psql -qc 'CREATE TABLE goods (id serial PRIMARY KEY, name text NOT NULL UNIQUE, price numeric(8,2), made date, tags jsonb)' -c 'GRANT ALL ON ALL TABLES IN SCHEMA public TO bob'

# capture NAME COMMAND...
capture() {
  local name=$1
  shift
  ip netns exec "$space" tcpdump -q -U -i lo -s 0 -w "$work/$name.pcap" 'tcp port 5432' 2>/dev/null &
  local dump=$!
  sleep 1
  "$@" || true
  sleep 1
  kill -TERM "$dump"
  wait "$dump" 2>/dev/null || true
  cp "$work/$name.pcap" "$here/$name.pcap"
}

simple() {
  inside psql -qX <<'SQL' >/dev/null 2>&1
INSERT INTO goods (name, price, made, tags) VALUES ('apple', 1.25, '2024-02-29', '{"a": 1}'), ('pear', NULL, NULL, NULL);
SELECT id, name, price FROM goods ORDER BY id;
SELECT 1 AS one\; SELECT 'two' AS two, NULL AS nothing;
BEGIN;
SELECT * FROM nowhere;
SELECT 1;
ROLLBACK;
DO $$ BEGIN RAISE NOTICE 'hello %', 42; END $$;
SELECT i, repeat('x', 20) FROM generate_series(1, 30) AS i;
INSERT INTO goods (name) VALUES ('apple');
;
SQL
  inside psql -qX -c 'COPY goods (name, price) FROM STDIN' <<<$'plum\t0.5\nfig\t0.75'
  inside psql -qX -c 'COPY goods TO STDOUT' >/dev/null
  PGPASSWORD=wrong inside psql -qX -c 'SELECT 1' 2>/dev/null
}

extended() { inside node "$here/extended.js"; }

refused() { PGSSLMODE=prefer inside psql -qX -c 'SELECT 1' >/dev/null; }

replication() {
  inside "$bin/pg_recvlogical" -d shop --slot=watch --create-slot --plugin=test_decoding
  timeout -s INT 4 ip netns exec "$space" "$bin/pg_recvlogical" -d shop --slot=watch --start -f - -s 1 >/dev/null 2>&1 &
  local watcher=$!
  sleep 1
  PGHOST=$work psql -qXU admin -c "INSERT INTO goods (name) VALUES ('medlar jam')"
  wait "$watcher" || true
}

pipeline() {
  inside pgbench -n -M extended -f "$here/pipeline.sql" -t 2 >/dev/null 2>&1
  inside pgbench -n -M prepared -f "$here/prepared.sql" -t 3 >/dev/null 2>&1
}

tls() { rm -f "$here/tls.keys"; inside node --tls-keylog="$here/tls.keys" "$here/tls.js"; }

capture simple simple
capture extended extended
capture refused refused
capture pipeline pipeline
capture replication replication

openssl req -new -x509 -days 3650 -nodes -subj /CN=localhost -out "$work/data/server.crt" -keyout "$work/data/server.key" 2>/dev/null
chown postgres "$work"/data/server.*
chmod 600 "$work/data/server.key"
echo 'ssl = on' >>"$work/data/postgresql.conf"
su -s /bin/bash postgres -c "$bin/pg_ctl -D $work/data reload" >/dev/null
capture tls tls
