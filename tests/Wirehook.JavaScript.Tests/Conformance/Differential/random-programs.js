// Generates programs from a seed, runs each, and leaves one line per program in RESULT: what it logged and how it ended.
// The same text runs in every engine, so the lines of two engines can be compared. SEED, PROGRAMS and EDITION are set before: programs of edition 5
// use nothing of later ones.
var isOld = EDITION === 5;
var state = SEED;
function random(n) {
  state = (Math.imul(state, 1664525) + 1013904223) | 0;
  return (state >>> 8) % n;
}
function pick(list) { return list[random(list.length)]; }
function pickOf(old, later) { return pick(isOld ? old : old.concat(later)); }

// What the programs call: L logs, F ends programs that run too long.
var root = this;
var fuel, log;
function describe(v) {
  if (typeof v === "function") return "function";
  if (v === root) return "root";
  if (v instanceof Error) return v.name;
  if (typeof v !== "object" || v === null) return String(v);
  return Array.isArray(v) ? "[" + v.map(function (x) { return typeof x; }) + "]" : "{" + Object.keys(v) + "}";
}
function L(v) {
  if (log.length < 60) log.push(describe(v));
  return v;
}
function F() {
  if (--fuel < 0) throw "fuel";
  return true;
}

// Where the generator is: inside a function, inside how many loops, which labels and names are around.
var inFunction, loops, names, serial, depth;
function name() { return pick(names); }
function literal() {
  return pickOf(["0", "1", "2", "-1", "0.5", "NaN", "''", "'x'", "'1'", "true", "false", "null", "undefined", "[]", "[1, 2]", "({x: 1, y: 'z'})", "/r/g"], ["`t${1 + 1}`"]);
}
function target() { return random(4) ? name() : "o." + pick(["x", "y"]); }
function pattern() {
  return pick([
    "[" + name() + ", " + name() + "]",
    "{x: " + name() + "}",
    "[" + name() + " = " + literal() + ", ..." + name() + "]",
    "{x: " + name() + " = " + literal() + ", y: [" + name() + "] = [3]}",
  ]);
}
function argumentList() {
  var list = [];
  for (var n = random(3); n > 0; n--) list.push(isOld || random(9) ? expression() : "..." + pick(["[1, 2]", "'ab'"]));
  return list.join(", ");
}

function inside(generate) {
  var outer = [inFunction, loops];
  inFunction = true;
  loops = 0;
  var text = generate();
  inFunction = outer[0];
  loops = outer[1];
  return text;
}
function functionExpression() {
  return inside(function () {
    var parameters = pickOf(["", "a", "a, b"], ["a, b = 2", "a, ...b", "{x: a} = {x: 1}", "a = L(1), b = a"]);
    var strict = /[={.]/.test(parameters) || random(6) ? "" : "'use strict'; ";
    switch (isOld ? random(2) * 3 : random(4)) {
      case 0: return "(function " + pick(["", "f", "a"]) + "(" + parameters + ") { " + strict + "F(); " + statements(random(3) + 1) + " })";
      case 1: return "((" + parameters + ") => { F(); " + statements(random(2) + 1) + " })";
      case 2: return "((" + parameters + ") => (F(), " + expression() + "))";
      default: return "(function (" + parameters + ") { return " + pickOf([
        "arguments.length", "arguments[0]", "this", "typeof this", "(arguments[0] = 5, typeof a)",
        "eval('a')", "eval('var q = 1; q')", "eval('typeof b')", "eval('this === undefined')"], ["(() => arguments[1])()"]) + "; })";
    }
  });
}
// No program declares a, b or c by eval: V8 looks a name up again after the right side of an assignment declared it, against ECMA-262 5.1 §8.7.2.
var evaluated = [
  "1; if (a) 2; else ;", "for (var i = 0; i < 2; i++) i", "function h() { return 1 } h()", "do { 1; break; } while (1)", "switch (1) { case 1: 5; default: 6 }",
  "try { 1 } finally { 2 }", "l: { 1; break l; }", "a = 3", "var own = 8", "typeof c",
].concat(isOld ? [] : ["let q = 1; q + 1"]);
function expression() {
  if (depth > 6) return random(2) ? name() : literal();
  depth++;
  var text = expressionText(random(22));
  depth--;
  return text;
}
function expressionText(kind) {
  switch (kind) {
    case 0: case 1: case 2: return name();
    case 3: case 4: return literal();
    case 5: return "(" + expression() + " " + pick(["+", "-", "*", "%", "<", "<=", "==", "===", "!=", "&", "|", ">>>", "&&", "||", "<<"]) + " " + expression() + ")";
    case 6: return "(" + target() + " " + pick(["=", "-=", "|=", "*="]) + " " + expression() + ")";
    case 7: return isOld ? name() : "(" + pattern() + " = " + pick(["[1, 2, 3]", "o", "'str'", "[[4]]", "{x: 5, y: [6]}"]) + ")";
    case 8: return pick(["typeof ", "!", "-", "+", "~", "void "]) + "(" + expression() + ")";
    case 9: return random(2) ? "(" + target() + pick(["++", "--"]) + ")" : "(" + pick(["++", "--"]) + target() + ")";
    case 10: return "(" + expression() + " ? " + expression() + " : " + expression() + ")";
    case 11: return "L(" + expression() + ")";
    case 12: return functionExpression() + "(" + argumentList() + ")";
    case 13: return functionExpression();
    case 14: return "f(" + argumentList() + ")";
    case 15: return "(o." + pick(["x", "y", "g", "m()", "z", "s = 4", "constructor.name"]) + ")";
    case 16: return "[" + expression() + ", , " + expression() + "]";
    case 17: return "({x: " + expression() + (isOld ? ", " : ", [" + literal() + "]: 1, ") + "get g() { return L(7) }" + (isOld ? "" : ", " + name()) + "}).x";
    case 18: return "(" + pick(["'x' in o", "o instanceof Object", "delete o.x", "typeof zz", "delete o[" + literal() + "]", "zz", "new (function () { this.q = 1 })().q"]) + ")";
    case 19: return "(L(" + expression() + "), " + expression() + ")";
    case 20: return "eval(" + JSON.stringify(pick(evaluated)) + ")";
    default: return "String(" + expression() + ").length";
  }
}

function statements(n) {
  var text = "";
  while (n-- > 0) text += statement() + " ";
  return text;
}
function block(n) { return "{ " + statements(n) + "}"; }
function loop(head, n) {
  loops++;
  var text = head + "{ " + statements(n) + "}";
  loops--;
  return text;
}
function statement() {
  if (depth > 4) return "L(" + name() + ");";
  depth++;
  var text = statementText(random(24));
  depth--;
  return text;
}
function statementText(kind) {
  var id = pick(["u", "v", "w"]) + ++serial;
  switch (kind) {
    case 0: case 1: case 2: return "L(" + expression() + ");";
    case 3: return "0, " + expression() + ";";
    case 4: return "var " + name() + " = " + expression() + ";";
    case 5:
      if (isOld) return block(2);
      names.push(id);
      var text = "{ " + pick(["let ", "const "]) + id + " = " + expression() + "; " + statements(2) + "}";
      names.pop();
      return text;
    case 6: return "if (" + expression() + ") " + block(1) + (random(2) ? " else " + block(1) : "");
    case 7: return loop("for (" + pickOf(["var "], ["let "]) + id + " = 0; F() && " + id + " < 3; " + id + "++) ", 2);
    case 8: return loop("while (F() && " + expression() + ") ", 2);
    case 9: return loop("do ", 1) + " while (F() && " + expression() + ");";
    case 10: return loop("for (" + pickOf(["var k", name()], ["let k", "const k"]) + " in " + pick(["o", "'ab'", "[5, 6]", "null", "{p: 1, 1: 2}"]) + ") ", 2);
    case 11: return isOld ? "L(3);" : loop("for (" + pick(["var k", "let k", "const [k]", name(), "{length: a}"]) + " of " + pick(["['s', 't']", "'ab'", "new Set(['u', 'u', 'v'])", "new Map([['w', 1]])", "o"]) + ") ", 1);
    case 12: return "try " + block(2) + pickOf([" catch (e) "], [" catch ", " catch ({name: e}) "]) + "{ L('c'); " + (random(2) ? "e = describe(e); " : "e = 0; ") + statements(1) + "}" + (random(2) ? " finally { L('f'); " + statements(1) + "}" : "");
    case 13: return "try " + block(2) + " finally { L('F'); " + statements(1) + "}";
    case 14: return "switch (" + expression() + ") { case " + literal() + ": " + statements(1) + (random(2) ? "break; " : "") + "default: " + statements(1) + "case " + literal() + ": " + statements(1) + "}";
    case 15: return loops ? pick(["break;", "continue;", "if (" + expression() + ") break;", "if (" + expression() + ") continue;"]) : "L(1);";
    case 16: return inFunction ? "return " + expression() + ";" : "L(2);";
    case 17: return random(3) ? "if (" + expression() + ") { throw " + expression() + "; }" : "throw " + expression() + ";";
    case 18: return id + ": { " + statements(1) + "if (" + expression() + ") break " + id + "; " + statements(1) + "}";
    case 19: return isOld ? "L(4);" : "{ function " + pick(["g", "h", "a"]) + "() { F(); return " + expression() + " } L(typeof g); }";
    case 20: return "with (o) { " + statements(1) + "}";
    case 21: return (isOld ? "L((function () { " : "L((() => { ") + inside(function () { return statements(2); }) + "})());";
    case 22: return isOld ? "L(5);" : "var fs = []; for (let j = 0; j < 3; j++) { fs.push(() => j++); " + pick(["", "j++;", "if (j == 1) continue;"]) + " } fs.forEach(f => L(f() + f()));";
    default: return "L([" + expression() + ", " + expression() + "].map(" + (isOld ? "function (x) { return describe(x) }" : "x => describe(x)") + ").join());";
  }
}

function program() {
  serial = depth = loops = 0;
  inFunction = false;
  names = ["a", "b", "c", "d", "e"];
  return "(function () { " + (random(5) ? "" : "'use strict'; ") +
    "var a = 1, b = 'B', c, d = [1, 2], e = {x: 2}; function f(p, q) { return p; } " +
    "var o = {x: 1, y: 'why', get g() { return this.x }, set s(v) { L('s' + v) }, m" + (isOld ? ": function " : "") + "() { return typeof this.x }}; " +
    statements(4) + " L(a); L(b); L(c); })()";
}
function run(source) {
  fuel = 14;
  log = [];
  try {
    (0, eval)(source);
    return "ends";
  } catch (x) {
    return "throws " + describe(x);
  }
}

function line(source) {
  var end = run(source);
  return log.join("|") + " " + end + " in " + source;
}

var lines = [];
for (var p = 0; p < PROGRAMS; p++) lines.push(line(program()));
var RESULT = lines.join("\n").replace(/[^\n\x20-\x7e]/g, escape);
