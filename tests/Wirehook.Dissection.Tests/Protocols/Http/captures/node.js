// A server and a client of node: chunked bodies both ways with trailers, pipelined requests, an interim response, a body without length, an aborted response.
const http = require('http');
const net = require('net');

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', d => parts.push(d)).on('end', () => {
    if (request.url === '/echo') {
      response.writeHead(200, { 'content-type': request.headers['content-type'] || 'text/plain', trailer: 'x-count' });
      for (const part of parts) response.write(part);
      response.addTrailers({ 'x-count': String(parts.length) });
      response.end();
    } else if (request.url === '/hints') {
      response.writeEarlyHints({ link: '</style.css>; rel=preload' });
      response.writeHead(200, { 'content-length': 5, 'set-cookie': ['a=1; Path=/', 'b=2'] });
      response.end('hints');
    } else if (request.url === '/close') {
      response.useChunkedEncodingByDefault = false;
      response.removeHeader('connection');
      response.writeHead(200, { connection: 'close' });
      response.end('until the end');
    } else if (request.url === '/broken') {
      response.writeHead(200, { 'content-length': 1000 });
      response.write('only a part', () => request.socket.destroy());
    } else {
      response.writeHead(204).end();
    }
  });
});

const call = (options, body) => new Promise(done => {
  const request = http.request({ port: 8080, host: '127.0.0.1', ...options }, answer => answer.resume().on('end', done).on('error', done));
  request.on('error', done);
  for (const part of body || []) request.write(part);
  request.end();
});

server.listen(8080, '127.0.0.1', async () => {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  await call({ agent, path: '/echo', method: 'POST', headers: { 'content-type': 'application/json' } }, ['{"a":', '[1,2,3]}']);
  await call({ agent, path: '/hints' });
  await call({ agent, path: '/none', method: 'DELETE', headers: { 'x-twice': ['one', 'two'] } });
  agent.destroy();
  await call({ path: '/close' });
  await call({ path: '/broken' });
  await new Promise(done => {
    const socket = net.connect(8080, '127.0.0.1', () => socket.write(['/1', '/hints', '/3'].map(path => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join('')));
    let seen = '';
    socket.on('data', data => { seen += data; if ((seen.match(/HTTP\/1.1 20/g) || []).length === 3) socket.end(); }).on('close', done);
  });
  server.close();
});
