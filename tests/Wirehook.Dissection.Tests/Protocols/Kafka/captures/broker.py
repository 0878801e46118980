"""A broker stand-in that speaks as much of Kafka's protocol as the clients of these captures need: one node, one partition per topic, one consumer group at a time.
It keeps record batches as the producer sent them, and when it is terminated prints how many responses it sent. Usage: broker.py PORT LEVEL, where LEVEL is old, classic or flexible: which versions it announces."""
import select
import signal
import socket
import socketserver
import struct
import sys
import threading
import time

PORT, LEVEL = int(sys.argv[1]), sys.argv[2]
# key: first flexible version, announced versions per level, request fields, response fields; a field is (name, type, first version, last version).
ALL = 99


def fields(text):
    result = []
    for word in text.split():
        name, kind = word.split(":")
        kind, _, versions = kind.partition("@")
        first, _, last = versions.partition("-")
        result.append((name, kind, int(first or 0), int(last or ALL)))
    return result


STRUCTS = {
    "ApiKey": fields("key:i16 min:i16 max:i16"),
    "Broker": fields("id:i32 host:str port:i32 rack:str@1"),
    "MetaPartition": fields("error:i16 index:i32 leader:i32 epoch:i32@7 replicas:[i32 isr:[i32 offline:[i32@5"),
    "MetaTopic": fields("error:i16 name:str internal:bool@1 partitions:[MetaPartition operations:i32@8"),
    "TopicName": fields("name:str"),
    "ProducePartition": fields("index:i32 records:bytes"),
    "ProduceTopic": fields("name:str partitions:[ProducePartition"),
    "RecordError": fields("index:i32 message:str"),
    "ProducedPartition": fields("index:i32 error:i16 offset:i64 time:i64@2 start:i64@5 errors:[RecordError@8 message:str@8"),
    "ProducedTopic": fields("name:str partitions:[ProducedPartition"),
    "FetchPartition": fields("index:i32 epoch:i32@9 offset:i64 start:i64@5 limit:i32"),
    "FetchTopic": fields("name:str partitions:[FetchPartition"),
    "Forgotten": fields("name:str partitions:[i32"),
    "Aborted": fields("producer:i64 offset:i64"),
    "FetchedPartition": fields("index:i32 error:i16 high:i64 stable:i64@4 start:i64@5 aborted:[Aborted@4 replica:i32@11 records:bytes"),
    "FetchedTopic": fields("name:str partitions:[FetchedPartition"),
    "ListPartition": fields("index:i32 epoch:i32@4 time:i64 most:i32@0-0"),
    "ListTopic": fields("name:str partitions:[ListPartition"),
    "ListedPartition": fields("index:i32 error:i16 old:[i64@0-0 time:i64@1 offset:i64@1 epoch:i32@4"),
    "ListedTopic": fields("name:str partitions:[ListedPartition"),
    "CommitPartition": fields("index:i32 offset:i64 epoch:i32@6 time:i64@1-1 metadata:str"),
    "CommitTopic": fields("name:str partitions:[CommitPartition"),
    "CommittedPartition": fields("index:i32 error:i16"),
    "CommittedTopic": fields("name:str partitions:[CommittedPartition"),
    "OffsetsTopic": fields("name:str partitions:[i32"),
    "OffsetPartition": fields("index:i32 offset:i64 epoch:i32@5 metadata:str error:i16"),
    "OffsetTopic": fields("name:str partitions:[OffsetPartition"),
    "Protocol": fields("name:str metadata:bytes"),
    "Member": fields("id:str instance:str@5 metadata:bytes"),
    "Assignment": fields("id:str assignment:bytes"),
    "Leaving": fields("id:str instance:str"),
    "Left": fields("id:str instance:str error:i16"),
    "NewAssignment": fields("partition:i32 brokers:[i32"),
    "NewConfig": fields("name:str value:str"),
    "NewTopic": fields("name:str partitions:i32 replication:i16 assignments:[NewAssignment configs:[NewConfig"),
    "MadeTopic": fields("name:str error:i16 message:str@1"),
    "GoneTopic": fields("name:str error:i16"),
}
APIS = {
    0: (9, {"old": (0, 2), "classic": (0, 7), "flexible": (0, 9)}, "transaction:str@3 acks:i16 timeout:i32 topics:[ProduceTopic", "topics:[ProducedTopic throttle:i32@1"),
    1: (12, {"old": (0, 3), "classic": (0, 11), "flexible": (0, 11)},
        "replica:i32 wait:i32 least:i32 most:i32@3 isolation:i8@4 session:i32@7 epoch:i32@7 topics:[FetchTopic forgotten:[Forgotten@7 rack:str@11",
        "throttle:i32@1 error:i16@7 session:i32@7 topics:[FetchedTopic"),
    2: (6, {"old": (0, 1), "classic": (0, 2), "flexible": (0, 5)}, "replica:i32 isolation:i8@2 topics:[ListTopic", "throttle:i32@2 topics:[ListedTopic"),
    3: (9, {"old": (0, 1), "classic": (0, 6), "flexible": (0, 9)}, "topics:[TopicName create:bool@4 cluster:bool@8 topic:bool@8",
        "throttle:i32@3 brokers:[Broker cluster:str@2 controller:i32@1 topics:[MetaTopic operations:i32@8"),
    8: (8, {"old": (0, 2), "classic": (0, 5), "flexible": (0, 8)}, "group:str generation:i32@1 member:str@1 instance:str@7 retention:i64@2-4 topics:[CommitTopic",
        "throttle:i32@3 topics:[CommittedTopic"),
    9: (6, {"old": (0, 1), "classic": (0, 4), "flexible": (0, 7)}, "group:str topics:[OffsetsTopic stable:bool@7", "throttle:i32@3 topics:[OffsetTopic error:i16@2"),
    10: (3, {"old": (0, 0), "classic": (0, 1), "flexible": (0, 3)}, "key:str kind:i8@1", "throttle:i32@1 error:i16 message:str@1 id:i32 host:str port:i32"),
    11: (6, {"old": (0, 0), "classic": (0, 5), "flexible": (0, 6)}, "group:str session:i32 rebalance:i32@1 member:str instance:str@5 kind:str protocols:[Protocol",
         "throttle:i32@2 error:i16 generation:i32 protocol:str leader:str member:str members:[Member"),
    12: (4, {"old": (0, 0), "classic": (0, 3), "flexible": (0, 4)}, "group:str generation:i32 member:str instance:str@3", "throttle:i32@1 error:i16"),
    13: (4, {"old": (0, 0), "classic": (0, 3), "flexible": (0, 4)}, "group:str member:str@0-2 members:[Leaving@3", "throttle:i32@1 error:i16 members:[Left@3"),
    14: (4, {"old": (0, 0), "classic": (0, 3), "flexible": (0, 4)}, "group:str generation:i32 member:str instance:str@3 assignments:[Assignment", "throttle:i32@1 error:i16 assignment:bytes"),
    18: (3, {"old": (0, 0), "classic": (0, 2), "flexible": (0, 3)}, "software:str@3 version:str@3", "error:i16 keys:[ApiKey throttle:i32@1"),
    19: (5, {"old": (0, 0), "classic": (0, 3), "flexible": (0, 3)}, "topics:[NewTopic timeout:i32 validate:bool@1", "throttle:i32@2 topics:[MadeTopic"),
    20: (4, {"old": (0, 0), "classic": (0, 3), "flexible": (0, 3)}, "names:[str timeout:i32", "throttle:i32@1 topics:[GoneTopic"),
}
APIS = {key: (flexible, levels, fields(asked), fields(answered)) for key, (flexible, levels, asked, answered) in APIS.items()}
NUMBERS = {"bool": ">?", "i8": ">b", "i16": ">h", "i32": ">i", "i64": ">q"}


class Codec:
    def __init__(self, version, flexible, data=b""):
        self.version, self.flexible, self.data, self.at, self.out = version, flexible, data, 0, bytearray()

    def number(self, kind):
        value, = struct.unpack_from(NUMBERS[kind], self.data, self.at)
        self.at += struct.calcsize(NUMBERS[kind])
        return value

    def varint(self):
        value = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            value |= (byte & 127) << shift
            shift += 7
            if byte < 128:
                return value

    def length(self, kind):
        return self.varint() - 1 if self.flexible else self.number(kind)

    def take(self, length):
        self.at += max(length, 0)
        return None if length < 0 else bytes(self.data[self.at - length:self.at])

    def read(self, kind):
        if kind in NUMBERS:
            return self.number(kind)
        if kind == "str":
            text = self.take(self.length("i16"))
            return None if text is None else text.decode()
        if kind == "bytes":
            return self.take(self.length("i32"))
        if kind[0] == "[":
            length = self.length("i32")
            return None if length < 0 else [self.read(kind[1:]) for _ in range(length)]
        return self.read_struct(STRUCTS[kind])

    def read_struct(self, declared):
        values = {name: self.read(kind) for name, kind, first, last in declared if first <= self.version <= last}
        self.skip_tags()
        return values

    def skip_tags(self):
        for _ in range(self.varint() if self.flexible else 0):
            self.varint()
            self.take(self.varint())

    def put_varint(self, value):
        while value > 127:
            self.out.append(value & 127 | 128)
            value >>= 7
        self.out.append(value)

    def put_length(self, value, kind):
        length = -1 if value is None else len(value)
        if self.flexible:
            self.put_varint(length + 1)
        else:
            self.out += struct.pack(NUMBERS[kind], length)

    def write(self, kind, value):
        if kind in NUMBERS:
            self.out += struct.pack(NUMBERS[kind], value or 0)
        elif kind in ("str", "bytes"):
            value = value.encode() if isinstance(value, str) else value
            self.put_length(value, "i16" if kind == "str" else "i32")
            self.out += value or b""
        elif kind[0] == "[":
            self.put_length(value, "i32")
            for element in value or []:
                self.write(kind[1:], element)
        else:
            self.write_struct(STRUCTS[kind], value)

    def write_struct(self, declared, values):
        for name, kind, first, last in declared:
            if first <= self.version <= last:
                self.write(kind, values.get(name))
        if self.flexible:
            self.out.append(0)


class Log:
    """The batches of one topic's only partition, as the producer sent them but for the offset."""

    def __init__(self):
        self.batches, self.next = [], 0

    def append(self, records):
        first, at = self.next, 0
        while at + 17 <= len(records):
            length = struct.unpack_from(">i", records, at + 8)[0] + 12
            count = struct.unpack_from(">i", records, at + 23)[0] + 1 if records[at + 16] >= 2 else 1
            self.batches.append((self.next, struct.pack(">q", self.next) + records[at + 8:at + length]))
            self.next += count
            at += length
        return first

    def read(self, offset):
        return b"".join(batch for first, batch in self.batches if first >= offset)


LOGS, COMMITS, SENT, LOCK = {}, {}, [], threading.Lock()


def metadata(asked):
    names = [t["name"] for t in asked["topics"]] if asked["topics"] else list(LOGS)
    partition = {"leader": 0, "replicas": [0], "isr": [0], "offline": []}
    topics = [{"name": n, "partitions": [partition]} if n in LOGS else {"error": 3, "name": n, "partitions": []} for n in names]
    return {"brokers": [{"host": "127.0.0.1", "port": PORT}], "cluster": "stand-in", "topics": topics}


def produce(asked):
    with LOCK:
        topics = [{"name": t["name"], "partitions": [{"index": p["index"], "offset": LOGS.setdefault(t["name"], Log()).append(p["records"]), "time": -1, "errors": []}
                   for p in t["partitions"]]} for t in asked["topics"]]
    return {"topics": topics} if asked["acks"] else None


def fetch(asked):
    topics, found, until = [], False, time.time() + min(asked["wait"], 500) / 1000
    while not found:
        found = any(LOGS[t["name"]].read(p["offset"]) for t in asked["topics"] for p in t["partitions"]) or time.time() >= until
        time.sleep(0.01)
    for t in asked["topics"]:
        log = LOGS[t["name"]]
        topics.append({"name": t["name"], "partitions": [
            {"index": p["index"], "high": log.next, "stable": log.next, "replica": -1, "records": log.read(p["offset"])} for p in t["partitions"]]})
    return {"topics": topics}


def offsets(asked):
    return {"topics": [{"name": t["name"], "partitions": [
        {"index": p["index"], "time": -1, "old": [LOGS[t["name"]].next], "offset": 0 if p["time"] == -2 else LOGS[t["name"]].next} for p in t["partitions"]]} for t in asked["topics"]]}


def join(asked):
    if not asked["member"] and LEVEL != "old":
        return {"error": 79, "generation": -1, "protocol": "", "leader": "", "member": "member-1", "members": []}
    chosen = asked["protocols"][0]
    return {"generation": 1, "protocol": chosen["name"], "leader": "member-1", "member": "member-1", "members": [{"id": "member-1", "metadata": chosen["metadata"]}]}


def commit(asked):
    for t in asked["topics"]:
        for p in t["partitions"]:
            COMMITS[asked["group"], t["name"]] = p["offset"]
    return {"topics": [{"name": t["name"], "partitions": [{"index": p["index"]} for p in t["partitions"]]} for t in asked["topics"]]}


def committed(asked):
    return {"topics": [{"name": t["name"], "partitions": [{"index": i, "offset": COMMITS.get((asked["group"], t["name"]), -1), "epoch": -1, "metadata": ""} for i in t["partitions"]]}
                       for t in asked["topics"] or []]}


def create(asked):
    made = [{"name": t["name"], "error": 36 if t["name"] in LOGS else 0, "message": "Topic exists." if t["name"] in LOGS else None} for t in asked["topics"]]
    for t in asked["topics"]:
        LOGS.setdefault(t["name"], Log())
    return {"topics": made}


HANDLERS = {
    0: produce, 1: fetch, 2: offsets, 3: metadata, 8: commit, 9: committed, 11: join, 19: create,
    10: lambda asked: {"id": 0, "host": "127.0.0.1", "port": PORT},
    12: lambda asked: {}, 13: lambda asked: {"members": [{"id": m["id"]} for m in asked.get("members") or []]},
    14: lambda asked: {"assignment": asked["assignments"][0]["assignment"] if asked["assignments"] else b""},
    18: lambda asked: {"keys": [{"key": k, "min": a[1][LEVEL][0], "max": a[1][LEVEL][1]} for k, a in APIS.items()]},
    20: lambda asked: {"topics": [{"name": n, "error": 0 if LOGS.pop(n, None) else 3} for n in asked["names"]]},
}


class Connection(socketserver.StreamRequestHandler):
    def has_left(self):
        readable, _, _ = select.select([self.connection], [], [], 0)
        return bool(readable) and not self.connection.recv(1, socket.MSG_PEEK)

    def handle(self):
        while len(size := self.rfile.read(4)) == 4:
            frame = self.rfile.read(struct.unpack(">i", size)[0])
            key, version, correlation = struct.unpack_from(">hhi", frame)
            flexible, levels, asked, answered = APIS[key]
            if version > levels[LEVEL][1]:
                # A client that asks for too new a version gets the announcement in the oldest one.
                reply = Codec(0, False)
                reply.write_struct(answered, {"error": 35, **HANDLERS[18](None)})
            else:
                request = Codec(version, False, frame[8:])
                request.read("str")
                request.flexible = version >= flexible
                request.skip_tags()
                values = HANDLERS[key](request.read_struct(asked))
                if values is None:
                    continue
                reply = Codec(version, request.flexible)
                if request.flexible and key != 18:
                    reply.out.append(0)
                reply.write_struct(answered, values)
            if self.has_left():
                return
            SENT.append(correlation)
            self.wfile.write(struct.pack(">ii", len(reply.out) + 4, correlation) + reply.out)


def report(*_):
    print(len(SENT), flush=True)
    sys.exit(0)


signal.signal(signal.SIGTERM, report)
socketserver.ThreadingTCPServer.allow_reuse_address = True
socketserver.ThreadingTCPServer.daemon_threads = True
for topic in ("orders", "events", "kcat"):
    LOGS[topic] = Log()
socketserver.ThreadingTCPServer(("127.0.0.1", PORT), Connection).serve_forever()
