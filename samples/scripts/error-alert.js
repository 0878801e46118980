// Alerts when more than ERROR_PERCENT (5) of the HTTP responses of a service within 10 seconds are server errors

var threshold = Number(env.ERROR_PERCENT || 5);
var services = {};

function onItemCaptured(data) {
  if (data.protocol.name !== "http" || !data.response.status) return;
  var name = data.request.headers ? data.request.headers.Host || data.dst.ip : data.dst.ip;
  var service = services[name] || (services[name] = { calls: 0, errors: 0, last: "" });
  service.calls++;
  if (data.response.status < 500) return;
  service.errors++;
  service.last = data.request.method + " " + data.request.path + " " + data.response.status;
}

jobs.schedule("error-alert", "*/10 * * * * *", function () {
  Object.keys(services).sort().forEach(function (name) {
    var service = services[name];
    var percent = service.errors * 100 / service.calls;
    if (percent > threshold) {
      console.error(name + ": " + percent.toFixed(1) + " % of " + service.calls + " responses are errors, last: " + service.last);
    }
  });
  services = {};
});
