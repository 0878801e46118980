// let and const, blocks and closures (ECMA-262 6 §13.3, §13.7).
same((() => { let a = 1; { let a = 2; } return a; })(), 1, "let is local to its block");
fails(ReferenceError, () => { early; let early = 1; }, "no use before the declaration");
fails(ReferenceError, () => { typeof early; let early = 1; }, "not even typeof");
fails(ReferenceError, () => { const f = () => early; f(); let early = 1; }, "nor from a closure");
fails(ReferenceError, () => { let self = self; }, "nor in its own value");
fails(TypeError, () => { const c = 1; c = 2; }, "const cannot be written");
fails(TypeError, () => { const c = 1; c++; }, "nor incremented");
fails(SyntaxError, "let a; let a", "let twice");
fails(SyntaxError, "let a; var a", "let and var");
fails(SyntaxError, "const c", "const without a value");
same((() => { let u; return u; })(), undefined, "let without a value");
const fs = [];
for (let i = 0; i < 3; i++) fs.push(() => i);
same(fs.map((f) => f()).join(), "0,1,2", "one binding per iteration");
const gs = [];
for (let i = 0; i < 3; i++) { gs.push(() => i); i++; }
same(gs.map((f) => f()).join(), "1,3", "written in the body");
const hs = [];
for (const k in { a: 1, b: 2 }) hs.push(() => k);
for (const v of [7, 8]) hs.push(() => v);
same(hs.map((f) => f()).join(), "a,b,7,8", "also in for-in and for-of");
const ws = [];
let n = 0;
while (n < 2) { let m = n++; ws.push(() => m); }
same(ws.map((f) => f()).join(), "0,1", "blocks make new bindings each time");
same((() => { switch (1) { case 0: let a; case 1: try { a; } catch (e) { return e.name; } } })(), "ReferenceError", "switch can pass over a declaration");
same((() => { let x = 1; { x = 2; } return x; })(), 2, "inner blocks write outer bindings");
same((() => { { function f() { return 1; } } { let f = 2; return f; } })(), 2, "functions in blocks beside let");
same((() => { let r = 0; for (let i = 0, j = 10; i < j; i++, j--) r++; return r; })(), 5, "two bindings in a head");
same((() => { for (let i = 0; ; i++) { if (i > 3) return i; } })(), 4, "return from a loop");
same((() => { try { throw 1; } catch (e) { let f = e + 1; return (() => f)(); } })(), 2, "closures in catch");
fails(ReferenceError, () => { for (let x of x) ; }, "the head's own name in its list");
same(typeof globalThis.fs, "undefined", "top-level const is no global property");
fails(ReferenceError, "(function () { with ({}) { early; } let early; })()", "a read inside with comes before the declaration");
fails(ReferenceError, "(function () { const own = (function () { with ({}) { return own; } })(); })()", "a constant is not there while its value is made, inside with either");
