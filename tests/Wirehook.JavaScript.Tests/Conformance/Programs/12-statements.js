// ECMA-262 5.1 §12: statements.
var out = "";
for (var i = 0; i < 5; i++) { if (i === 1) continue; if (i === 3) break; out += i; }
same(out, "02", "continue and break");
out = "";
outer: for (var a = 0; a < 3; a++) for (var b = 0; b < 3; b++) { if (b === 1) continue outer; if (a === 2) break outer; out += a + "" + b + " "; }
same(out, "00 10 ", "labels");
out = "";
block: { out += 1; if (out) break block; out += 2; }
same(out, "1", "break out of a block");
out = "";
do { out += i--; } while (i > 1);
same(out, "32", "do-while");
out = "";
for (var k in { b: 1, a: 2, 1: 3 }) out += k;
same(out, "1ba", "for-in order");
function Parent() { this.own = 1; }
Parent.prototype.inherited = 2;
out = "";
for (k in new Parent()) out += k + " ";
same(out, "own inherited ", "for-in inherits");
out = "";
for (k in null) out += k;
for (k in undefined) out += k;
for (k in "ab") out += k;
same(out, "01", "for-in of null, undefined and text");
out = "";
var shrinking = { a: 1, b: 2, c: 3 };
for (k in shrinking) { out += k; delete shrinking.b; }
same(out, "ac", "deleted properties are not visited");
var hidden = Object.create({ x: 1 }, { x: { value: 2, enumerable: false } });
out = "";
for (k in hidden) out += k;
same(out, "", "properties that cannot be enumerated hide inherited ones");
function pick(v) { switch (v) { case 1: return "one"; case "1": return "text"; default: return "none"; case 2: return "two"; } }
same(pick(1) + pick("1") + pick(2) + pick(3), "onetexttwonone", "switch compares strictly, default anywhere");
out = "";
switch (2) { case 1: out += 1; case 2: out += 2; case 3: out += 3; break; case 4: out += 4; }
same(out, "23", "switch falls through");
function tries(how) {
  var log = "";
  for (;;) {
    try {
      log += "t";
      if (how === "throw") throw "e";
      if (how === "return") return log;
      if (how === "break") break;
      log += "n";
    } catch (e) {
      log += "c" + e;
    } finally {
      log += "f";
      if (how === "return") return log + "!";
    }
    return log;
  }
  return log + "b";
}
same(tries("") + " " + tries("throw") + " " + tries("return") + " " + tries("break"), "tnf tcef tf! tfb", "try, catch and finally");
same((function () { try { return 1; } finally { out = "ran"; } })() + out, "1ran", "finally runs after return");
same((function () { for (var q = 0; q < 3; q++) { try { continue; } finally { if (q === 1) break; } } return q; })(), 1, "finally may leave the loop");
same((function () { try { throw 1; } catch (e) { try { throw 2; } catch (e) { } return e; } })(), 1, "catch parameters nest");
same((function () { var e = 1; try { throw 2; } catch (e) { e = 3; } return e; })(), 1, "catch parameters are local");
same((function () { try { throw 2; } catch (e) { var e = 3; } return e; })(), undefined, "var in catch writes the parameter");
same((function () { try { throw { m: 5 }; } catch ({ m }) { return m; } })(), 5, "patterns in catch");
same((function () { try { throw 1; } catch { return 2; } })(), 2, "catch without a parameter");
var scope = { v: 1, f: function () { return this === scope; } };
with (scope) { v = 2; var w = v; same(f(), true, "this of a call through with"); }
same(scope.v + w, 4, "with reads and writes the object");
with (scope) { var v = 7; }
same(scope.v, 7, "var in with writes the object");
with ({ x1: 1 }) { var g = function () { return x1; }; }
same(g(), 1, "closures keep the with object");
same((function () { if (true) { function inBlock() { return 1; } } return inBlock(); })(), 1, "functions in blocks are seen outside");
same((function () { return typeof inBlock; { function inBlock() {} } })(), "undefined", "after the block has run");
same((function () { "use strict"; { function inBlock() {} } return typeof inBlock; })(), "undefined", "but not in strict code");
same((function () { if (1) function f() { return 3; } return f(); })(), 3, "functions as the branch of an if");
same((function () { l: function f() { return 4; } return f(); })(), 4, "labelled functions");
fails(SyntaxError, "break", "break outside a loop");
fails(SyntaxError, "x: continue x", "continue to what is no loop");
fails(SyntaxError, "while (1) { break y }", "break to a missing label");
fails(SyntaxError, "x: x: ;", "a label twice");
fails(SyntaxError, "return", "return outside a function");
fails(SyntaxError, "throw\n1", "a line end after throw");
fails(SyntaxError, "try {}", "try alone");
fails(SyntaxError, "switch (1) { default: default: }", "two defaults");
fails(SyntaxError, "if (1) var a = 1 else 2", "a missing semicolon before else");

// What a return was on its way with does not survive a throw or a jump out of the finally block.
same((function () { try { try { return 1; } finally { throw 2; } } catch (e) { } })(), undefined, "a caught throw of finally ends a return");
same((function () { l: { try { return 1; } finally { break l; } } })(), undefined, "a break of finally ends a return");
same((function () { for (var i = 0; i < 2; i++) { try { return 1; } finally { continue; } } })(), undefined, "a continue of finally ends a return");
same((function () { try { return 1; } finally { l: { try { return 2; } finally { break l; } } } })(), 1, "an outer return survives an inner one that ended");
same((function () { try { return 1; } finally { try { throw 2; } catch (e) { } } })(), 1, "a return survives what finally catches");
