using System.Diagnostics;
using System.Text.Json;

/// <summary>V8 in a process of its own, which Node starts. Its loop around the calls is JavaScript too, so no border is crossed.</summary>
internal sealed class NodeSpeed : SpeedEngine
{
    private readonly Process _node;

    internal NodeSpeed(string hooksFile, string driverFile, IReadOnlyList<string> items)
        : base("V8")
    {
        // A young generation that no sample fills, so that the growth of the heap is what was allocated.
        var start = new ProcessStartInfo("node")
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            ArgumentList = { "--expose-gc", "--min-semi-space-size=256", "--max-semi-space-size=256", driverFile, hooksFile },
        };
        _node = Process.Start(start)!;
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(items));
        Answer();
    }

    internal static bool Exists => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, "node")));

    internal override Sample Run(SpeedCase speedCase, int calls)
    {
        _node.StandardInput.WriteLine(JsonSerializer.Serialize(new
        {
            function = speedCase.Function,
            argument = speedCase.Argument.ToString(),
            number = speedCase.Number,
            calls,
        }));
        using var answer = JsonDocument.Parse(Answer());
        return new Sample(answer.RootElement.GetProperty("nanoseconds").GetDouble(), answer.RootElement.GetProperty("bytes").GetDouble());
    }

    public override void Dispose()
    {
        _node.StandardInput.Close();
        _node.WaitForExit();
        _node.Dispose();
        base.Dispose();
    }

    private string Answer() => _node.StandardOutput.ReadLine() ?? throw new InvalidOperationException("node ended.");
}
