namespace Wirehook.JavaScript.Tests.Evaluation;

/// <summary>Messages read as those of V8, which people know and search for.</summary>
public class MessageTests
{
    [Theory]
    [InlineData("undefinedVar", "ReferenceError: undefinedVar is not defined")]
    [InlineData("null.foo", "TypeError: Cannot read properties of null (reading 'foo')")]
    [InlineData("var o = {}; o.x.y", "TypeError: Cannot read properties of undefined (reading 'y')")]
    [InlineData("var o = {a: {}}; o.a.b.c()", "TypeError: Cannot read properties of undefined (reading 'c')")]
    [InlineData("var o = {}; o.foo()", "TypeError: o.foo is not a function")]
    [InlineData("undefined.x = 1", "TypeError: Cannot set properties of undefined (setting 'x')")]
    [InlineData("x; let x", "ReferenceError: Cannot access 'x' before initialization")]
    [InlineData("const c = 1; c = 2", "TypeError: Assignment to constant variable.")]
    [InlineData("var {a} = null", "TypeError: Cannot destructure property 'a' of 'null' as it is null.")]
    [InlineData("(({a}) => a)()", "TypeError: Cannot destructure property 'a' of 'undefined' as it is undefined.")]
    [InlineData("var {} = null", "TypeError: Cannot destructure 'null' as it is null.")]
    [InlineData("'a' in 'b'", "TypeError: Cannot use 'in' operator to search for 'a' in b")]
    [InlineData("({}) instanceof 5", "TypeError: Right-hand side of 'instanceof' is not an object")]
    [InlineData("for (var z of 5);", "TypeError: 5 is not iterable")]
    [InlineData("Object.freeze([1]).push(2)", "TypeError: Cannot add property 1, object is not extensible")]
    [InlineData("'use strict'; Object.freeze({a: 1}).a = 2", "TypeError: Cannot assign to read only property 'a' of object '#<Object>'")]
    [InlineData("'use strict'; ({get x() { return 1 }}).x = 2", "TypeError: Cannot set property x of #<Object> which has only a getter")]
    [InlineData("(255).toString(37)", "RangeError: toString() radix argument must be between 2 and 36")]
    [InlineData("'x'.repeat(-1)", "RangeError: Invalid count value: -1")]
    [InlineData("new Array(-1)", "RangeError: Invalid array length")]
    [InlineData("Map.prototype.get.call({}, 1)", "TypeError: Method Map.prototype.get called on incompatible receiver #<Object>")]
    [InlineData("RegExp.prototype.exec.call('abc')", "TypeError: Method RegExp.prototype.exec called on incompatible receiver abc")]
    [InlineData("[].reduce(function () {})", "TypeError: Reduce of empty array with no initial value")]
    public void Reads_as_in_V8(string source, string message)
    {
        var error = Assert.Throws<JsException>(() => Script.Run(source));
        Assert.Equal(message, error.Message);
    }

    [Theory]
    [InlineData("/a/uy", "The regular expression flag 'u' is not supported")]
    [InlineData("/a/gg", "Invalid regular expression flags")]
    [InlineData("/(?<name>a)/", "Invalid regular expression: /(?<name>a)/: Named groups are not supported; use numbers")]
    public void What_is_not_there_is_named(string source, string message)
    {
        var error = Assert.Throws<JsSyntaxException>(() => Script.Run(source));
        Assert.Equal(message, Assert.Single(error.Diagnostics).Message);
    }

    [Theory]
    [InlineData("var a = []; a.push(a); JSON.stringify(a)", "starting at object with constructor 'Array'", "--- index 0 closes the circle")]
    [InlineData("var o = {x: {}}; o.x.y = o; JSON.stringify(o)", "starting at object with constructor 'Object'", "|     property 'x' -> object with constructor 'Object'", "--- property 'y' closes the circle")]
    [InlineData(
        "var o = {a: {b: {c: {d: {}}}}}; o.a.b.c.d.e = o.a; JSON.stringify([o])", "starting at object with constructor 'Object'", "|     property 'b' -> object with constructor 'Object'",
        "|     property 'c' -> object with constructor 'Object'", "|     property 'd' -> object with constructor 'Object'", "--- property 'e' closes the circle")]
    [InlineData(
        "function Node() {} var first = new Node(), o = first; for (var i = 0; i < 9; i++) o = o.next = new Node(); o.next = first; JSON.stringify(first)",
        "starting at object with constructor 'Node'", "|     property 'next' -> object with constructor 'Node'", "|     property 'next' -> object with constructor 'Node'", "|     ...",
        "|     property 'next' -> object with constructor 'Node'", "--- property 'next' closes the circle")]
    public void A_circle_in_JSON_is_shown(string source, string start, params string[] steps)
    {
        var error = Assert.Throws<JsException>(() => Script.Run(source));
        string expected = "TypeError: Converting circular structure to JSON\n    --> " + start + string.Concat(steps.Select(s => "\n    " + s));
        Assert.Equal(expected, error.Message);
    }
}
