// What happens in a shop: requests and errors per page, DNS names, and the slowest page

var pages = {};
var names = {};
var slowest = null;
var packets = 0;
var bytes = 0;

function onPacketCaptured(info) {
  packets++;
  bytes += info.length;
}

function onItemCaptured(data) {
  if (data.protocol.name === "dns") {
    var question = data.request.questions && data.request.questions[0];
    if (question) names[question.name] = (names[question.name] || 0) + 1;
    return;
  }
  if (data.protocol.name !== "http" || !data.request.path) return;
  var key = data.request.method + " " + data.request.path;
  var page = pages[key] || (pages[key] = { calls: 0, errors: 0 });
  page.calls++;
  if (data.response.status >= 400) {
    page.errors++;
    console.error(key, "from", data.src.ip, "answered", data.response.status, data.response.statusText);
  }
  if (!slowest || data.elapsedTime > slowest.ms) slowest = { key: key, ms: data.elapsedTime };
}

function byCount(counts) {
  return function (a, b) { return counts(b) - counts(a) || (a < b ? -1 : 1); };
}

function report() {
  console.log(new Date().toISOString(), packets + " packets, " + (bytes / 1000).toFixed(1) + " kB");
  Object.keys(pages).sort(byCount(function (k) { return pages[k].calls; })).slice(0, 8).forEach(function (key) {
    console.log("  " + key + ": " + pages[key].calls + " requests" + (pages[key].errors ? ", " + pages[key].errors + " errors" : ""));
  });
  Object.keys(names).sort(byCount(function (k) { return names[k]; })).slice(0, 4).forEach(function (name) {
    console.log("  DNS " + name + ": " + names[name]);
  });
  if (slowest) console.log("  slowest: " + slowest.key + ", " + slowest.ms + " ms");
  pages = {};
  names = {};
  slowest = null;
  packets = 0;
  bytes = 0;
}

jobs.schedule("report", "*/30 * * * * *", report);
