using System.IO.Compression;
using System.Text.Json;
using Wirehook.Tests;

namespace Wirehook.EndToEnd;

/// <summary>The command line contract of <c>wirehook replay</c>, through the built command on a sample capture.</summary>
public sealed class ReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wirehook-replay-").FullName;

    private static string Shop => Path.Combine(RepositoryFiles.Root, "samples", "captures", "shop.pcap");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Items_are_all_that_standard_output_holds_and_agree_with_the_summary()
    {
        var script = Script("chatty.js", "function onItemCaptured(data) { console.log(data.id); }");
        var result = Program.Wirehook("replay", Shop, "--items", "-", "--summary", PathOf("summary.json"), "--script", script);
        Assert.Equal(0, result.ExitCode);
        var ids = new List<string>();
        foreach (var line in result.Lines)
        {
            using var item = JsonDocument.Parse(line);
            ids.Add(item.RootElement.GetProperty("id").GetString()!);
        }

        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.Equal(ids.Select(i => "[chatty.js] " + i), result.Errors.TrimEnd('\n').Split('\n'));
        using var summary = JsonDocument.Parse(File.ReadAllText(PathOf("summary.json")));
        Assert.Equal(ids.Count, summary.RootElement.GetProperty("items").EnumerateObject().Sum(p => p.Value.GetProperty("count").GetInt32()));
        foreach (var name in new[] { "packets", "bytes", "streams", "loss", "scripts", "elapsedMs" }) Assert.True(summary.RootElement.TryGetProperty(name, out _), name);
        Assert.Equal(ids.Count, summary.RootElement.GetProperty("scripts").GetProperty("chatty.js").GetProperty("hooks").GetProperty("onItemCaptured").GetProperty("calls").GetInt32());
    }

    [Fact]
    public void An_items_line_is_what_a_hook_stringifies()
    {
        var script = Script("same.js", "function onItemCaptured(data) { console.log(JSON.stringify(data)); }");
        var result = Program.Wirehook("replay", Shop, "--items", PathOf("items.jsonl"), "--script", script);
        Assert.Equal(File.ReadAllLines(PathOf("items.jsonl")).Select(l => "[same.js] " + l), result.Lines);
    }

    [Fact]
    public void The_same_capture_gives_the_same_output_every_time()
    {
        var script = Script("report.js", """
            var n = 0;
            function onPacketCaptured(info) { n++; }
            function onItemCaptured(data) { console.log(data.id, data.elapsedTime, Math.random(), new Date().toISOString()); }
            jobs.schedule("report", "*/10 * * * * *", function () { console.log("packets", n, Date.now()); });
            """);
        var runs = Enumerable.Range(0, 3).Select(_ => Program.Wirehook("replay", Shop, "--script", script).Output).ToArray();
        Assert.Contains("packets", runs[0], StringComparison.Ordinal);
        Assert.Equal(runs[0], runs[1]);
        Assert.Equal(runs[0], runs[2]);
    }

    [Fact]
    public void Standard_input_and_gzip_give_the_items_of_the_file()
    {
        var bytes = File.ReadAllBytes(Shop);
        var plain = Program.Wirehook("replay", Shop, "--items", "-").Output;
        Assert.NotEqual("", plain);
        Assert.Equal(plain, Program.Run(Program.Path, ["replay", "-", "--items", "-"], bytes).Output);

        using (var file = new GZipStream(File.Create(PathOf("shop.pcap.gz")), CompressionLevel.Fastest)) file.Write(bytes);
        Assert.Equal(plain, Program.Wirehook("replay", PathOf("shop.pcap.gz"), "--items", "-").Output);
    }

    [Fact]
    public void A_damaged_capture_gives_everything_before_the_damage_and_says_where()
    {
        var bytes = File.ReadAllBytes(Shop);
        File.WriteAllBytes(PathOf("cut.pcap"), bytes[..(bytes.Length * 2 / 3)]);
        var result = Program.Wirehook("replay", PathOf("cut.pcap"), "--summary", "-");
        Assert.Equal(3, result.ExitCode);
        Assert.Contains("damaged at byte", result.Errors, StringComparison.Ordinal);
        using var summary = JsonDocument.Parse(result.Output);
        Assert.True(summary.RootElement.GetProperty("packets").GetInt32() > 0);
    }

    [Fact]
    public void A_limit_ends_after_exactly_so_many_items()
    {
        var result = Program.Wirehook("replay", Shop, "--items", "-", "--limit", "3", "--summary", PathOf("summary.json"));
        Assert.Equal(3, result.Lines.Length);
    }

    [Theory]
    [InlineData("function f() {\n", "broken.js:2:1")]
    [InlineData("throw new Error('no');", "broken.js:1:")]
    public void A_script_that_cannot_be_loaded_is_named_with_its_place(string code, string place)
    {
        var result = Program.Wirehook("replay", Shop, "--script", Script("broken.js", code));
        Assert.Equal(4, result.ExitCode);
        Assert.Contains(place, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_broken_script_does_not_keep_others_from_running()
    {
        var good = Script("good.js", "var n = 0; function onPacketCaptured(info) { n++; if (n === 5) console.log('five'); }");
        var result = Program.Wirehook("replay", Shop, "--script", Script("broken.js", "function ("), "--script", good);
        Assert.Equal(4, result.ExitCode);
        Assert.Contains("[good.js] five", result.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new[] { "replay" }, "FILE")]
    [InlineData(new[] { "replay", "nowhere.pcap" }, "nowhere.pcap")]
    [InlineData(new[] { "replay", "x", "--script", "nowhere.js" }, "nowhere.js")]
    [InlineData(new[] { "replay", "x", "--set", "flows.limt=1" }, "Did you mean flows.limit?")]
    [InlineData(new[] { "replay", "x", "--config", "nowhere.yaml" }, "nowhere.yaml")]
    [InlineData(new[] { "replai" }, "replai")]
    public void Wrong_usage_exits_with_2_and_says_what_is_wrong(string[] arguments, string named)
    {
        var result = Program.Wirehook(arguments);
        Assert.Equal(2, result.ExitCode);
        Assert.Contains(named, result.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public void A_kill_leaves_no_half_written_summary()
    {
        var script = Script("busy.js", "function onPacketCaptured(info) { for (var i = 0; i < 50000; i++); }");
        using var process = Program.Start(Program.Path, ["replay", Shop, Shop, Shop, Shop, "--script", script, "--summary", PathOf("summary.json")]);
        Thread.Sleep(150);
        process.Kill();
        process.WaitForExit();
        Assert.False(File.Exists(PathOf("summary.json")) && !IsJson(File.ReadAllText(PathOf("summary.json"))));
    }

    [Fact]
    public void A_closed_pipe_ends_the_output_and_not_the_run()
    {
        var result = Program.Run("bash", ["-c", $"'{Program.Path}' replay '{Shop}' --items - --summary '{PathOf("summary.json")}' | head -n 1; exit ${{PIPESTATUS[0]}}"]);
        Assert.Equal(0, result.ExitCode);
        Assert.Single(result.Lines);
        Assert.True(IsJson(File.ReadAllText(PathOf("summary.json"))));
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private string PathOf(string name) => Path.Combine(_folder, name);

    private string Script(string name, string code)
    {
        File.WriteAllText(PathOf(name), code);
        return PathOf(name);
    }
}
