// A server and a client of node's http2: concurrent requests, early hints, trailers, compression, an abort, a WebSocket over a stream (RFC 8441), a shutdown.
const http2 = require('http2');
const zlib = require('zlib');
const server = http2.createServer({ settings: { enableConnectProtocol: true } });

server.on('stream', (stream, headers) => {
  stream.on('error', () => {});
  const path = headers[':path'];
  if (headers[':protocol'] === 'websocket') {
    stream.respond({ ':status': 200 });
    stream.on('data', data => {
      const mask = data.subarray(2, 6);
      const text = Buffer.from(data.subarray(6).map((b, i) => b ^ mask[i % 4]));
      stream.write(Buffer.concat([Buffer.from([0x81, text.length]), text]));
      stream.end();
    });
  } else if (path === '/hints') {
    stream.additionalHeaders({ ':status': 103, link: '</style.css>; rel=preload' });
    stream.respond({ ':status': 200, 'content-type': 'text/plain', 'set-cookie': ['a=1; Path=/', 'b=2'] });
    stream.end('after hints');
  } else if (path === '/trailers') {
    stream.respond({ ':status': 200, 'content-type': 'text/plain' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'x-trailer': 'last' }));
    stream.end('with trailers');
  } else if (path === '/gzip') {
    stream.respond({ ':status': 200, 'content-type': 'application/json', 'content-encoding': 'gzip' });
    stream.end(zlib.gzipSync(JSON.stringify({ list: Array.from({ length: 50 }, (_, i) => 'item ' + i) })));
  } else if (path === '/slow') {
    stream.respond({ ':status': 200 });
    stream.write('part');
  } else if (headers[':method'] === 'POST') {
    const parts = [];
    stream.on('data', d => parts.push(d));
    stream.on('end', () => {
      stream.respond({ ':status': 201, 'content-length': Buffer.concat(parts).length });
      stream.end(Buffer.concat(parts));
    });
  } else {
    stream.respond({ ':status': path === '/missing' ? 404 : 204 }, { endStream: true });
  }
});

const send = (client, headers, body) => new Promise(done => {
  const stream = client.request(headers, { endStream: body === undefined });
  stream.on('close', done).on('error', () => {}).resume();
  if (body !== undefined) stream.end(body);
});

server.listen(8080, '127.0.0.1', async () => {
  const client = http2.connect('http://127.0.0.1:8080');
  await new Promise(done => client.once('remoteSettings', done));
  await Promise.all(['/hints', '/trailers', '/gzip', '/missing', '/a?x=1&x=2', '/a?x=1&x=2'].map(path => send(client, { ':path': path, 'x-client': 'node' })));
  await send(client, { ':path': '/upload', ':method': 'POST', 'content-type': 'text/plain' }, 'x'.repeat(5000));
  const slow = client.request({ ':path': '/slow' });
  await new Promise(done => slow.once('data', done));
  slow.on('error', () => {});
  slow.close(http2.constants.NGHTTP2_CANCEL);
  await new Promise(done => slow.on('close', done));
  const socket = client.request({ ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/chat', ':scheme': 'http', ':authority': '127.0.0.1', 'sec-websocket-version': '13' }, { endStream: false });
  await new Promise(done => socket.once('response', done));
  socket.write(Buffer.from([0x81, 0x82, 1, 2, 3, 4, 0x68 ^ 1, 0x69 ^ 2]));
  await new Promise(done => socket.on('end', done).resume());
  socket.end();
  client.close();
  await new Promise(done => client.on('close', done));
  server.close();
});
