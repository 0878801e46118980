// Requests that take longer than SLOW_MS (from the environment, 500 by default)

var limit = Number(env.SLOW_MS || 500);
var slow = 0;
var all = 0;

function onItemCaptured(data) {
  if (data.protocol.name !== "http" || data.error) return;
  all++;
  if (data.elapsedTime < limit) return;
  slow++;
  console.log(data.elapsedTime + " ms", data.request.method, data.dst.ip + ":" + data.dst.port + data.request.path, "status", data.response.status);
}

jobs.schedule("slow-requests", "0 * * * * *", function () {
  console.log("slow requests:", slow, "of", all);
  slow = 0;
  all = 0;
});
