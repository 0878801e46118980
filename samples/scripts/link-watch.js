// Watches uplinks: says when an interface loses its carrier and when the default route changes, and counts flaps every half minute

var lost = {};
var flaps = {};

function seconds(from, to) {
  return ((to - from) / 1000).toFixed(1) + " s";
}

function watchCarrier(event) {
  var name = event.interface;
  if (event.events.indexOf("link.carrier_lost") >= 0) {
    lost[name] = event.timestamp;
    console.error(name, "lost its carrier");
  } else if (lost[name] && event.events.indexOf("link.carrier_gained") >= 0) {
    flaps[name] = (flaps[name] || 0) + 1;
    console.log(name, "has its carrier again after", seconds(lost[name], event.timestamp));
    delete lost[name];
  }
}

function way(route, name) {
  return (route.gateway ? "via " + route.gateway + " " : "") + "dev " + name;
}

function watchRoute(event) {
  var by = event.pid ? " (by process " + event.pid + ")" : "";
  if (event.event === "route.default_added") console.log("default route", way(event.route, event.interface) + by);
  if (event.event === "route.default_removed") console.error("default route", way(event.route, event.interface), "is gone" + by);
  if (event.event === "route.default_changed" && event.old && event.old.gateway) {
    console.log("default route", way(event.route, event.interface), "instead of", event.old.gateway + by);
  }
}

function onNetworkEvent(event) {
  if (event.link) watchCarrier(event);
  if (event.route) watchRoute(event);
  if (event.event === "monitor.overrun") console.error("at least", event.lost, "changes were not seen");
}

jobs.schedule("report", "*/30 * * * * *", function () {
  var names = Object.keys(flaps);
  if (names.length === 0) return;
  console.log(new Date().toISOString(), "flaps: " + names.map(function (name) { return name + " " + flaps[name]; }).join(", "));
  flaps = {};
});
