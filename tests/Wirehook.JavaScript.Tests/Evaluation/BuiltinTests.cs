namespace Wirehook.JavaScript.Tests.Evaluation;

public class BuiltinTests
{
    [Theory]
    [InlineData("new Function('a', 'b', 'return a * b')(6, 7)", "42")]
    [InlineData("Function('return this')() === globalThis", "true")]
    [InlineData("/a(b+)c/.exec('xabbc')[1]", "bb")]
    [InlineData("function f(a) { return a } String(f)", "function f(a) { return a }")]
    [InlineData("[3, 1, 2].sort().map(x => x * 2).join()", "2,4,6")]
    public void Syntax_meets_library(string source, string expected) => Assert.Equal(expected, Script.Run(source));
}
