#!/bin/bash
# Makes the captures of this folder anew: RabbitMQ (Debian: rabbitmq-server) and pika (python3-pika) in a network namespace of their own, as root.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
space=wirehook-amqp-$$
work=$(mktemp -d)
cleanup() {
  for pid in $(ip netns pids "$space" 2>/dev/null); do kill "$pid" 2>/dev/null || true; done
  sleep 1
  ip netns delete "$space" || true
  rm -rf "$work"
}
trap cleanup EXIT
ip netns add "$space"
ip -n "$space" link set lo up
run() { ip netns exec "$space" "$@"; }

HOME=$work RABBITMQ_NODENAME=wirehook@localhost RABBITMQ_NODE_PORT=5672 RABBITMQ_NODE_IP_ADDRESS=127.0.0.1 RABBITMQ_MNESIA_BASE=$work/data \
  RABBITMQ_LOG_BASE=$work/log RABBITMQ_PID_FILE=$work/pid RABBITMQ_ENABLED_PLUGINS_FILE=$work/plugins RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS="+S 1" \
  run /usr/lib/rabbitmq/bin/rabbitmq-server > "$work/server.out" 2>&1 &
for _ in $(seq 60); do
  run /usr/bin/python3 -c 'import pika; pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1")).close()' 2>/dev/null && break
  sleep 1
done

for scene in operations errors bodies; do
  ip netns exec "$space" tcpdump -i lo -s 0 -U -w "$work/$scene.pcap" 'tcp port 5672' 2> "$work/tcpdump.out" &
  tcpdump=$!
  until grep -q listening "$work/tcpdump.out"; do sleep 0.1; done
  sleep 0.5
  run /usr/bin/python3 "$here/client.py" "$scene" > "$here/$scene.truth"
  sleep 1
  kill "$tcpdump"
  wait "$tcpdump" || true
  cp "$work/$scene.pcap" "$here/$scene.pcap"
done
