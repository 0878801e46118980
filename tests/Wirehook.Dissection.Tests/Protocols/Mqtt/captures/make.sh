#!/bin/bash
# Makes the captures of this folder anew, with the truth files: bash make.sh (root; Debian: mosquitto, mosquitto-clients, python3-paho-mqtt, tcpdump, iproute2,
# nodejs; npm: mqtt, found in NODE_PATH). Everything runs in a network namespace of its own.
set -eu
cd "$(dirname "$0")"
ns=mqtt-captures-$$
work=$(mktemp -d)
finish() { [ -z "${broker:-}" ] || kill "$broker" 2>/dev/null || true; ip netns del "$ns" 2>/dev/null || true; rm -r "$work"; }
trap finish EXIT
ip netns add "$ns"
ip -n "$ns" link set lo up
printf 'listener 1883 127.0.0.1\nlistener 9001 127.0.0.1\nprotocol websockets\nallow_anonymous true\nuser root\nmax_topic_alias 10\n' > "$work/mosquitto.conf"
ip netns exec "$ns" mosquitto -c "$work/mosquitto.conf" > "$work/broker.log" 2>&1 &
broker=$!
sleep 1
capture() { # NAME COMMAND...
  ip netns exec "$ns" tcpdump -q -i lo -s 0 -U -w "$work/$1.pcap" tcp port 1883 or tcp port 9001 2> "$work/tcpdump.log" &
  local dump=$!
  sleep 1
  ip netns exec "$ns" "${@:2}" > "$1.truth"
  sleep 1
  kill -TERM $dump; wait $dump || true
  mv "$work/$1.pcap" "$1.pcap"
}

cat > "$work/client.py" <<'P'
# One client that publishes to itself. It counts the packets that it queues and handles: what acknowledges is a response, everything else a request.
import sys, time, paho.mqtt.client as mqtt
from paho.mqtt.properties import Properties
from paho.mqtt.packettypes import PacketTypes
version = {"3.1": mqtt.MQTTv31, "3.1.1": mqtt.MQTTv311, "5": mqtt.MQTTv5}[sys.argv[1]]
v5 = version == mqtt.MQTTv5
counts = {"requests": 0, "responses": 0}
def count(command): counts["responses" if command >> 4 in (2, 4, 5, 7, 9, 11, 13) else "requests"] += 1
class Client(mqtt.Client):
    def _packet_queue(self, command, *rest):
        count(command)
        return super()._packet_queue(command, *rest)
    def _packet_handle(self):
        count(self._in_packet["command"])
        return super()._packet_handle()
got, done = [], []
client = Client("meter-7", protocol=version) if v5 else Client("meter-7", clean_session=True, protocol=version)
client.username_pw_set("ada", "secret")
will = None
if v5:
    will = Properties(PacketTypes.WILLMESSAGE); will.WillDelayInterval = 5
client.will_set("meters/7/gone", "gone", qos=1, retain=False, properties=will)
client.on_message = lambda c, u, m: got.append(m)
client.on_subscribe = client.on_unsubscribe = lambda *a: done.append(a)
def until(f):
    while not f(): client.loop(0.05)
client.connect("127.0.0.1", 1883, 60); until(client.is_connected)
client.subscribe([("sensors/#", mqtt.SubscribeOptions(qos=2, noLocal=False) if v5 else 2), ("alarms/+/new", mqtt.SubscribeOptions(qos=1, retainHandling=1) if v5 else 1)] if v5 else [("sensors/#", 2), ("alarms/+/new", 1)])
until(lambda: len(done) == 1)
def publish(topic, payload, qos, **more):
    n = len(got); client.publish(topic, payload, qos, **more); until(lambda: len(got) > n and not client._out_messages and not client._in_messages)
publish("sensors/temperature", '{"celsius":21.5}', 0)
publish("sensors/temperature", '{"celsius":21.7}', 1)
publish("sensors/raw", bytes([0, 255, 17, 254]), 2)
publish("alarms/hall/new", "", 1, retain=False)
if v5:
    p = Properties(PacketTypes.PUBLISH); p.TopicAlias = 3; p.ContentType = "application/json"; p.UserProperty = [("unit", "kWh"), ("unit", "W"), ("room", "hall")]
    publish("sensors/power", '{"power":1}', 1, properties=p)
    q = Properties(PacketTypes.PUBLISH); q.TopicAlias = 3; q.ResponseTopic = "answers/7"; q.CorrelationData = b"\x01\xff"; q.MessageExpiryInterval = 60
    # An alias alone: paho wants a topic, so the packet is put together by its own method.
    n = len(got); client._send_publish(99, b"", b'{"power":2}', 0, False, False, mqtt.MQTTMessageInfo(99), q); until(lambda: len(got) > n)
client._send_pingreq(); until(lambda: client._ping_t == 0)
client.unsubscribe(["sensors/#", "alarms/+/new"]); until(lambda: len(done) == 2)
client.publish("sensors/temperature", "nobody hears", 1); until(lambda: not client._out_messages)
client.disconnect(); client.loop(0.2)
print(f"# Counted by the client, python3-paho-mqtt 1.6.1 for MQTT {sys.argv[1]} with mosquitto: every packet that it queued and handled.")
print("mqtt requests %d\nmqtt responses %d" % (counts["requests"], counts["responses"]))
P
capture v31 /usr/bin/python3 "$work/client.py" 3.1
capture v311 /usr/bin/python3 "$work/client.py" 3.1.1
capture v5 /usr/bin/python3 "$work/client.py" 5

cat > "$work/browser.js" <<'J'
// Over WebSocket, with the packets that the client library says it sent and received.
const mqtt = require("mqtt");
const counts = { requests: 0, responses: 0 };
const count = p => counts[["connack", "puback", "pubrec", "pubcomp", "suback", "unsuback", "pingresp"].includes(p.cmd) ? "responses" : "requests"]++;
const client = mqtt.connect("ws://127.0.0.1:9001/mqtt", { protocolVersion: 5, clientId: "page", reconnectPeriod: 0 });
client.on("packetsend", count).on("packetreceive", count);
// The library says nothing of the CONNECT that it sends first.
counts.requests++;
client.on("connect", () => client.subscribe("chat/#", { qos: 1 }, () => client.publish("chat/hall", "hello", { qos: 1 })));
let n = 0;
client.on("message", () => ++n < 3 ? client.publish("chat/hall", "message " + n, { qos: n }) : setTimeout(() => client.end(), 200));
client.on("close", () => console.log("# Counted by the client, npm mqtt over WebSocket with mosquitto: every packet that it sent and received.\nmqtt requests %d\nmqtt responses %d", counts.requests, counts.responses));
J
capture websocket node "$work/browser.js"
