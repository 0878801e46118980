// What every engine of the comparison runs.
var packetCount = 0;
var totalKB = 0;
function packet(info) {
  packetCount++;
  totalKB += info.length / 1000;
}

var counts = {};
var totalElapsed = 0;
var errors = 0;
function item5(data) {
  if (data.protocol.name !== "http") return;
  var key = data.dst.name + data.request.path;
  counts[key] = (counts[key] || 0) + 1;
  totalElapsed += data.elapsedTime;
  if (data.response.status >= 500) errors++;
}

var total = 0;
function stringify(data) {
  total += JSON.stringify(data).length;
}

function empty() {}

function localLoop(n) {
  var s = 0;
  for (var i = 0; i < n; i++) s = s + (i & 255);
  return s;
}

var g = 0;
function topLevelLoop(n) {
  for (var i = 0; i < n; i++) g = g + (i & 255);
  return g;
}

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

function objects(n) {
  var p = {x: 1, y: 2, next: null};
  for (var i = 0; i < n; i++) p = {x: p.x + 1, y: i, next: null};
  return p.x;
}

function strings(n) {
  var s = "";
  for (var i = 0; i < n; i++) s += "ab";
  return s.length;
}

function arrays(n) {
  var a = [];
  for (var i = 0; i < n; i++) a.push(i);
  var s = 0;
  for (var j = 0; j < n; j++) s += a[j];
  return s;
}

function closures(n) {
  var add = function (x) { return function (y) { return x + y; }; };
  var s = 0;
  for (var i = 0; i < n; i++) s = add(i & 7)(s) & 1023;
  return s;
}

var words = /(\w+)\.(png|css|js)$/;
function regExp(n) {
  var found = 0;
  for (var i = 0; i < n; i++) if (words.test("/static/images/logo" + (i & 63) + ".png")) found++;
  return found;
}
