// A gRPC-Web server and client of connect-node over HTTP/1 and HTTP/2: unary, an error, a stream, compressed messages.
import { createRequire } from 'module';
import fs from 'fs';
import http from 'http';
import http2 from 'http2';

const require = createRequire(process.env.NODE_PATH + '/');
const { createFileRegistry, fromBinary } = require('@bufbuild/protobuf');
const { FileDescriptorSetSchema } = require('@bufbuild/protobuf/wkt');
const { Code, ConnectError, createClient } = require('@connectrpc/connect');
const { connectNodeAdapter, createGrpcWebTransport, compressionGzip } = require('@connectrpc/connect-node');

const set = fromBinary(FileDescriptorSetSchema, fs.readFileSync(new URL('shop.pb', import.meta.url)));
for (const file of set.file) file.syntax = 'proto3';
const Shop = createFileRegistry(set).getService('shop.v1.Shop');
const handler = connectNodeAdapter({
  routes: router => router.service(Shop, {
    get: request => {
      if (request.text === 'missing') throw new ConnectError('not in stock', Code.NotFound);
      return { sku: request.text, price: 2.5, tags: ['web'] };
    },
    async *list(request) {
      for (let i = 1; i <= request.limit; i++) yield { sku: 'web-' + i };
    },
  }),
});

const version = process.argv[2];
const server = version === '2' ? http2.createServer(handler) : http.createServer(handler);
server.listen(8080, '127.0.0.1', async () => {
  const transport = createGrpcWebTransport({
    baseUrl: 'http://127.0.0.1:8080', httpVersion: version, ...(version === '2' && { sendCompression: compressionGzip, compressMinBytes: 1 }),
  });
  const client = createClient(Shop, transport);
  await client.get({ text: 'lamp', limit: 1 });
  await client.get({ text: 'missing' }).catch(() => {});
  for await (const one of client.list({ limit: 3 })) void one;
  setTimeout(() => process.exit(0), 100);
});
