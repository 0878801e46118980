// ECMA-262 5.1 §15 and Annex B, clause by clause.
// §15.1.1 value properties of the global object
list(["NaN", "Infinity", "undefined"].map(function (n) { return Object.getOwnPropertyDescriptor(globalThis, n).writable; }), "false|false|false", "constants");
// §15.1.2 function properties of the global object
list([parseInt("12px"), parseInt("z", 36), parseFloat("-.5e1x"), isNaN("x"), isFinite("1")], "12|35|-5|true|true", "numbers from texts");
// §15.1.3 URI handling functions
same(decodeURIComponent(encodeURIComponent("\u20AC/ \uD83D\uDE00")), "\u20AC/ \uD83D\uDE00", "there and back");
same(encodeURI("a b/?#"), "a%20b/?#", "keeps reserved characters");
fails(URIError, "decodeURI('%C0%80')", "over-long sequences");
fails(URIError, "encodeURI('\\uD800')", "half of a pair");
// §15.1.4 constructor properties of the global object
list([Object, Function, Array, String, Boolean, Number, Date, RegExp, Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(function (f) { return f.length; }), "1|1|1|1|1|1|7|2|1|1|1|1|1|1|1", "their lengths");
// §15.1.5 other properties of the global object
same(typeof Math + typeof JSON, "objectobject", "Math and JSON");
// §15.2.1 Object called as a function
same(Object(null) instanceof Object && Object("a").length, 1, "makes objects");
// §15.2.2 the Object constructor
same((function (o) { return new Object(o) === o; })({}), true, "keeps objects");
// §15.2.3 properties of the Object constructor
list(Object.getOwnPropertyNames(Object.create({ z: 1 }, { a: { value: 1, enumerable: true }, b: { value: 2 } })), "a|b", "create, getOwnPropertyNames");
same(Object.isFrozen(Object.freeze({ a: 1 })) && Object.isSealed(Object.seal([1])) && !Object.isExtensible(Object.preventExtensions({})), true, "freeze, seal, preventExtensions");
same(Object.getPrototypeOf(Object.defineProperties([], { x: { get: function () { return 1; } } })) === Array.prototype, true, "defineProperties, getPrototypeOf");
list(Object.keys(Object.defineProperty({ a: 1 }, "b", { value: 1 })), "a", "keys, defineProperty");
// §15.2.4 properties of the Object prototype
same({}.toString.call(null) + {}.hasOwnProperty("a") + {}.propertyIsEnumerable.call([1], 0) + Array.prototype.isPrototypeOf([]), "[object Null]falsetruetrue", "its functions");
same({}.valueOf.call(1) == 1 && {}.toLocaleString() === "[object Object]", true, "valueOf and toLocaleString");
// §15.2.5 properties of Object instances
same(Object.getOwnPropertyNames({}).length, 0, "none");
// §15.3.1 Function called as a function
same(Function("a", "b, c", "return a + b + c")(1, 2, 3), 6, "makes functions");
// §15.3.2 the Function constructor
same(new Function("return this")() === globalThis, true, "of global scope");
fails(SyntaxError, function () { new Function("a b", ""); }, "of valid text");
// §15.3.3 properties of the Function constructor
attributes(Function, "prototype", "---", "prototype");
// §15.3.4 properties of the Function prototype
same(Math.max.apply(null, [1, 3, 2]) + Math.min.call(null, 4, 5), 7, "apply and call");
same(function (a, b) { return this.x + a + b; }.bind({ x: 1 }, 2)(3), 6, "bind");
same(eval("(" + function (a) { return a + 1; } + ")")(1), 2, "toString gives the source");
same(Function.prototype(), undefined, "is a function");
// §15.3.5 properties of Function instances
same(new (function (a) { }.bind(null, 1))() instanceof Object && function (a) { }.bind(null, 1).length, 0, "of bound functions");
// §15.4.1 Array called as a function
same(Array(3).length, 3, "makes arrays");
// §15.4.2 the Array constructor
fails(RangeError, "new Array(-1)", "of a valid length");
same(new Array("3").length, 1, "of elements");
// §15.4.3 properties of the Array constructor
same(Array.isArray(Array.prototype) && !Array.isArray({ length: 0 }), true, "isArray");
// §15.4.4 properties of the Array prototype
list([3, 1, 2].concat([4]).sort().reverse(), "4|3|2|1", "concat, sort, reverse");
list([1, 2, 3, 4].slice(-3, -1).concat([5, 6, 7].splice(1, 1)), "2|3|6", "slice, splice");
same([1, 2].push(3) + [1, 2].pop() + [1, 2].shift() + [1].unshift(0), 8, "push, pop, shift, unshift");
same([1, 2, 1].indexOf(1, 1) + [1, 2, 1].lastIndexOf(1, -2) + [1, 2].join("-"), "21-2".replace("2", 2), "indexOf, lastIndexOf, join");
same([1, 2].every(isFinite) && [1, 2].some(isFinite) && [1, 2, 3].filter(function (x) { return x & 1; }).length, 2, "every, some, filter");
same([[1], [2]].reduce(function (a, b) { return a.concat(b); }).length + [1, 2].reduceRight(function (a, b) { return a - b; }), 3, "reduce, reduceRight");
fails(TypeError, "[].reduce(function () { })", "nothing to reduce");
same([1, , 3].map(function (x) { return x; }).hasOwnProperty(1), false, "holes stay holes");
// §15.4.5 properties of Array instances
same((function (a) { a[4294967295] = 1; a[5] = 1; a.length = 2; return a.length + Object.keys(a).length; })([1, 2, 3]), 5, "length and indices");
fails(RangeError, "[].length = 1.5", "a valid length");
// §15.5.1 String called as a function
same(String(), "", "nothing");
same(String(null), "null", "anything");
// §15.5.2 the String constructor
same(typeof new String("a"), "object", "makes objects");
// §15.5.3 properties of the String constructor
same(String.fromCharCode(72, 105), "Hi", "fromCharCode");
// §15.5.4 properties of the String prototype
same("abc".charAt(1) + "abc".charCodeAt(2) + "abc".concat(1, 2), "b99abc12", "charAt, charCodeAt, concat");
same("abcabc".indexOf("c", 3) + "abcabc".lastIndexOf("b", 3), 6, "indexOf, lastIndexOf");
same("a".localeCompare("b") < 0 && "a".localeCompare("a") === 0, true, "localeCompare");
list("x1y22".match(/\d+/g), "1|22", "match");
same("abc".replace("b", "[$&$`$']") + "aaa".replace(/a/g, function (m, i) { return i; }) + "abc".search(/c/), "a[bac]c0122", "replace, search");
list("a1b2".split(/(\d)/), "a|1|b|2|", "split");
same("hello".slice(-3, -1) + "hello".substring(3, 1) + "\u0130a".toUpperCase() + "AB".toLowerCase() + " a\uFEFF".trim(), "llel\u0130Aaba", "slice, substring, case, trim");
// §15.5.5 properties of String instances
same((function (s) { "sloppy"; s[0] = "x"; return s[0] + s.length; })(new String("ab")), "a2", "indices and length are fixed");
// §15.6.1 Boolean called as a function
same(Boolean(new Boolean(false)), true, "objects are true");
// §15.6.2 the Boolean constructor
same(new Boolean(0).valueOf(), false, "makes objects");
// §15.6.3 properties of the Boolean constructor
attributes(Boolean, "prototype", "---", "prototype");
// §15.6.4 properties of the Boolean prototype
same(Boolean.prototype.toString() + true.toString(), "falsetrue", "toString");
fails(TypeError, "Boolean.prototype.valueOf.call(1)", "of booleans only");
// §15.6.5 properties of Boolean instances
same(Object.getOwnPropertyNames(new Boolean(1)).length, 0, "none");
// §15.7.1 Number called as a function
same(Number() + Number("12"), 12, "converts");
// §15.7.2 the Number constructor
same(new Number(3) + 1, 4, "makes objects");
// §15.7.3 properties of the Number constructor
list([Number.MAX_VALUE, Number.MIN_VALUE, Number.NaN, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY], "1.7976931348623157e+308|5e-324|NaN|-Infinity|Infinity", "constants");
// §15.7.4 properties of the Number prototype
list([(255).toString(16), (0.5).toString(2), (1.005).toFixed(2), (123.456).toExponential(2), (123.456).toPrecision(4), (1e21).toFixed(2)], "ff|0.1|1.00|1.23e+2|123.5|1e+21", "texts");
fails(RangeError, "(1).toString(1)", "a valid radix");
// §15.7.5 properties of Number instances
same(Object.keys(new Number(1)).length, 0, "none");
// §15.8.1 value properties of the Math object
list([Math.E, Math.LN10, Math.LN2, Math.LOG2E, Math.LOG10E, Math.PI, Math.SQRT1_2, Math.SQRT2].map(function (x) { return x.toFixed(3); }), "2.718|2.303|0.693|1.443|0.434|3.142|0.707|1.414", "constants");
// §15.8.2 function properties of the Math object
list([Math.abs(-1), Math.ceil(-0.5) === 0 && 1 / Math.ceil(-0.5), Math.floor(-0.5), Math.round(-0.5) === 0, Math.round(2.5), Math.max(), Math.min(), Math.pow(2, -1), Math.sqrt(-1), Math.atan2(0, -0) === Math.PI], "1|-Infinity|-1|true|3|-Infinity|Infinity|0.5|NaN|true", "functions");
same(Math.random() < 1 && Math.exp(0) + Math.log(1) + Math.sin(0) + Math.cos(0) + Math.tan(0) + Math.asin(0) + Math.acos(1) + Math.atan(0), 2, "the others");
// §15.9.1 overview of Date objects
same(new Date(8.64e15).getTime(), 8.64e15, "the last moment");
same(new Date(8.64e15 + 1).getTime(), NaN, "and none after it");
// §15.9.2 Date called as a function
same(typeof Date(0), "string", "gives the time as text");
// §15.9.3 the Date constructor
same(new Date(1970, 0).getTimezoneOffset() * 60000, new Date(1970, 0).getTime(), "local time");
same(new Date(99, 0).getFullYear(), 1999, "short years");
// §15.9.4 properties of the Date constructor
same(Date.UTC(2000, 1, 29, 12), 951825600000, "UTC");
same(Date.parse("2000-02-29T12:00:00Z"), 951825600000, "parse");
same(Date.now() > 1e12, true, "now");
// §15.9.5 properties of the Date prototype
same(new Date(951825600123).toISOString() + new Date(NaN).getDay(), "2000-02-29T12:00:00.123ZNaN", "toISOString and NaN");
same((function (d) { d.setUTCMonth(0, 31); d.setUTCHours(25, 61); return d.toISOString(); })(new Date(0)), "1970-02-01T02:01:00.000Z", "setters carry over");
fails(RangeError, "new Date(NaN).toISOString()", "no text of no time");
same(new Date(0).toJSON() + new Date(0).toUTCString(), "1970-01-01T00:00:00.000ZThu, 01 Jan 1970 00:00:00 GMT", "toJSON, toUTCString");
// §15.9.6 properties of Date instances
same(Object.getOwnPropertyNames(new Date()).length, 0, "none");
// §15.10.1 patterns
fails(SyntaxError, "new RegExp('a**')", "what repeats nothing");
fails(SyntaxError, "new RegExp('[b-a]')", "a range backwards");
// §15.10.2 pattern semantics
list(/((a)|(ab))((c)|(bc))/.exec("abc"), "abc|a|a||bc||bc", "the first way that works");
list(/(z)((a+)?(b+)?(c))*/.exec("zaacbbbcac"), "zaacbbbcac|z|ac|a||c", "captures are reset");
list(/(?=(a+))a*b\1/.exec("baaabac"), "aba|a", "look-ahead");
same(/\bfoo\b/.test("a foo!") && /^a$/m.test("b\na") && !/a(?!b)/.test("ab"), true, "assertions");
// §15.10.3 RegExp called as a function
same((function (r) { return RegExp(r) === r; })(/a/), true, "keeps regular expressions");
// §15.10.4 the RegExp constructor
same(new RegExp("/", "g").source + new RegExp("").source, "\\/(?:)", "source");
fails(SyntaxError, "new RegExp('a', 'gg')", "flags once");
// §15.10.5 properties of the RegExp constructor
attributes(RegExp, "prototype", "---", "prototype");
// §15.10.6 properties of the RegExp prototype
same(/a/gi.toString() + /a/.test("A") + /a/i.test("A"), "/a/gifalsetrue", "toString, test");
same((function (r) { r.exec("aXa"); return r.lastIndex + r.exec("aXa").index; })(/a/g), 3, "exec goes on");
// §15.10.7 properties of RegExp instances
attributes(/a/, "lastIndex", "w--", "lastIndex");
// §15.11.1 Error called as a function
same(Error("m").message, "m", "makes errors");
// §15.11.2 the Error constructor
same(new Error().hasOwnProperty("message"), false, "without a message");
// §15.11.3 properties of the Error constructor
attributes(Error, "prototype", "---", "prototype");
// §15.11.4 properties of the Error prototype
same(String(new Error("m")) + Error.prototype.toString.call({ name: "N" }), "Error: mN", "toString");
// §15.11.5 properties of Error instances
attributes(new Error("m"), "message", "w-c", "message");
// §15.11.6 native error types used in the standard
list([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(function (E) { return new E("m") instanceof Error && new E().name; }), "EvalError|RangeError|ReferenceError|SyntaxError|TypeError|URIError", "names");
// §15.11.7 NativeError object structure
same(TypeError("m") instanceof TypeError && TypeError.prototype.message, "", "called as functions");
// §15.12.1 the JSON grammar
fails(SyntaxError, "JSON.parse('{a:1}')", "names in quotes");
fails(SyntaxError, "JSON.parse('[01]')", "no leading zeros");
fails(SyntaxError, "JSON.parse('\"\\t\"')", "no control characters");
// §15.12.2 JSON.parse
same(JSON.parse('{"a":[1,{"b":2}]}', function (k, v) { return typeof v === "number" ? v * 2 : v; }).a[1].b, 4, "with a reviver");
same(JSON.parse('{"__proto__":1}').hasOwnProperty("__proto__"), true, "__proto__ is a name");
// §15.12.3 JSON.stringify
same(JSON.stringify({ a: [undefined, function () { }, NaN], b: undefined, c: new Date(0), d: "\u2028\"" }), '{"a":[null,null,null],"c":"1970-01-01T00:00:00.000Z","d":"\u2028\\""}', "values");
same(JSON.stringify({ b: 1, a: [2] }, ["a"], 1), '{\n "a": [\n  2\n ]\n}', "with a list and an indent");
fails(TypeError, "var c = {}; c.c = c; JSON.stringify(c)", "no cycles");
// §B.1.1 octal numeric literals
same(eval("017 + 08"), 23, "old octal numbers");
// §B.1.2 octal escapes in strings
same(eval("'\\101\\7\\377'"), "A\u0007\u00FF", "old octal escapes");
// §B.2.1 escape
same(escape("a b\u00FC\u20AC@*_+-./"), "a%20b%FC%u20AC@*_+-./", "escape");
// §B.2.2 unescape
same(unescape("%u20AC%FC%u20%"), "\u20AC\u00FC%u20%", "unescape");
// §B.2.3 String.prototype.substr
same("hello".substr(-3, 2) + "hello".substr(1), "llello", "substr");
// §B.2.4 Date.prototype.getYear
same(new Date(2001, 0).getYear(), 101, "getYear");
// §B.2.5 Date.prototype.setYear
same((function (d) { d.setYear(98); return d.getFullYear(); })(new Date(2001, 0)), 1998, "setYear");
// §B.2.6 Date.prototype.toGMTString
same(Date.prototype.toGMTString === Date.prototype.toUTCString, true, "toGMTString");
