using System.Globalization;

/// <summary>
/// Runs the same hooks on the same data in several engines, in turn, and prints CPU time and allocated bytes per call as a table in Markdown.
/// The machine may be shared, so the median and the least of the rounds are shown: what is beyond the least is mostly disturbance.
/// </summary>
internal static class SpeedTable
{
    private const int Rounds = 15;
    private const int ItemCount = 64;
    private const double RoundNanoseconds = 20e6;

    internal static void Print(IReadOnlyList<SpeedCase> cases, bool alone)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "Speed");
        string hooks = File.ReadAllText(Path.Combine(folder, "hooks.js"));
        var items = BenchItems.Create(ItemCount);
        string[] json = [.. items.Select(BenchItems.Json)];
        List<SpeedEngine> engines = [new WirehookSpeed(hooks, items)];
        if (!alone)
        {
            engines.Add(new JurassicSpeed(hooks, json));
            if (NodeSpeed.Exists)
                engines.Add(new NodeSpeed(Path.Combine(folder, "hooks.js"), Path.Combine(folder, "node-speed.js"), json));
        }
        Console.WriteLine($"CPU ns per call or turn, median (least) of {Rounds} rounds, and bytes allocated; items have {json.Average(j => j.Length):F0} characters.\n");
        Console.WriteLine("| case | goal |" + string.Concat(engines.Select(e => $" {e.Name} ns | bytes |")));
        Console.WriteLine("| --- | ---: |" + string.Concat(engines.Select(_ => " ---: | ---: |")));
        foreach (var speedCase in cases) Console.WriteLine(Row(speedCase, engines));
        foreach (var engine in engines) engine.Dispose();
    }

    private static string Row(SpeedCase speedCase, List<SpeedEngine> engines)
    {
        int[] calls = [.. engines.Select(e => Calibrate(e, speedCase))];
        var times = engines.ConvertAll(_ => new List<double>());
        var bytes = engines.ConvertAll(_ => new List<double>());
        for (int round = 0; round < Rounds; round++)
        {
            for (int i = 0; i < calls.Length; i++)
            {
                var sample = engines[i].Run(speedCase, calls[i]);
                double units = (double)calls[i] * speedCase.Units;
                times[i].Add(sample.CpuNanoseconds / units);
                bytes[i].Add(sample.Bytes / units);
            }
        }
        string row = $"| {speedCase.Name} | {(speedCase.Goal > 0 ? speedCase.Goal : "")} |";
        for (int i = 0; i < calls.Length; i++)
            row += string.Create(CultureInfo.InvariantCulture, $" {Median(times[i]):F1} ({times[i].Min():F1}) | {Math.Max(0, Median(bytes[i])):F0} |");
        return row;
    }

    /// <summary>Warms the case up and finds how many calls take about a round's time.</summary>
    private static int Calibrate(SpeedEngine engine, SpeedCase speedCase)
    {
        engine.Run(speedCase, Math.Max(50, 200_000 / speedCase.Units));
        // What has become hot is compiled beside the calls.
        Thread.Sleep(150);
        for (int calls = 8; ; calls *= 2)
        {
            var sample = engine.Run(speedCase, calls);
            if (sample.CpuNanoseconds >= RoundNanoseconds)
                return calls;
        }
    }

    private static double Median(List<double> values)
    {
        values.Sort();
        return values[values.Count / 2];
    }
}
