// Plays one scene with kafkajs against a broker on 127.0.0.1 and prints how many requests kafkajs itself says it made (its network events).
const { Kafka, CompressionTypes, logLevel } = require("kafkajs");

const kafka = new Kafka({ clientId: "shop", brokers: ["127.0.0.1:" + process.argv[2]], logLevel: logLevel.NOTHING, retry: { retries: 2 } });
let requests = 0;
function count(client) {
  client.on(client.events.REQUEST, () => { requests++; });
  return client;
}

async function main() {
  const admin = count(kafka.admin());
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: "invoices", numPartitions: 1, replicationFactor: 1, configEntries: [{ name: "retention.ms", value: "60000" }] }] });
  await admin.fetchTopicOffsets("orders");
  const producer = count(kafka.producer());
  await producer.connect();
  await producer.send({ topic: "orders", messages: [{ key: "k1", value: "first" }, { key: "k2", value: Buffer.from([255, 0, 1]), headers: { trace: "abc", empty: "" } }, { value: null, key: "k3" }] });
  await producer.send({ topic: "orders", compression: CompressionTypes.GZIP, messages: [{ value: "zipped ".repeat(40) }, { value: "zipped too" }] });
  await producer.send({ topic: "events", messages: [{ value: "x".repeat(300) }], acks: 1 });
  const consumer = count(kafka.consumer({ groupId: "billing", maxWaitTimeInMs: 200 }));
  await consumer.connect();
  await consumer.subscribe({ topics: ["orders"], fromBeginning: true });
  let seen = 0;
  await new Promise((resolve) => consumer.run({ autoCommit: true, autoCommitThreshold: 5, eachMessage: async () => { if (++seen === 5) resolve(); } }));
  await consumer.stop();
  await consumer.disconnect();
  await producer.disconnect();
  await admin.deleteTopics({ topics: ["invoices"] });
  await admin.disconnect();
  console.log("# kafkajs 2.2.4 against broker.py, a stand-in, on loopback: the client's bytes are real. Counted by kafkajs; see make.sh.");
  console.log("kafka requests " + requests);
}

main().catch((error) => { console.error(error); process.exit(1); });
