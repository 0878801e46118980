// A server and a client of @grpc/grpc-js: every kind of call, an error with details, compression, a cancellation, a deadline.
const grpc = require('@grpc/grpc-js');
const { shop: { v1: { Shop } } } = grpc.loadPackageDefinition(require('@grpc/proto-loader').loadSync(__dirname + '/shop.proto', { keepCase: true }));
const item = (sku, i) => ({ sku, size: 'SIZE_LARGE', price: 1.5 * i, tags: ['a', 'b' + i], stock: { north: i, south: -i }, country: i % 2 ? 'NL' : 'DE' });
const compressed = { 'grpc.default_compression_algorithm': 2 };

function makeServer(options) {
  const server = new grpc.Server(options);
  server.addService(Shop.service, {
    Get: (call, done) => call.request.text === 'missing'
      ? done({ code: grpc.status.NOT_FOUND, details: 'no item: 100% sold — sorry' })
      : call.request.text === 'slow' ? undefined : done(null, item(call.request.text, call.request.limit)),
    List: call => {
      for (let i = 1; i <= call.request.limit; i++) call.write(item('sku-' + i, i));
      if (call.request.text !== 'endless') call.end();
    },
    Add: (call, done) => {
      let count = 0, last;
      call.on('data', one => { count++; last = one; }).on('end', () => done(null, { count, last }));
    },
    Chat: call => call.on('data', q => call.write(item(q.text, q.limit))).on('end', () => call.end()).on('error', () => {}),
  });
  return server;
}

const listen = (server, port) => new Promise(done => server.bindAsync('127.0.0.1:' + port, grpc.ServerCredentials.createInsecure(), done));
const unary = (client, request, options) => new Promise(done => client.Get(request, new grpc.Metadata(), options || {}, (error, answer) => done(error || answer)));
const drain = call => new Promise(done => call.on('data', () => {}).on('end', done).on('error', done));

async function calls(client) {
  await unary(client, { text: 'lamp', limit: 3, offset: -7 });
  await unary(client, { text: 'missing' });
  await drain(client.List({ limit: 4 }));
  await new Promise(done => {
    const call = client.Add(done);
    for (let i = 1; i <= 3; i++) call.write(item('new-' + i, i));
    call.end();
  });
  await new Promise(done => {
    const call = client.Chat().on('end', done).on('data', one => one.price < 3 ? call.write({ text: 'again', limit: one.price / 1.5 + 1 }) : call.end());
    call.write({ text: 'hello', limit: 1 });
  });
}

async function main() {
  const server = makeServer({});
  await listen(server, 8080);
  const client = new Shop('127.0.0.1:8080', grpc.credentials.createInsecure(), process.argv[2] === 'gzip' ? compressed : {});
  await calls(client);
  if (process.argv[2] !== 'gzip') {
    await unary(client, { text: 'slow' }, { deadline: Date.now() + 200 });
    const endless = client.List({ text: 'endless', limit: 2 });
    let seen = 0;
    await new Promise(done => endless.on('data', () => ++seen === 2 && endless.cancel()).on('error', done));
  }

  client.close();
  setTimeout(() => server.forceShutdown(), 200);
}

main();
