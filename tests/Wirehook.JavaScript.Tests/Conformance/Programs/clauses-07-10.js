// ECMA-262 5.1 §7 to §10, clause by clause.
// §7.1 Unicode format-control characters
same(eval("'a\u200Db'").length, 3, "format-control characters stay in strings");
fails(SyntaxError, "var a\u200B = 1", "a zero-width space is no part of a name");
// §7.2 white space
same(eval("1\t\v\f \u00A0\uFEFF\u1680\u3000+ 2"), 3, "every kind of white space");
// §7.3 line terminators
same(eval("1\n+\r2\u2028+\u20293\r\n+ 4"), 10, "every line terminator");
// §7.4 comments
same(eval("1 /* + 2 */ + /* ** // */ 3 // + 4"), 4, "comments are white space");
same(eval("(function () { return /*\n*/ 1 })()"), undefined, "a comment with a line end is a line end");
fails(SyntaxError, "/* /* */ */", "comments do not nest");
// §7.5 tokens
same(eval("1+ +1"), 2, "the longest token wins");
fails(SyntaxError, "var a = 1; a++ +++a ++", "tokens are taken greedily");
// §7.6 identifier names and identifiers
same(eval("var $\\u0061b1 = 5; $ab1"), 5, "dollar signs, digits and escapes");
same(eval("({ new: 1, typeof: 2 }).typeof"), 2, "reserved words name properties");
fails(SyntaxError, "var typeof = 1", "reserved words are no identifiers");
fails(SyntaxError, "'use strict'; var static = 1", "strict code reserves more");
// §7.7 punctuators
same(eval("var p = 16; p >>>= 1; p <<= 2; p ^= 1; p |= 2; p &= 31; p %= 30; p"), 3, "compound punctuators");
// §7.8.1 null literals
same(typeof null, "object", "null");
// §7.8.2 boolean literals
same(true + true, 2, "true is one");
same(String(false), "false", "false");
// §7.8.3 numeric literals
same(0xFF + .5 + 1.e1 + 2E-1, 265.7, "forms of numbers");
fails(SyntaxError, "3x", "a name right after a number");
// §7.8.4 string literals
same("\b\t\n\v\f\r\"\'\\\0\x41\u0042".length, 12, "escapes");
fails(SyntaxError, "'\\x4'", "short escapes");
// §7.8.5 regular expression literals
same(/\/[/]/.test("//"), true, "slashes inside");
same(function () { return /a/; }() === function () { return /a/; }(), false, "each evaluation makes an object");
// §7.9 automatic semicolon insertion
same(eval("var x7\n=\n1\nx7\n++\nx7\nx7"), 2, "a restricted production");
fails(SyntaxError, "{ 1 2 } 3", "no line end, no semicolon");
fails(SyntaxError, "for (a; b\n)", "never in the head of for");
// §8.1 the undefined type
same(typeof undefined, "undefined", "undefined");
same(void 0, undefined, "the one value");
// §8.2 the null type
same(null === null, true, "equal to itself");
// §8.3 the boolean type
same(typeof !0, "boolean", "two values");
// §8.4 the string type
same("\uD834\uDD1E".length, 2, "units of 16 bits");
same("abc"[1], "b", "units by index");
// §8.5 the number type
same(1 / (0 * -1), -Infinity, "two zeros");
same(5e-324 / 2, 0, "the smallest number");
same(1.7976931348623157e308 * 2, Infinity, "the largest number");
// §8.6 the object type
attributes({ a: 1 }, "a", "wec", "properties of literals");
attributes([], "length", "w--", "the length of arrays");
// §8.7 the reference specification type
fails(ReferenceError, function () { return unresolvable; }, "an unresolvable name has no value");
same((function () { unresolvable87 = 1; return delete globalThis.unresolvable87; })(), true, "assigning an unresolvable name makes a global");
fails(ReferenceError, function () { "use strict"; unresolvable = 1; }, "but not in strict code");
// §8.8 the list specification type
same((function () { return arguments.length; })(1, (2, 3), [4]), 3, "lists of arguments");
// §8.9 the completion specification type
same(eval("1; do { 2; break; } while (0)"), 2, "the value that a break takes along");
same(eval("3; ;"), 3, "an empty completion keeps the value before");
// §8.10 property descriptors
same("value" in Object.getOwnPropertyDescriptor({ get a() { return 1; } }, "a"), false, "an accessor has no value");
same(typeof Object.getOwnPropertyDescriptor({ get a() { return 1; } }, "a").get, "function", "but a getter");
// §8.11 lexical environments
same((function () { var a = 1; return function () { return a++; }; })()(), 1, "closures keep their environment");
// §8.12 internal methods of objects
same(Object.create({ a: 1 }).a, 1, "[[Get]] looks at prototypes");
same((function (o) { o.a = 2; return Object.keys(o).length; })(Object.create({ a: 1 })), 1, "[[Put]] shadows");
same((function (o) { o.a = 2; return o.a; })(Object.create(Object.freeze({ a: 1 }))), 1, "[[CanPut]] asks the prototype");
same(delete Object.freeze({ a: 1 }).a, false, "[[Delete]] of what is not configurable");
same("" + { toString: function () { return {}; }, valueOf: function () { return 1; } }, "1", "[[DefaultValue]] tries both");
// §9.1 ToPrimitive
same({ valueOf: function () { return 2; }, toString: function () { return "s"; } } + 1, 3, "numbers first");
same(new Date(0) + 1, new Date(0).toString() + "1", "dates give strings");
// §9.2 ToBoolean
list([undefined, null, false, 0, NaN, "", "0", [], {}].map(Boolean), "false|false|false|false|false|false|true|true|true", "truth");
// §9.3 ToNumber
list([undefined, null, true, "", " 12 ", "0x1f", "1e1", "1x", "Infinity", "-0x1"].map(Number), "NaN|0|1|0|12|31|10|NaN|Infinity|NaN", "numbers");
// §9.4 ToInteger
list(["abc".charAt(1.9), "abc".charAt(-0.9), "abc".charAt(NaN)], "b|a|a", "towards zero");
// §9.5 ToInt32
list([4294967296, 2147483648, -2147483649, NaN, Infinity, 1.9].map(function (x) { return x | 0; }), "0|-2147483648|2147483647|0|0|1", "modulo 2^32, signed");
// §9.6 ToUint32
same(-1 >>> 0, 4294967295, "modulo 2^32, unsigned");
// §9.7 ToUint16
same(String.fromCharCode(65536 + 65), "A", "modulo 2^16");
// §9.8 ToString
list([undefined, null, true, -0, 1e21, 1e-7, 123456789012345680000, 0.000001, [1, [2]], {}].map(String), "undefined|null|true|0|1e+21|1e-7|123456789012345680000|0.000001|1,2|[object Object]", "strings");
// §9.9 ToObject
fails(TypeError, function () { null.a; }, "null has no object");
same(typeof Object(1), "object", "numbers have");
// §9.10 CheckObjectCoercible
fails(TypeError, function () { String.prototype.trim.call(undefined); }, "undefined is not coercible");
// §9.11 IsCallable
list([Math.max, /a/, {}, null].map(function (x) { return typeof x === "function"; }), "true|false|false|false", "functions");
fails(TypeError, function () { [1].map({}); }, "callbacks must be callable");
// §9.12 the SameValue algorithm
same(Object.defineProperty(Object.freeze([NaN]), 0, { value: NaN })[0], NaN, "NaN is the same as NaN");
fails(TypeError, function () { Object.defineProperty(Object.freeze([0]), 0, { value: -0 }); }, "the two zeros are not the same");
// §10.1 types of executable code
same((function () { "use strict"; return this; })(), undefined, "strict code");
same((function () { "not a directive" + ""; "use strict"; return this; })() === undefined, false, "a directive comes first");
same(eval("'use strict'; var own101 = 1; own101") + typeof own101, "1undefined", "strict eval code");
// §10.2 lexical environments
same((function f() { f = 1; return typeof f; })(), "function", "the own name is immutable");
fails(TypeError, function () { "use strict"; (function f() { f = 1; })(); }, "and says so in strict code");
same((function () { with ({ a: 1 }) { return a; } })(), 1, "object environments");
// §10.3 execution contexts
same((function () { return this; }).call(5) == 5, true, "this binding");
same((function () { var a = 1; { a = 2; } return a; })(), 2, "one variable environment per function");
// §10.4 establishing an execution context
same((0, eval)("this") === globalThis, true, "indirect eval has the global this");
same((function () { var local = 1; return eval("local"); })(), 1, "direct eval sees the caller's variables");
same((function () { var evalLocal = 1; return (0, eval)("typeof evalLocal"); })(), "undefined", "indirect eval does not");
// §10.5 declaration binding instantiation
same((function (a) { var a; function a() { } return typeof a; })(1), "function", "functions win over parameters");
same((function (a) { return a; var a = 2; })(1), 1, "a declared parameter keeps its value");
same((function () { return typeof g; var g = 1; function g() { } })(), "function", "functions are hoisted with their value");
// §10.6 arguments object
same((function (a) { arguments[0] = 2; return a; })(1), 2, "shares the parameters");
same((function (a) { "use strict"; arguments[0] = 2; return a; })(1), 1, "not in strict code");
same((function (a) { delete arguments[0]; arguments[0] = 2; return a; })(1), 1, "nor once deleted");
same(Object.prototype.toString.call((function () { return arguments; })()), "[object Arguments]", "its class");
fails(TypeError, function () { "use strict"; return arguments.callee; }, "no callee in strict code");
