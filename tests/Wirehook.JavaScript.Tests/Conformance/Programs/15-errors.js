// ECMA-262 5.1 §15.11: errors.
var kinds = [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError];
for (var i = 0; i < kinds.length; i++) {
  var K = kinds[i];
  var e = new K("message");
  same(String(e), K.name + ": message", "text of " + K.name);
  same(e instanceof K && e instanceof Error, true, "prototype of " + K.name);
  same(K("message") instanceof K, true, K.name + " without new");
  same(Object.prototype.toString.call(e), "[object Error]", "class of " + K.name);
  same(Object.keys(e).length, 0, "nothing to enumerate in " + K.name);
  same(K.prototype.hasOwnProperty("message") && K.prototype.message === "", true, "message of the prototype of " + K.name);
  same(K.length, 1, "length of " + K.name);
}
same(new Error().hasOwnProperty("message"), false, "no message");
same(new Error(undefined).hasOwnProperty("message"), false, "an undefined message");
same(String(new Error("")), "Error", "text without a message");
same(Error.prototype.toString.call({ name: "N", message: "m" }), "N: m", "toString of other objects");
same(Error.prototype.toString.call({ message: "m" }), "Error: m", "without a name");
fails(TypeError, function () { Error.prototype.toString.call(1); }, "toString of a number");
attributes(new Error("x"), "message", "w-c", "attributes of message");
function thrown(code) {
  try { code(); } catch (e) { return e; }
}
same(thrown(function () { throw 5; }), 5, "anything can be thrown");
same(thrown(function () { null.x; }).name, "TypeError", "errors of the engine");
same(thrown(function () { null.x; }).message, "Cannot read properties of null (reading 'x')", "message for null");
same(thrown(function () { undefined.x = 1; }).message, "Cannot set properties of undefined (setting 'x')", "message for undefined");
same(thrown(function () { missing; }).message, "missing is not defined", "message for a missing name");
same(thrown(function () { var o = {}; o.f(); }).message, "o.f is not a function", "message for a call");
same(thrown(function () { var v = 1; v(); }).message, "v is not a function", "message for a call of a variable");
same(thrown(function () { new (function () {}.x)(); }) instanceof TypeError, true, "construction of undefined");
same(thrown(function () { eval("var"); }).name, "SyntaxError", "errors of eval");
same(typeof new Error("x").stack, "string", "stack");
same(new Error("x").stack.split("\n")[0], "Error: x", "its first line");
function Custom(m) { this.message = m; }
Custom.prototype = Object.create(Error.prototype);
Custom.prototype.name = "Custom";
same(String(new Custom("m")), "Custom: m", "errors of scripts");
