// Calls functions of hooks.js in V8. Reads the items and then one request per line; answers each with CPU time and bytes.
"use strict";
const fs = require("fs");
const vm = require("vm");

vm.runInThisContext(fs.readFileSync(process.argv[2], "utf8"), "hooks.js");
const lines = (function* () {
  let rest = "";
  const buffer = Buffer.alloc(1 << 20);
  for (;;) {
    const end = rest.indexOf("\n");
    if (end >= 0) {
      yield rest.slice(0, end);
      rest = rest.slice(end + 1);
      continue;
    }
    let count;
    try {
      count = fs.readSync(0, buffer);
    } catch (e) {
      if (e.code === "EOF") return;
      if (e.code !== "EAGAIN") throw e;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1);
      continue;
    }
    if (count === 0) return;
    rest += buffer.toString("utf8", 0, count);
  }
})();

// Each argument of a kind has one hidden class, as records of one kind have one shape.
const items = JSON.parse(lines.next().value).map((text) => JSON.parse(text));
const packet = {captureLength: 512, length: 512, timestamp: "1970-01-01T00:00:00Z", truncated: false};
const drivers = {};
let result;

// A driver of its own for every function, so that V8 sees one callee at each place.
function driverOf(request) {
  const source = request.argument === "Item"
    ? "(f, calls, items) => { let r; for (let i = 0, n = 0; i < calls; i++) { r = f(items[n]); if (++n === items.length) n = 0; } return r; }"
    : "(f, calls, argument) => { let r; for (let i = 0; i < calls; i++) r = f(argument); return r; }";
  return (drivers[request.function] ||= vm.runInThisContext(source));
}

process.stdout.write("ready\n");
for (const line of lines) {
  const request = JSON.parse(line);
  const f = globalThis[request.function];
  const driver = driverOf(request);
  const argument = request.argument === "Item" ? items : request.argument === "Packet" ? packet : request.number;
  global.gc({type: "minor"});
  const heap = process.memoryUsage().heapUsed;
  const before = process.cpuUsage();
  result = driver(f, request.calls, argument);
  const used = process.cpuUsage(before);
  const bytes = process.memoryUsage().heapUsed - heap;
  process.stdout.write(JSON.stringify({nanoseconds: (used.user + used.system) * 1000, bytes}) + "\n");
}
