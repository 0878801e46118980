// The pairs of hosts that exchange the most bytes, every 10 seconds

var TOP = 5;
var bytes = {};

function onItemCaptured(data) {
  var pair = (data.src.name || data.src.ip) + " -> " + (data.dst.name || data.dst.ip);
  bytes[pair] = (bytes[pair] || 0) + data.requestSize + data.responseSize;
}

jobs.schedule("top-talkers", "*/10 * * * * *", function () {
  var pairs = Object.keys(bytes);
  if (pairs.length === 0) return;
  pairs.sort(function (a, b) { return bytes[b] - bytes[a] || (a < b ? -1 : 1); });
  console.log("top talkers of", pairs.length, "pairs");
  for (var i = 0; i < pairs.length && i < TOP; i++) {
    console.log("  " + pairs[i] + ": " + bytes[pairs[i]] + " bytes");
  }
  bytes = {};
});
