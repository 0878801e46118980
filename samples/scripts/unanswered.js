// Requests without an answer, and why

var reasons = {};

function onItemCaptured(data) {
  if (!data.error) return;
  var reason = data.protocol.name + " " + data.error.type;
  reasons[reason] = (reasons[reason] || 0) + 1;
  if (reasons[reason] === 1) console.log("first:", reason, data.id, data.error.msg);
}

jobs.schedule("unanswered", "0 * * * * *", function () {
  Object.keys(reasons).sort().forEach(function (reason) {
    console.log(reasons[reason] + " x " + reason);
  });
  reasons = {};
});
