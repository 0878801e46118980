// ECMA-262 5.1 §13 and §15.3: function objects.
function f(a, b) { return a + b; }
same(f.length, 2, "length");
same(f.name, "f", "name");
attributes(f, "length", "--c", "attributes of length");
attributes(f, "prototype", "w--", "attributes of prototype");
attributes(f.prototype, "constructor", "w-c", "attributes of constructor");
same(f.prototype.constructor, f, "prototype and constructor");
same(Object.prototype.toString.call(f), "[object Function]", "class");
same(f.toString(), "function f(a, b) { return a + b; }", "the source as written");
same(f.call(null, 1, 2) + f.apply(null, [3, 4]), 10, "call and apply");
same(f.apply(null, { length: 2, 0: 5, 1: 6 }), 11, "apply with what is like an array");
same(f.apply(null, null), NaN, "apply without arguments");
fails(TypeError, function () { f.apply(null, 5); }, "apply with a number");
var bound = f.bind(null, 1);
same(bound(2) + bound.length, 4, "bind keeps arguments and counts the rest");
same(bound.name, "bound f", "name of a bound function");
same(bound.hasOwnProperty("prototype"), false, "bound functions have no prototype");
function Point(x, y) { this.x = x; this.y = y; }
var At1 = Point.bind(null, 1);
var p = new At1(2);
same(p.x + p.y, 3, "new of a bound function");
same(p instanceof Point && p instanceof At1, true, "instanceof a bound function");
same((function () { return this; }).bind(5)() instanceof Number, true, "bound this is converted in sloppy code");
same(new Function("a", "b", "return a * b")(3, 4), 12, "the Function constructor");
same(new Function("a, b", "return a - b").length, 2, "parameters in one text");
same(Function("return this")() === this, true, "made functions are global and sloppy");
same((function () { var local = 1; return typeof new Function("return typeof local")(); })(), "string", "and do not see locals");
fails(SyntaxError, function () { new Function("a", "}, function () {"); }, "a body cannot close the function");
fails(SyntaxError, function () { new Function("/*", "*/ ) {"); }, "nor can parameters comment it out");
function Base() {}
Base.prototype.hello = function () { return "hello"; };
function Derived() { Base.call(this); }
Derived.prototype = Object.create(Base.prototype, { constructor: { value: Derived } });
same(new Derived().hello() + (new Derived() instanceof Base), "hellotrue", "inheritance");
fails(TypeError, function () { ({}) instanceof {}; }, "instanceof an object");
same(Function.prototype() === undefined && Function.prototype.length === 0, true, "Function.prototype is a function");
same((function () { return arguments.length; }).apply(null, new Array(3)), 3, "apply with holes");
var counter = (function () { var n = 0; return { up: function () { return ++n; }, get n() { return n; } }; })();
counter.up();
same(counter.up() + counter.n, 4, "closures share variables");
same((function fact(n) { return n < 2 ? 1 : n * fact(n - 1); })(10), 3628800, "recursion by own name");
fails(TypeError, function () { (function () { "use strict"; }).caller; }, "strict functions have no caller");
var fs = [];
for (var i = 0; i < 3; i++) fs.push(function () { return i; });
same(fs[0]() + fs[1](), 6, "var is one per function");
