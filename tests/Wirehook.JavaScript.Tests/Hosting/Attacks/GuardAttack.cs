namespace Wirehook.JavaScript.Tests.Hosting.Attacks;

/// <summary>A script that does harm if nothing stops it.</summary>
/// <param name="Guard">The guard that must stop it.</param>
/// <param name="Name">What it does.</param>
/// <param name="Source">Its code, run as the top level of a script.</param>
internal sealed record GuardAttack(JsGuardKind Guard, string Name, string Source)
{
    /// <summary>Every attack, by guard.</summary>
    internal static IReadOnlyList<GuardAttack> All { get; } =
    [
        .. Of(JsGuardKind.Time, TimeAttacks), .. Of(JsGuardKind.StackDepth, StackAttacks), .. Of(JsGuardKind.Memory, MemoryAttacks), .. Of(JsGuardKind.RegularExpression, RegExpAttacks),
    ];

    private static (string, string)[] TimeAttacks =>
    [
        ("empty loop", "for (;;) ;"),
        ("loop that catches everything", "for (;;) { try { for (;;) {} } catch (e) {} finally { continue } }"),
        ("throwing and catching", "while (true) { try { throw {} } catch (e) {} }"),
        ("sort with a comparator that never returns", "[2, 1].sort(function () { for (;;) ; })"),
        ("sort of many with a lying comparator", "var a = []; for (var i = 0; i < 1e5; i++) a.push(i); for (;;) a.sort(function () { return 1 })"),
        ("replace with a callback that never returns", "'aaa'.replace(/a/g, function () { while (1) ; })"),
        ("getter that never returns", "({get x() { for (;;) ; }}).x"),
        ("toString that never returns", "'' + {toString: function () { for (;;) ; }}"),
        ("toJSON that never returns", "JSON.stringify({toJSON: function () { for (;;) ; }})"),
        ("reviver that never returns", "JSON.parse('[1]', function () { for (;;) ; })"),
        ("eval loop", "for (var i = 0; ; i++) eval('i + ' + i)"),
        ("Function constructor loop", "for (var i = 0; ; i++) new Function('return ' + i)()"),
        ("array-like of 2^53 elements", "Array.prototype.indexOf.call({length: 9e15}, 1)"),
        ("sorting an array-like of 2^53 elements", "Array.prototype.reverse.call({length: 9e15})"),
        ("iteration that feeds itself", "var s = new Set([0]); for (var v of s) { s.delete(v); s.add(v + 1) }"),
        ("exponential recursion", "function f(n) { return n < 2 ? 1 : f(n - 1) + f(n - 2) } f(90)"),
        ("long joins again and again", "var a = Array(1e5); for (;;) a.join()"),
        ("dates", "for (;;) new Date('Tue Mar 01 2022 10:00:00 GMT+0100').toString()"),
    ];

    private static (string, string)[] StackAttacks =>
    [
        ("plain recursion", "function f() { f() } f()"),
        ("recursion in catch and finally", "function f() { try { f() } catch (e) { f() } finally { f() } } f()"),
        ("recursion through getters", "var o = {get x() { return this.x }}; o.x"),
        ("recursion through setters", "var o = {set x(v) { this.x = v }}; o.x = 1"),
        ("recursion through toString", "var o = {toString: function () { return '' + this }}; '' + o"),
        ("recursion through valueOf", "var o = {valueOf: function () { return this + 1 }}; o + 1"),
        ("recursion through sort comparators", "function f() { return [2, 1].sort(f) } f()"),
        ("recursion through replace callbacks", "function f() { return 'a'.replace(/a/, f) } f()"),
        ("recursion through forEach", "var f = function () { [1].forEach(f) }; f()"),
        ("recursion through constructors", "function F() { new F() } new F()"),
        ("recursion through toJSON", "var o = {toJSON: function () { return JSON.stringify(o) }}; JSON.stringify(o)"),
        ("recursion through eval", "function f() { eval('f()') } f()"),
        ("recursion through bound functions", "var f = function () { g() }, g = f.bind(null); g()"),
        ("recursion through apply", "var f = function () { f.apply(this, arguments) }; f(1, 2, 3)"),
        ("JSON.stringify of 100,000 levels", "var a = []; for (var i = 0; i < 1e5; i++) a = [a]; JSON.stringify(a)"),
    ];

    private static (string, string)[] MemoryAttacks =>
    [
        ("string doubling", "var s = 'x'; for (;;) s += s"),
        ("join of a huge array", "Array(2e8).join('ab')"),
        ("array of objects", "var a = []; for (;;) a.push({i: a.length})"),
        ("array of distinct strings", "var a = []; for (;;) a.push('text ' + a.length)"),
        ("array concatenated with itself", "var a = [1]; for (;;) a = a.concat(a)"),
        ("spread of a huge array", "var a = [1]; for (;;) a = [...a, ...a]"),
        ("spread into a call", "var a = Array(3e6); Math.max(...a, ...a, ...a)"),
        ("property-name bomb", "var o = {}; for (var i = 0; ; i++) o['key' + i] = i"),
        ("closure hoard", "var f = null; for (;;) { let g = f; f = function () { return g } }"),
        ("linked list", "var r = null; for (;;) r = {next: r}"),
        ("Map that grows", "var m = new Map(); for (var i = 0; ; i++) m.set(i, {})"),
        ("repeat", "'x'.repeat(5e8)"),
        ("replace with itself", "var s = Array(1e4).join('x'); s.replace(/x/g, s)"),
        ("JSON.parse hoard", "var a = []; for (;;) a.push(JSON.parse('[[1],[2],[3]]'))"),
        ("recursion that holds strings", "function f(s) { return f(s + s) + s } f('0123456789')"),
        ("RegExp results", "var a = []; for (;;) a.push(/(.)(.)/.exec('ab'))"),
    ];

    private static (string, string)[] RegExpAttacks =>
    [
        ("nested quantifier", "/(a+)+$/.test(Array(64).join('a') + '!')"),
        ("nested star", "/(a*)*b/.test(Array(64).join('a'))"),
        ("overlapping alternatives", "/^(a|aa)+$/.test(Array(128).join('a') + '!')"),
        ("optional groups", "/^(a?){30}a{30}$/.test(Array(30).join('a'))"),
        ("words", "/^(\\w+\\s?)*$/.test(Array(16).join('word ') + Array(40).join('a') + '!')"),
        ("mail addresses", "/^([a-zA-Z0-9])(([\\-.]|[_]+)?([a-zA-Z0-9]+))*(@){1}$/.test(Array(64).join('a') + '!')"),
        ("back-reference", "/^((a+)+)\\1b/.test(Array(64).join('a'))"),
        ("look-ahead", "/^(?=(a+)+b)a/.test(Array(64).join('a') + '!')"),
        ("in replace", "(Array(64).join('a') + '!').replace(/(a|a)*$/, '')"),
        ("in split", "(Array(64).join('a') + '!').split(/(x+x+)+y|(a+)+b/)"),
        ("in match with the flag g", "(Array(64).join('a') + '!').match(/(a+)+b/g)"),
        ("lazy quantifiers", "/^(a+?)+?b$/.test(Array(64).join('a') + '!')"),
        ("made at run time", "new RegExp('(' + Array(9).join('a*') + ')*b').test(Array(200).join('a'))"),
    ];

    public override string ToString() => $"{Guard}: {Name}";

    private static IEnumerable<GuardAttack> Of(JsGuardKind guard, (string Name, string Source)[] attacks) => attacks.Select(a => new GuardAttack(guard, a.Name, a.Source));
}
