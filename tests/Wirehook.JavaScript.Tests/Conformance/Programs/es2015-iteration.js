// for-of, Map and Set (ECMA-262 6 §13.7.5, §23.1, §23.2).
let out = "";
for (const x of [1, , 3]) out += x;
for (const x of "a\uD83D\uDE00") out += x.length;
same(out, "1undefined312", "arrays with holes and strings by code point");
out = "";
for (const x of [1, 2, 3, 4]) { if (x === 2) continue; if (x === 4) break; out += x; }
same(out, "13", "continue and break");
const growing = [1, 2];
out = "";
for (const x of growing) { out += x; if (growing.length < 4) growing.push(x * 10); }
same(out, "121020", "arrays may grow meanwhile");
fails(TypeError, () => { for (const x of { a: 1 }) ; }, "objects are no lists");
fails(TypeError, () => { for (const x of 5) ; }, "nor are numbers");
(function () { let s = 0; for (const x of arguments) s += x; same(s, 6, "arguments"); })(1, 2, 3);
const map = new Map([["a", 1], ["b", 2]]);
map.set("c", 3).set("a", 9);
same([map.size, map.get("a"), map.has("b"), map.get("x")].join(), "3,9,true,", "Map keeps values");
out = "";
for (const [k, v] of map) out += k + v;
same(out, "a9b2c3", "Map in order of insertion");
same(map.delete("b") && !map.delete("b") && map.size, 2, "delete");
map.set("b", 0);
out = "";
map.forEach((v, k, m) => { out += k + v + (m === map); });
same(out, "a9truec3trueb0true", "forEach");
const keys = new Map();
const objectKey = {};
keys.set(NaN, "nan").set(objectKey, "object").set(0, "zero").set("0", "text");
same(keys.get(NaN) + keys.get(objectKey) + keys.get(-0) + keys.get("0") + keys.get({}), "nanobjectzerotextundefined", "keys of all kinds");
out = "";
const live = new Set([1, 2, 3]);
for (const x of live) { out += x; live.delete(x); if (x < 3) live.add(x + 10); }
same(out, "1231112", "a Set may change meanwhile");
same([...new Set([3, 1, 3, 2, 1])].join(), "3,1,2", "Set keeps the first");
same(new Set("hello").size + new Set().size, 4, "Set of a string");
same([...map.keys()].join() + [...map.values()].join() + [...map.entries()].length, "a,c,b9,3,03", "keys, values and entries");
map.clear();
same(map.size, 0, "clear");
fails(TypeError, () => Map(), "Map without new");
fails(TypeError, () => new Map([1]), "Map of what are no pairs");
same(Object.prototype.toString.call(new Map()) + Object.prototype.toString.call(new Set()), "[object Map][object Set]", "classes");
same(Array.from(new Map([[1, 2]])).join() + Array.from(new Set([5]), (x) => x + 1), "1,26", "Array.from");
const [first, ...rest] = new Set([1, 2, 3]);
same(first + rest.length, 3, "destructuring a Set");
out = "";
for (const [i, v] of ["x", "y"].entries()) out += i + v;
same(out, "0x1y", "entries of arrays");
same([...["x", "y"].keys()].join() + [...["x"].values()].join() + [...Array.prototype.entries.call("z")].join(), "0,1x0,z", "keys, values and entries of what is like an array");
