// A server of event streams on node's HTTP/1 or HTTP/2, and a client that reads one: named events, ids, several lines, comments, an event in pieces, an end.
const http = require('http');
const http2 = require('http2');
const pause = () => new Promise(done => setTimeout(done, 30));
const version = process.argv[2];

async function handle(request, response) {
  if (request.url !== '/events?topic=news') {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('no such stream');
    return;
  }

  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  response.write('retry: 5000\n: welcome\n\n');
  await pause();
  response.write('id: 1\nevent: headline\ndata: {"title":"first"}\n\n');
  await pause();
  response.write('data: two lines\r\ndata: of text ü\r\n\r\nid: 3\ndata: third\n\n');
  await pause();
  response.write(': keep-alive\n\nevent: headline\nda');
  await pause();
  response.write('ta: in pieces\n\n');
  await pause();
  response.end('event: bye\ndata\n\n');
}

const server = version === '2' ? http2.createServer(handle) : http.createServer(handle);
server.listen(8080, '127.0.0.1', async () => {
  for (const path of ['/nothing', '/events?topic=news']) {
    if (version === '2') {
      const client = http2.connect('http://127.0.0.1:8080');
      await new Promise(done => client.request({ ':path': path, accept: 'text/event-stream' }).resume().on('close', done));
      client.close();
    } else {
      await new Promise(done => http.get({ port: 8080, path, headers: { accept: 'text/event-stream' } }, answer => answer.resume().on('end', done)));
    }
  }

  setTimeout(() => process.exit(0), 200);
});
