// The hook of dissectors.py: reads a few fields of every item, as a user's first script does.
var items = 0, failed = 0, bytes = 0, calls = {};

function onItemCaptured(data) {
  items++;
  bytes += data.requestSize + data.responseSize;
  if (data.error || data.response.status >= 400) failed++;
  var key = data.protocol.abbr + " " + data.dst.ip + " " + (data.request.method || data.request.command || data.request.path || "");
  calls[key] = (calls[key] || 0) + 1;
}
