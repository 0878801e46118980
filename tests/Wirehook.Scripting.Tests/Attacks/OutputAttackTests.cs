using Wirehook.Packets;
using Wirehook.Scripting.Testing;

namespace Wirehook.Scripting.Tests.Attacks;

/// <summary>Scripts that flood the console: while capture is live only so much per second is shown, the rest is counted, and other scripts print as ever.</summary>
public class OutputAttackTests
{
    private const int Lines = 100;
    private static readonly ScriptBudget Budget = new()
    {
        LinesPerSecond = Lines,
        CharactersPerSecond = 100_000,
        CallTime = TimeSpan.FromMilliseconds(30),
        JobTime = TimeSpan.FromMilliseconds(30),
        LoadTime = TimeSpan.FromMilliseconds(30),
        StopsBeforePause = 100,
    };

    [Theory]
    [InlineData("one call, many lines", "function onItemCaptured() { for (var i = 0; i < 2000; i++) console.log(i); }")]
    [InlineData("a line that never ends", "function onItemCaptured() { for (;;) console.log('x'); }")]
    [InlineData("errors", "function onItemCaptured() { for (var i = 0; i < 2000; i++) console.error('bad', i); }")]
    [InlineData("clearing", "function onItemCaptured() { for (var i = 0; i < 2000; i++) console.clear(); }")]
    [InlineData("long lines", "var s = Array(20001).join('x'); function onItemCaptured() { for (var i = 0; i < 50; i++) console.log(s); }")]
    [InlineData("objects", "function onItemCaptured(data) { for (var i = 0; i < 400; i++) console.log(data); }")]
    [InlineData("through forEach", "var a = Array(2000).fill(1); function onItemCaptured() { a.forEach(function (x) { console.log(x); }); }")]
    [InlineData("through toString", "var o = {toString: function () { for (var i = 0; i < 2000; i++) console.log(i); return 'o'; }}; function onItemCaptured() { '' + o; }")]
    [InlineData("through a getter", "var o = {get x() { console.log('x'); return this.n++ < 500 ? this.x : 0; }, n: 0}; function onItemCaptured() { o.n = 0; o.x; }")]
    [InlineData("through sort", "var a = []; for (var i = 0; i < 400; i++) a.push(i * 7 % 400); function onItemCaptured() { a.slice().sort(function (x, y) { console.log(x, y); return x - y; }); }")]
    [InlineData("through replace", "var s = Array(2000).join('x'); function onItemCaptured() { s.replace(/x/g, function () { console.log('x'); return ''; }); }")]
    [InlineData("line ends", "function onItemCaptured() { for (var i = 0; i < 300; i++) console.log('\\n'); }")]
    [InlineData("an error that is thrown again and again", "function onItemCaptured() { for (var i = 0; i < 300; i++) console.log(i); throw new Error('again'); }")]
    public void Is_held_back_and_counted(string name, string attack)
    {
        var (transcript, losses, clock) = (new ScriptTranscript(), new LossLedger(), new SteppedClock());
        var host = new ScriptHost(new ScriptHostOptions { Console = transcript, Budget = Budget, LiveClock = clock, Losses = losses });
        Assert.True(host.Load(new ScriptSource("evil.js", attack)).Loaded, name);
        Assert.True(host.Load(new ScriptSource("good.js", "function onItemCaptured(data) { console.log('seen'); }")).Loaded);
        Show(host);
        clock.Now += TimeSpan.FromSeconds(1);
        Show(host);
        host.Finish();
        var lines = transcript.Text.Split('\n');
        var evil = lines.Where(l => l.StartsWith("[evil.js]", StringComparison.Ordinal)).ToArray();
        Assert.InRange(evil.Count(l => !l.Contains("ERROR (hook=", StringComparison.Ordinal) && !l.Contains("lines not shown", StringComparison.Ordinal)), 2, 2 * Lines);
        Assert.Equal(2, evil.Count(l => l.Contains(" lines not shown: a script prints at most 100 lines", StringComparison.Ordinal)));
        Assert.True(transcript.Text.Length < 3 * Budget.CharactersPerSecond, "too much text");
        Assert.Equal(2, lines.Count(l => l == "[good.js] seen"));
        Assert.True(losses.Counters.Single(c => c.Reason == "output-limit").Count >= 50);
    }

    [Fact]
    public void A_replay_prints_everything()
    {
        var bench = new ScriptBench(Budget).Load("function onItemCaptured() { for (var i = 0; i < 500; i++) console.log(i); }");
        bench.Item(1, TrafficItems.Http());
        Assert.Equal(500, bench.Lines.Length);
    }

    private static void Show(ScriptHost host)
    {
        var batch = new EventBatch();
        batch.AddItem(TrafficItems.Http(), ScriptBench.At(1));
        host.Run(batch);
    }

    private sealed class SteppedClock : TimeProvider
    {
        internal DateTimeOffset Now { get; set; } = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
