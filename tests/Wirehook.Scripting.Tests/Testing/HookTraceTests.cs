using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests.Testing;

public class HookTraceTests
{
    private const string Script = """
        var seen = 0;
        function onItemCaptured(data) {
          seen++;
          if (data.response.status >= 500) throw new Error("bad " + data.response.status);
          console.log(data.request.path);
        }
        """;

    [Fact]
    public void The_first_call_is_written_with_its_values_and_helpers()
    {
        var trace = Run(new HookTrace(), Script, 200, 200);
        Assert.Equal("a.js onItemCaptured, call 1", trace[0]);
        Assert.StartsWith("     2:1  onItemCaptured({dst: {ip: \"10.0.0.2\"", trace[1], StringComparison.Ordinal);
        Assert.EndsWith("…)", trace[1], StringComparison.Ordinal);
        Assert.Equal(
        [
            "     3:3    seen++;",
            "     3:3      seen = 1",
            "     4:3    if (data.response.status >= 500)",
            "     4:7      data.response.status >= 500 → false",
            "     5:3    console.log(data.request.path);",
            "     5:3      console.log(\"/\")",
            "     2:1      returns undefined",
            "",
        ], trace[2..]);
    }

    [Fact]
    public void A_later_call_may_be_asked_for_and_its_error_is_shown()
    {
        var trace = Run(new HookTrace(call: 2), Script, 200, 503);
        Assert.Equal("a.js onItemCaptured, call 2", trace[0]);
        Assert.Contains("     3:3      seen = 2", trace);
        Assert.Contains("    4:42      throws Error: bad 503", trace);
        Assert.DoesNotContain(trace, l => l.Contains("console.log", StringComparison.Ordinal));
    }

    [Fact]
    public void Lines_are_limited_and_the_end_is_shown_all_the_same()
    {
        var trace = Run(new HookTrace(mostLines: 10), "function onItemCaptured(data) {\n  for (var i = 0; i < 1000; i++) data = i;\n  return 'end';\n}", 200);
        Assert.Equal("    3:10      returns \"end\"", trace[^3]);
        Assert.Matches("^ +… [0-9]{4} more steps$", trace[^2]);
        Assert.Equal(14, trace.Length);
    }

    [Fact]
    public void A_hook_that_was_called_less_often_is_named() =>
        Assert.Equal(["a.js onItemCaptured: 1 calls, no call 9"], Run(new HookTrace(call: 9), Script, 200));

    [Fact]
    public void Scripts_print_the_same_with_and_without_a_trace()
    {
        var (traced, plain) = (new ScriptTranscript(), new ScriptTranscript());
        foreach (var (transcript, trace) in new[] { (traced, new HookTrace()), (plain, null) })
            Feed(new ScriptHost(new ScriptHostOptions { Console = transcript, Trace = trace }), Script, [200, 503, 200]);
        Assert.NotEmpty(plain.Text);
        Assert.Equal(plain.Text, traced.Text);
    }

    private static string[] Run(HookTrace trace, string script, params int[] statuses)
    {
        Feed(new ScriptHost(new ScriptHostOptions { Console = new ScriptTranscript(), Trace = trace }), script, statuses);
        return trace.Text.Split('\n')[..^1];
    }

    private static void Feed(ScriptHost host, string script, int[] statuses)
    {
        Assert.True(host.Load(new ScriptSource("a.js", script)).Loaded);
        foreach (var status in statuses)
        {
            var batch = new EventBatch();
            batch.AddItem(TrafficItems.Http(status: status), ScriptBench.At(1));
            host.Run(batch);
        }
    }
}
