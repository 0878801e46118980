// graphql-yoga on node's HTTP/1 or HTTP/2 server, and a client: queries by POST and GET, a mutation, a batch, an error, JSON that is no GraphQL, a subscription by events.
const http = require('http');
const http2 = require('http2');
const { createYoga, createSchema } = require('graphql-yoga');

const yoga = createYoga({
  logging: false,
  batching: true,
  schema: createSchema({
    typeDefs: `
      type Item { id: ID! name: String! price: Float }
      type Query { item(id: ID!): Item items(first: Int = 2): [Item!]! }
      type Mutation { rename(id: ID!, name: String!): Item }
      type Subscription { countdown(from: Int!): Int! }`,
    resolvers: {
      Query: {
        item: (_, { id }) => { if (id === '0') throw new Error('kaputt'); return { id, name: 'item ' + id, price: 1.5 }; },
        items: (_, { first }) => Array.from({ length: first }, (_, i) => ({ id: i, name: 'item ' + i })),
      },
      Mutation: { rename: (_, item) => item },
      Subscription: {
        countdown: {
          subscribe: async function* (_, { from }) {
            for (let i = from; i >= 0; i--) {
              await new Promise(done => setTimeout(done, 20));
              yield { countdown: i };
            }
          },
        },
      },
    },
  }),
});

const requests = [
  { method: 'POST', body: { query: 'query One($id: ID!) { item(id: $id) { id name } }', operationName: 'One', variables: { id: '7' } } },
  { method: 'GET', path: '/graphql?query=' + encodeURIComponent('{ items(first: 3) { id } }') },
  { method: 'POST', body: { query: 'mutation { rename(id: 1, name: "ü \\"x\\"") { name } other: rename(id: 2, name: "y") { id } }' } },
  { method: 'POST', body: [{ query: '{ items { id } }' }, { query: 'query B { item(id: 2) { ...f } } fragment f on Item { price }' }] },
  { method: 'POST', body: { query: '{ item(id: 0) { id } }' } },
  { method: 'POST', body: { query: '{ item(id: ' } },
  { method: 'POST', path: '/search', body: { query: 'shoes', page: 2 } },
  { method: 'POST', body: { query: 'subscription Count { countdown(from: 2) }' }, accept: 'text/event-stream' },
];

function one(request) {
  const body = request.body && JSON.stringify(request.body);
  return new Promise(done => {
    const call = http.request({ port: 8080, method: request.method, path: request.path || '/graphql', agent,
      headers: { accept: request.accept || 'application/json', ...(body && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }) } },
    answer => answer.resume().on('end', done));
    call.end(body);
  });
}

function two(client, request) {
  const body = request.body && JSON.stringify(request.body);
  return new Promise(done => {
    const stream = client.request({ ':method': request.method, ':path': request.path || '/graphql', accept: request.accept || 'application/json', ...(body && { 'content-type': 'application/json' }) }, { endStream: !body });
    stream.resume().on('close', done);
    if (body) stream.end(body);
  });
}

const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
const version = process.argv[2];
const server = version === '2' ? http2.createServer(yoga) : http.createServer(yoga);
server.listen(8080, '127.0.0.1', async () => {
  if (version === '2') {
    const client = http2.connect('http://127.0.0.1:8080');
    await new Promise(done => client.once('remoteSettings', done));
    for (const request of requests) await two(client, request);
    client.close();
    await new Promise(done => client.on('close', done));
  } else {
    for (const request of requests) await one(request);
    agent.destroy();
  }

  setTimeout(() => process.exit(0), 200);
});
