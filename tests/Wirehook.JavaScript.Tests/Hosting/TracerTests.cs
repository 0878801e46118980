using System.Reflection;
using Wirehook.JavaScript.Evaluation;
using Wirehook.JavaScript.Tests.Runtime;

namespace Wirehook.JavaScript.Tests.Hosting;

/// <summary>What a tracer is told of a call, event by event.</summary>
public class TracerTests
{
    [Fact]
    public void Statements_come_before_the_values_that_they_make() => AssertTrace(
        "function hook(n, missing) {\n  var sum = 0, unset;\n  for (var i = 0; i < 2; i++) sum += n;\n  return sum;\n}",
        "1:1 0 Enter hook 5 undefined",
        "2:3 0 Statement var sum = 0, unset;",
        "2:7 0 Assign sum = 0",
        "3:3 0 Statement for (var i = 0; i < 2; i++) ",
        "3:8 0 Statement var i = 0",
        "3:12 0 Assign i = 0",
        "3:19 0 Test i < 2 = true",
        "3:31 0 Statement sum += n;",
        "3:31 0 Assign sum = 5",
        "3:26 0 Assign i = 1",
        "3:19 0 Test i < 2 = true",
        "3:31 0 Statement sum += n;",
        "3:31 0 Assign sum = 10",
        "3:26 0 Assign i = 2",
        "3:19 0 Test i < 2 = false",
        "4:3 0 Statement return sum;",
        "4:10 0 Return sum = 10");

    [Fact]
    public void Calls_of_script_functions_are_entered_and_those_of_built_ins_shown_with_their_results() => AssertTrace(
        "function hook(n) { twice(n); }\nfunction twice(x) { return Math.max(x + x, 1); }",
        "1:1 0 Enter hook 5",
        "1:20 0 Statement twice(n);",
        "2:1 1 Enter twice 5",
        "2:21 1 Statement return Math.max(x + x, 1);",
        "2:28 1 Call Math.max 10 1",
        "2:28 1 CallResult Math.max = 10",
        "2:28 1 Return Math.max(x + x, 1) = 10",
        "1:1 0 Return function hook(n) { twice(n); } = undefined");

    [Fact]
    public void An_error_is_told_once_where_it_is_thrown_and_again_as_what_a_catch_gets() => AssertTrace(
        "function hook(n) {\n  try { fail(n); } catch (e) { return e.message; }\n}\nfunction fail(n) { return n.a.b; }",
        "1:1 0 Enter hook 5",
        "2:9 0 Statement fail(n);",
        "4:1 1 Enter fail 5",
        "4:20 1 Statement return n.a.b;",
        "4:31 1 Throw  = TypeError: Cannot read properties of undefined (reading 'b')",
        "2:27 0 Assign e = TypeError: Cannot read properties of undefined (reading 'b')",
        "2:32 0 Statement return e.message;",
        "2:39 0 Return e.message = \"Cannot read properties of undefined (reading 'b')\"");

    [Fact]
    public void Loops_over_things_conditions_and_properties_show_their_values() => AssertTrace(
        "var o = {n: 1};\nfunction hook(n) {\n  for (var k of [7]) o.n = k ? -k : 0;\n  switch (o.n) { case -7: o.n--; }\n  while (false) ;\n}",
        "2:1 0 Enter hook 5",
        "3:3 0 Statement for (var k of [7]) ",
        "3:17 0 Test [7] = [7]",
        "3:8 0 Assign var k = 7",
        "3:22 0 Statement o.n = k ? -k : 0;",
        "3:28 0 Test k = 7",
        "3:22 0 Assign o.n = -7",
        "4:3 0 Statement switch (o.n)",
        "4:11 0 Test o.n = -7",
        "4:27 0 Statement o.n--;",
        "4:27 0 Assign o.n = -8",
        "5:3 0 Statement while (false) ",
        "5:10 0 Test false = false",
        "2:1 0 Return function hook(n) {\n  for (var k of [7]) o.n = k ? -k : 0;\n  switch (o.n) { case -7: o.n--; }\n  while (false) ;\n} = undefined");

    [Fact]
    public void A_stop_by_a_guard_is_the_last_event()
    {
        var (engine, script, tracer) = Load("function hook() { hook(); }");
        script.TryGetTopLevel("hook", out var hook);
        Assert.Throws<JsStoppedException>(() => engine.Call(script, hook, default, default));
        Assert.StartsWith("1:19 99 Stop  = \"Maximum call stack size exceeded", tracer.Lines[^1], StringComparison.Ordinal);
        Assert.Equal(1, tracer.Lines.Count(l => l.Contains(" Stop ", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_tracer_that_is_not_active_hears_nothing()
    {
        var (engine, script, tracer) = Load("function hook(n) { var a = [n].map(x => x + 1); return a[0]; }");
        tracer.Switch(isActive: false);
        script.TryGetTopLevel("hook", out var hook);
        Assert.Equal(6, engine.Call(script, hook, default, [JsValue.From(5)]).AsNumber);
        Assert.Empty(tracer.Lines);
    }

    [Fact]
    public void Without_a_tracer_compiled_code_has_no_trace_points()
    {
        const string Source = "function hook(n) { try { for (var k in {a: 1}) n++; if (n > 1) n = [n].map(x => x * 2)[0]; } catch (e) { throw e } return n; }";
        Assert.NotEmpty(TracePoints(new RecordingTracer(), Source));
        Assert.Empty(TracePoints(null, Source));
    }

    /// <summary>The kinds of trace points in the operations and steps of a function.</summary>
    private static IEnumerable<string> TracePoints(JsTracer? tracer, string source)
    {
        var engine = new JsEngine(new FixedHost(), null, tracer);
        var script = engine.Compile("t.js", source);
        engine.Run(script);
        script.TryGetTopLevel("hook", out var hook);
        engine.Call(script, hook, default, [JsValue.From(5)]);
        var seen = new HashSet<object>(ReferenceEqualityComparer.Instance);
        Walk(((ScriptFunction)hook.AsObject).Code, seen);
        Assert.True(seen.Count > 30, $"{seen.Count} parts");
        return seen.Select(o => o.GetType().Name).Where(name => name.StartsWith("Trace", StringComparison.Ordinal)).Distinct();
    }

    private static void Walk(object? part, HashSet<object> seen)
    {
        bool isCode = part is Array || part?.GetType().Namespace == typeof(ScriptFunction).Namespace;
        if (part is null || !isCode || !seen.Add(part)) return;
        if (part is Array parts)
        {
            foreach (object? element in parts) Walk(element, seen);
            return;
        }

        for (var type = part.GetType(); type is not null; type = type.BaseType)
            foreach (var field in type.GetFields(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public | BindingFlags.DeclaredOnly))
                Walk(field.GetValue(part), seen);
    }

    private static void AssertTrace(string source, params string[] lines)
    {
        var (engine, script, tracer) = Load(source);
        script.TryGetTopLevel("hook", out var hook);
        engine.Call(script, hook, default, [JsValue.From(5)]);
        Assert.Equal(lines, tracer.Lines);
    }

    private static (JsEngine Engine, JsScript Script, RecordingTracer Tracer) Load(string source)
    {
        var tracer = new RecordingTracer();
        var engine = new JsEngine(new FixedHost(), new JsLimits { StackDepth = 100 }, tracer);
        var script = engine.Compile("t.js", source);
        engine.Run(script);
        tracer.Lines.Clear();
        return (engine, script, tracer);
    }
}
