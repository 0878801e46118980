// A table of endpoints every minute: calls, errors, mean and slowest time

var endpoints = {};

// Numbers in a path are ids: /orders/17 and /orders/18 are one endpoint.
function endpointOf(data) {
  return data.request.method + " " + data.request.path.replace(/\/\d+(?=\/|$)/g, "/:id");
}

function onItemCaptured(data) {
  if (data.protocol.name !== "http" || !data.request.method || !data.response.status) return;
  var name = endpointOf(data);
  var endpoint = endpoints[name] || (endpoints[name] = { calls: 0, errors: 0, total: 0, slowest: 0 });
  endpoint.calls++;
  if (data.response.status >= 400) endpoint.errors++;
  endpoint.total += data.elapsedTime;
  endpoint.slowest = Math.max(endpoint.slowest, data.elapsedTime);
}

function pad(text, width) {
  text = String(text);
  while (text.length < width) text = " " + text;
  return text;
}

function table() {
  var names = Object.keys(endpoints).sort();
  if (names.length === 0) return;
  console.log(pad("calls", 7) + pad("errors", 8) + pad("mean ms", 9) + pad("max ms", 8) + "  endpoint");
  names.forEach(function (name) {
    var e = endpoints[name];
    console.log(pad(e.calls, 7) + pad(e.errors, 8) + pad((e.total / e.calls).toFixed(1), 9) + pad(e.slowest, 8) + "  " + name);
  });
  endpoints = {};
}

jobs.schedule("endpoints", "0 * * * * *", table);
