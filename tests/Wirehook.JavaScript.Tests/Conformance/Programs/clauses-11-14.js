// ECMA-262 5.1 §11 to §14, clause by clause.
// §11.1.1 the this keyword
same(this === globalThis, true, "at the top");
// §11.1.2 identifier reference
fails(ReferenceError, "undeclared1112", "an undeclared name");
// §11.1.3 literal reference
same("a" + 1 + null + true, "a1nulltrue", "literals");
// §11.1.4 array initialiser
same([1, , 3, ].length, 3, "elisions and a comma at the end");
same(1 in [1, , 3], false, "an elision is no element");
// §11.1.5 object initialiser
list(Object.keys({ b: 1, "a": 2, 1: 3, get c() { return 4; } }), "1|b|a|c", "names of all kinds");
same({ a: 1, a: 2 }.a, 2, "the last one counts");
// §11.1.6 the grouping operator
same((1, 2) + (3), 5, "groups");
same(delete (function () { }).name, true, "a group keeps the reference");
// §11.2.1 property accessors
same({ "a b": 1 }["a " + "b"], 1, "by any text");
fails(TypeError, "undefined.a", "not of undefined");
// §11.2.2 the new operator
same(new (function () { this.a = 1; })().a, 1, "makes an object");
same(new (function () { return [7]; })()[0], 7, "unless an object is returned");
fails(TypeError, "new 5", "only of constructors");
// §11.2.3 function calls
same({ a: 1, f: function () { return this.a; } }.f(), 1, "the object becomes this");
fails(TypeError, "({}).f()", "only functions are called");
// §11.2.4 argument lists
same((function () { var s = ""; (function () { })(s += 1, s += 2); return s; })(), "12", "from left to right");
// §11.2.5 function expressions
same((function fact(n) { return n < 2 ? 1 : n * fact(n - 1); })(5), 120, "know their name");
// §11.3.1 postfix increment
same((function (a) { return a++ + a; })("1"), 3, "gives the old number");
// §11.3.2 postfix decrement
same((function (a) { return a-- + a; })(1), 1, "gives the old number");
// §11.4.1 the delete operator
same((function (o) { return delete o.a && !("a" in o) && delete o.b; })({ a: 1 }), true, "deletes");
fails(SyntaxError, "'use strict'; var a; delete a", "no variables in strict code");
fails(TypeError, function () { "use strict"; delete Object.prototype; }, "no permanent properties in strict code");
// §11.4.2 the void operator
same(void "a", undefined, "nothing");
// §11.4.3 the typeof operator
list([undefined, null, true, 1, "", {}, Math.sin].map(function (x) { return typeof x; }), "undefined|object|boolean|number|string|object|function", "types");
same(typeof undeclared1143, "undefined", "of what is not declared");
// §11.4.4 prefix increment
same((function (a) { return ++a + a; })("1"), 4, "gives the new number");
// §11.4.5 prefix decrement
same((function (a) { return --a + a; })(1), 0, "gives the new number");
// §11.4.6 unary plus
same(+"0x10", 16, "to a number");
// §11.4.7 unary minus
same(1 / -0, -Infinity, "of zero");
// §11.4.8 bitwise not
same(~5.7, -6, "of the integer");
// §11.4.9 logical not
same(!"" + !{}, 1, "of the truth");
// §11.5.1 the * operator
same(Infinity * 0, NaN, "without a result");
same("3" * "4", 12, "of texts");
// §11.5.2 the / operator
same(1 / 0 - 1 / -0, Infinity, "by zero");
// §11.5.3 the % operator
list([5 % 3, -5 % 3, 5 % -3, 5.5 % 2, 1 % Infinity, 1 / (-4 % 2)], "2|-2|2|1.5|1|-Infinity", "the sign of the dividend");
// §11.6.1 the + operator
same(1 + "2" + 3, "123", "strings win");
same([] + {}, "[object Object]", "objects become primitive");
// §11.6.2 the - operator
same("5" - 2, 3, "numbers");
// §11.6.3 additive operators on numbers
same(0.1 + 0.2, 0.30000000000000004, "rounded to the nearest");
same(Infinity - Infinity, NaN, "without a result");
// §11.7.1 the << operator
same(1 << 33, 2, "by five bits of the count");
// §11.7.2 the >> operator
same(-8 >> 1, -4, "keeps the sign");
// §11.7.3 the >>> operator
same(-8 >>> 28, 15, "fills with zeros");
// §11.8.1 the < operator
same("10" < "9" && 9 < "10", true, "texts and numbers");
// §11.8.2 the > operator
same((function (s) { ({ valueOf: function () { s += "l"; return 1; } }) > ({ valueOf: function () { s += "r"; return 0; } }); return s; })(""), "lr", "the left side first");
// §11.8.3 the <= operator
same(NaN <= NaN, false, "never of NaN");
// §11.8.4 the >= operator
same(null >= 0, true, "null is zero");
// §11.8.5 the abstract relational comparison
same("a" < "B" || undefined < 1, false, "by units; undefined is NaN");
same("\uD800" < "\uFFFF", true, "by units of 16 bits");
// §11.8.6 the instanceof operator
same([] instanceof Object && !(1 instanceof Number), true, "looks at prototypes");
fails(TypeError, "1 instanceof 1", "of functions only");
// §11.8.7 the in operator
same("a" in { a: undefined } && 0 in [1] && !("b" in {}), true, "asks for properties");
fails(TypeError, "'a' in 'abc'", "of objects only");
// §11.9.1 the == operator
same(null == undefined && "1" == 1 && true == "1" && [2] == 2, true, "converts");
// §11.9.2 the != operator
same(NaN != NaN, true, "NaN differs from itself");
// §11.9.3 the abstract equality comparison
same(null == 0 || undefined == 0 || "" == null || {} == {}, false, "what is never equal");
// §11.9.4 the === operator
same(0 === -0 && "a" === "a" && !("1" === 1), true, "without conversion");
// §11.9.5 the !== operator
same([] !== [], true, "two objects");
// §11.9.6 the strict equality comparison
same(NaN === NaN || null === undefined, false, "what is never equal");
// §11.10 binary bitwise operators
list([6 & 3, 6 | 3, 6 ^ 3, 4294967295 & -1, "5" | 0], "2|7|5|-1|5", "on 32 bits");
// §11.11 binary logical operators
same((0 || "a") + (1 && "b") + (0 && x1111) + (1 || x1111), "ab01", "give an operand, and may not evaluate the other");
// §11.12 the conditional operator
same(0 ? x1112 : 1 ? 2 : 3, 2, "evaluates one branch");
// §11.13.1 simple assignment
same((function () { var a, b; a = b = 3; return a + b; })(), 6, "from right to left");
fails(ReferenceError, "'use strict'; undeclared11131 = 1", "no new globals in strict code");
fails(TypeError, "'use strict'; Object.freeze([1])[0] = 2", "nothing read-only in strict code");
fails(SyntaxError, "'use strict'; eval = 1", "not eval in strict code");
// §11.13.2 compound assignment
same((function (a) { a += a -= 2; return a; })(5), 8, "takes the left value first");
// §11.14 the comma operator
same((1, 2, 3), 3, "gives the last");
// §12.1 block
same(eval("{ 1; { 2; } }"), 2, "the last value");
// §12.2 variable statement
same((function () { var a = 1, b = a + 1; return b; })(), 2, "in order");
fails(SyntaxError, "'use strict'; var arguments", "not arguments in strict code");
// §12.3 empty statement
same(eval("4;;;"), 4, "keeps the value");
// §12.4 expression statement
fails(SyntaxError, "function () { }", "does not begin with function");
same(eval("({ a: 5 }).a"), 5, "nor with a brace");
// §12.5 the if statement
same(eval("if (0) 1; else if ('') 2; else 3"), 3, "else belongs to the nearest if");
// §12.6.1 do-while
same((function (i) { do i++; while (i < 3) return i; })(5), 6, "runs at least once");
// §12.6.2 while
same((function (i) { while (i < 3) i++; return i; })(5), 5, "may never run");
// §12.6.3 for
same((function (s) { for (var i = 0, j = 5; i < j; i++, j--) s += i + "" + j; return s; })(""), "051423", "head and body");
// §12.6.4 for-in
same((function (s) { for (var k in { b: 1, a: 2, 0: 3 }) s += k; return s; })(""), "0ba", "names in order");
same((function (n) { for (var k in null) n++; return n; })(0), 0, "nothing in null");
same((function (s) { var o = { a: 1, b: 2 }; for (var k in o) { s += k; delete o.b; } return s; })(""), "a", "what is deleted is not visited");
// §12.7 continue
same((function (n) { l: for (var i = 0; i < 3; i++) for (; ;) { n++; continue l; } return n; })(0), 3, "to a label");
fails(SyntaxError, "l: { continue l; }", "only to loops");
// §12.8 break
same((function () { l: { break l; return 1; } return 2; })(), 2, "out of a label");
fails(SyntaxError, "break", "only inside something");
// §12.9 return
same((function () { return; })(), undefined, "nothing");
fails(SyntaxError, "return 1", "only in functions");
// §12.10 with
same((function (o) { with (o) { a = 2; var b = 3; } return o.a + b; })({ a: 1 }), 5, "assigns properties that are there");
fails(SyntaxError, "'use strict'; with ({}) { }", "not in strict code");
// §12.11 switch
same((function (s) { switch (3) { default: s += "d"; case 1: s += 1; break; case "3": s += "t"; } return s; })(""), "d1", "compares strictly and falls through");
fails(SyntaxError, "switch (1) { default: default: }", "one default");
// §12.12 labelled statements
fails(SyntaxError, "l: l: ;", "labels differ");
same(eval("a: b: 7"), 7, "several labels");
// §12.13 throw
same((function () { try { throw 8; } catch (e) { return e; } })(), 8, "anything");
fails(SyntaxError, "throw\n1", "on one line");
// §12.14 try
same((function () { try { return 1; } finally { return 2; } })(), 2, "finally wins");
same((function () { var e = 1; try { throw 2; } catch (e) { e = 3; } return e; })(), 1, "the parameter is the handler's own");
fails(SyntaxError, "try { }", "catch or finally");
// §12.15 debugger
same(eval("9; debugger"), 9, "does nothing");
// §13.1 strict mode restrictions
fails(SyntaxError, "function f(a, a) { 'use strict'; }", "equal parameters");
fails(SyntaxError, "function eval() { 'use strict'; }", "named eval");
fails(SyntaxError, "(function (arguments) { 'use strict'; })", "a parameter named arguments");
// §13.2 creating function objects
same((function (a, b) { }).length, 2, "length counts parameters");
attributes(function () { }, "prototype", "w--", "prototype");
// §13.2.1 [[Call]]
same((function () { })(), undefined, "gives undefined without return");
// §13.2.2 [[Construct]]
same((function () { function F() { } F.prototype = 1; return Object.getPrototypeOf(new F()) === Object.prototype; })(), true, "a primitive prototype does not count");
// §13.2.3 the [[ThrowTypeError]] function object
fails(TypeError, function () { "use strict"; arguments.callee; }, "poisons callee");
fails(TypeError, "(function () { 'use strict'; }).caller", "poisons caller");
// §14.1 directive prologues and the use strict directive
same((function () { "other"; "use strict"; return this; })(), undefined, "among other directives");
same((function () { "use\x20strict"; return this === undefined; })(), false, "written without escapes");
