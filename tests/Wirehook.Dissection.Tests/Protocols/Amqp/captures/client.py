"""Plays one scene against a RabbitMQ on 127.0.0.1 and prints how many methods pika itself sent and received: those that answer another are responses, all others requests."""
import decimal
import sys
import pika
import pika.connection
import pika.exceptions
import pika.frame
import pika.spec

counts = {"requests": 0, "responses": 0}
ONE_WAY = ("StartOk", "TuneOk")


def count(method):
    name = type(method).__name__
    answers = (name.endswith("Ok") and name not in ONE_WAY) or name == "GetEmpty"
    counts["responses" if answers else "requests"] += 1


def count_sent(original):
    def send(self, channel_number, method, content=None):
        count(method)
        return original(self, channel_number, method, content)
    return send


def count_received(original):
    def process(self, frame):
        if isinstance(frame, pika.frame.Method):
            count(frame.method)
        return original(self, frame)
    return process


pika.connection.Connection._send_method = count_sent(pika.connection.Connection._send_method)
pika.connection.Connection._process_frame = count_received(pika.connection.Connection._process_frame)


def connect(**options):
    return pika.BlockingConnection(pika.ConnectionParameters("127.0.0.1", **options))


def operations():
    connection = connect()
    channel = connection.channel()
    channel.exchange_declare("orders", "topic", durable=True)
    channel.exchange_declare("audit", "fanout", auto_delete=True, arguments={"alternate-exchange": "orders"})
    channel.exchange_bind("audit", "orders", routing_key="#")
    channel.queue_declare("new-orders", arguments={"x-max-length": 100, "x-overflow": "reject-publish"})
    channel.queue_bind("new-orders", "orders", "order.#")
    channel.basic_qos(prefetch_count=10)
    for i in range(4):
        channel.basic_publish("orders", "order.%d" % i, b'{"order":%d}' % i, pika.BasicProperties(content_type="application/json", delivery_mode=2))
    first = channel.basic_get("new-orders")
    channel.basic_ack(first[0].delivery_tag)
    second = channel.basic_get("new-orders")
    channel.basic_nack(second[0].delivery_tag, requeue=False)
    third = channel.basic_get("new-orders")
    channel.basic_reject(third[0].delivery_tag, requeue=True)
    channel.basic_recover(requeue=True)
    seen = []
    tag = channel.basic_consume("new-orders", lambda ch, how, properties, body: (seen.append(body), ch.basic_ack(how.delivery_tag)), consumer_tag="worker-1")
    while len(seen) < 2:
        connection.process_data_events(time_limit=1)
    channel.basic_cancel(tag)
    channel.basic_get("new-orders")
    transaction = connection.channel()
    transaction.tx_select()
    transaction.basic_publish("orders", "order.9", b"nine")
    transaction.tx_commit()
    transaction.basic_publish("orders", "order.10", b"ten")
    transaction.tx_rollback()
    transaction.close()
    confirmed = connection.channel()
    confirmed.confirm_delivery()
    confirmed.basic_publish("orders", "order.11", b"eleven")
    try:
        confirmed.basic_publish("orders", "nobody", b"lost", mandatory=True)
    except pika.exceptions.UnroutableError:
        pass
    confirmed.close()
    channel.queue_purge("new-orders")
    channel.queue_unbind("new-orders", "orders", "order.#")
    channel.exchange_unbind("audit", "orders", "#")
    channel.queue_delete("new-orders")
    channel.exchange_delete("orders")
    connection.close()


def errors():
    connection = connect()
    channel = connection.channel()
    try:
        channel.queue_declare("missing", passive=True)
    except pika.exceptions.ChannelClosedByBroker:
        pass
    channel = connection.channel()
    channel.queue_declare("mine", exclusive=True)
    try:
        channel.basic_publish("missing", "key", b"to nowhere")
        channel.queue_declare("mine", passive=True)
    except pika.exceptions.ChannelClosedByBroker:
        pass
    connection.close()
    try:
        connect(virtual_host="missing")
    except pika.exceptions.AMQPError:
        pass


def bodies():
    connection = connect(frame_max=4096)
    channel = connection.channel()
    channel.queue_declare("bodies")
    headers = {"text": "\u00fc", "number": 42, "big": 1 << 40, "yes": True, "nothing": None, "list": [1, "two", {"three": 3}], "table": {"deep": {"deeper": "x"}}, "price": decimal.Decimal("1.25")}
    properties = pika.BasicProperties(
        content_type="text/plain", content_encoding="identity", headers=headers, delivery_mode=1, priority=5, correlation_id="c-1", reply_to="answers",
        expiration="60000", message_id="m-1", timestamp=1678675066, type="kind", user_id="guest", app_id="shop")
    channel.basic_publish("", "bodies", b"", pika.BasicProperties())
    channel.basic_publish("", "bodies", b"short", properties)
    channel.basic_publish("", "bodies", bytes(range(256)) * 40, properties)
    seen = []
    channel.basic_consume("bodies", lambda ch, how, properties, body: seen.append(body), auto_ack=True)
    while len(seen) < 3:
        connection.process_data_events(time_limit=1)
    channel.queue_delete("bodies")
    connection.close()


SCENES = {"operations": operations, "errors": errors, "bodies": bodies}
SCENES[sys.argv[1]]()
print("# RabbitMQ 3.10 and pika 1.2 on loopback. Counted by pika's connection as it sent and received methods; see make.sh.")
print("amqp requests %d" % counts["requests"])
print("amqp responses %d" % counts["responses"])
