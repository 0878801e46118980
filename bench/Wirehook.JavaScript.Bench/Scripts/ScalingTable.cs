using System.Globalization;
using Wirehook.Scripting;

/// <summary>What an event costs with one script and with twenty, through the script host with its budgets and counts.</summary>
internal static class ScalingTable
{
    private const int Rounds = 15;
    private const double RoundNanoseconds = 20e6;
    private const int Many = 20;

    private const string Script = """
        var packets = 0, kilobytes = 0, counts = {}, elapsed = 0, errors = 0;
        function onPacketCaptured(info) {
          packets++;
          kilobytes += info.length / 1000;
        }
        function onItemCaptured(data) {
          if (data.protocol.name !== "http") return;
          var key = data.dst.name + data.request.path;
          counts[key] = (counts[key] || 0) + 1;
          elapsed += data.elapsedTime;
          if (data.response.status >= 500) errors++;
        }
        """;

    internal static void Print()
    {
        Console.WriteLine($"CPU ns per event, median (least) of {Rounds} rounds: every script counts packets and reads five fields of every item.\n");
        Console.WriteLine($"| event | 1 script | {Many} scripts | per script | ratio |\n| --- | ---: | ---: | ---: | ---: |");
        PrintRow("packet", Events.Create(EventBatch.PacketCapacity, 0), EventBatch.PacketCapacity);
        PrintRow("item", Events.Create(0, EventBatch.ItemCapacity), EventBatch.ItemCapacity);
    }

    private static void PrintRow(string name, EventBatch batch, int events)
    {
        var (one, many) = (Load(1), Load(Many));
        Warm(one, batch);
        Warm(many, batch);
        var times = new List<double>[] { [], [] };
        for (int round = 0; round < Rounds; round++)
        {
            times[0].Add(Measure(one, batch) / events);
            times[1].Add(Measure(many, batch) / events);
        }
        times[0].Sort();
        times[1].Sort();
        double median = times[0][Rounds / 2];
        double medianOfMany = times[1][Rounds / 2];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {name} | {median:F1} ({times[0][0]:F1}) | {medianOfMany:F1} ({times[1][0]:F1}) | {medianOfMany / Many:F1} | {medianOfMany / median:F1} |"));
    }

    private static ScriptHost Load(int count)
    {
        var host = new ScriptHost(new ScriptHostOptions { Console = new SilentConsole() });
        for (int i = 0; i < count; i++) host.Load(new ScriptSource($"script-{i}.js", Script));
        return host;
    }

    private static void Warm(ScriptHost host, EventBatch batch)
    {
        for (int i = 0; i < 50; i++) host.Run(batch);
        Thread.Sleep(200);
        for (int i = 0; i < 50; i++) host.Run(batch);
    }

    private static double Measure(ScriptHost host, EventBatch batch)
    {
        var start = Environment.CpuUsage.TotalTime;
        for (int runs = 1; ; runs++)
        {
            host.Run(batch);
            double used = (Environment.CpuUsage.TotalTime - start).TotalNanoseconds;
            if (used >= RoundNanoseconds)
                return used / runs;
        }
    }
}
