#!/bin/bash
# Makes the captures of this folder anew, as root in a network namespace of their own. The clients are real: kcat with librdkafka (Debian: kafkacat) and kafkajs
# (npm); the broker is the stand-in broker.py, because Debian packages none, so what is read of responses is as good as that reads the protocol's specification.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
space=wirehook-kafka-$$
work=$(mktemp -d)
cleanup() {
  for pid in $(ip netns pids "$space" 2>/dev/null); do kill "$pid" 2>/dev/null || true; done
  sleep 0.5
  ip netns delete "$space" || true
  rm -rf "$work"
}
trap cleanup EXIT
(cd "$work" && npm init -y > /dev/null && npm install --silent kafkajs@2.2.4)
ip netns add "$space"
ip -n "$space" link set lo up

# scene NAME LEVEL CLIENT...: runs CLIENT against a new broker that announces the versions of LEVEL, and captures what they say.
scene() {
  local name=$1 level=$2
  shift 2
  ip netns exec "$space" python3 "$here/broker.py" 9092 "$level" > "$work/broker.sent" 2> "$work/broker.err" &
  local broker=$!
  ip netns exec "$space" tcpdump -i lo -s 0 -U -w "$work/$name.pcap" 'tcp port 9092' 2> "$work/tcpdump.out" &
  local tcpdump=$!
  until grep -q listening "$work/tcpdump.out"; do sleep 0.1; done
  sleep 1
  "$@" > "$here/$name.truth"
  sleep 1
  kill "$tcpdump" "$broker"
  wait "$tcpdump" "$broker" || true
  cat "$work/broker.err" >&2
  echo "# Responses counted by the broker, because a client that leaves may not read the last one." >> "$here/$name.truth"
  echo "kafka responses $(cat "$work/broker.sent")" >> "$here/$name.truth"
  cp "$work/$name.pcap" "$here/$name.pcap"
}

kafkajs() { NODE_PATH=$work/node_modules ip netns exec "$space" node "$here/client.js" 9092; }

# kcat OPTIONS...: one run; librdkafka says of each request and response that it sent or received it.
kcat_run() { ip netns exec "$space" kcat -b 127.0.0.1:9092 -X debug=protocol -X api.version.request.timeout.ms=3000 "$@" 2>> "$work/kcat.log" > /dev/null || true; }

kcat_scene() {
  : > "$work/kcat.log"
  for codec in none gzip snappy lz4 ${zstd-}; do
    for i in 1 2 3 4 5 6 7 8; do echo "$codec $i $(printf 'again and %.0s' 1 2 3 4 5 6 7 8)"; done | kcat_run -P -t kcat -z "$codec" -X client.id="kcat-$codec" "$@"
  done
  kcat_run -C -t kcat -o beginning -e "$@"
  kcat_run -Q -t kcat:0:-1 "$@"
  kcat_run -L "$@"
  echo "# kcat 1.7.1 with librdkafka 2.0.2 against broker.py, a stand-in, on loopback: the client's bytes are real. Counted in librdkafka's own log; see make.sh."
  echo "kafka requests $(grep -c ': Sent [A-Za-z]*Request' "$work/kcat.log")"
}

unacknowledged() {
  : > "$work/kcat.log"
  printf 'one\ntwo\n' | kcat_run -P -t kcat -X acks=0
  echo "# As kcat.truth, with acks=0, where a produce request has no response."
  echo "kafka requests $(grep -c ': Sent [A-Za-z]*Request' "$work/kcat.log")"
}

group() {
  : > "$work/kcat.log"
  printf 'one\ntwo\n' | kcat_run -P -t kcat
  ip netns exec "$space" timeout 8 kcat -b 127.0.0.1:9092 -X debug=protocol -G shop -c 2 -X auto.offset.reset=earliest kcat 2>> "$work/kcat.log" > /dev/null || true
  echo "# As kcat.truth: a consumer group."
  echo "kafka requests $(grep -c ': Sent [A-Za-z]*Request' "$work/kcat.log")"
}

scene kafkajs classic kafkajs
zstd=zstd scene kcat flexible kcat_scene
scene kcat-old old kcat_scene -X api.version.request=false -X broker.version.fallback=0.10.0
scene unacknowledged classic unacknowledged
scene group flexible group
