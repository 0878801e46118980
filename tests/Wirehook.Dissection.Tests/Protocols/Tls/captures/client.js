// node client.js PORT HOST CONNECTIONS REQUESTS VERSION: HTTPS requests over connections that are kept alive. Prints how many requests were answered.
const https = require('https');
const [, , port, host, connections, requests, version] = process.argv;
let answered = 0;

function ask(agent, n) {
  if (n === 0) return Promise.resolve(agent.destroy());
  return new Promise((done, fail) => {
    const body = n % 2 ? JSON.stringify({ n }) : '';
    const options = { port, host, servername: 'node.example', agent, rejectUnauthorized: false, path: `/node/${n}`, method: n % 2 ? 'POST' : 'GET', headers: { 'Content-Length': body.length } };
    https.request(options, response => {
      response.resume();
      response.on('end', () => { answered++; done(ask(agent, n - 1)); });
    }).on('error', fail).end(body);
  });
}

const agents = Array.from({ length: +connections }, () => new https.Agent({ keepAlive: true, maxSockets: 1, minVersion: version, maxVersion: version }));
Promise.all(agents.map(agent => ask(agent, +requests))).then(() => console.log(answered));
