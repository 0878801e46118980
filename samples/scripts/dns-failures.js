// Names that do not resolve, with who asks for them

var failures = {};

function onItemCaptured(data) {
  if (data.protocol.name !== "dns" || !data.response.code || data.response.code === "No Error") return;
  var question = data.request.questions && data.request.questions[0];
  var key = data.response.code + " " + (question ? question.name + " " + question.type : "?");
  var failure = failures[key] || (failures[key] = { count: 0, clients: {} });
  failure.count++;
  failure.clients[data.src.ip] = true;
}

jobs.schedule("dns-failures", "*/30 * * * * *", function () {
  Object.keys(failures).sort().forEach(function (key) {
    console.log(failures[key].count + " x " + key + " from " + Object.keys(failures[key].clients).sort().join(", "));
  });
  failures = {};
});
