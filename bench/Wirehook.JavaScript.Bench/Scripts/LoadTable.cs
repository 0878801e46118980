using System.Diagnostics;
using System.Globalization;
using System.Runtime.CompilerServices;
using Wirehook.JavaScript;
using Wirehook.Scripting;

/// <summary>What a realm and a script cost before their first event: time to load and memory held.</summary>
internal static class LoadTable
{
    private const int Repetitions = 100;

    internal static void Print()
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "scripts");
        ScriptSource[] samples = [.. Directory.GetFiles(folder, "*.js").Order(StringComparer.Ordinal).Select(f => new ScriptSource(Path.GetFileName(f), File.ReadAllText(f)))];
        ScriptSource typical = samples.MaxBy(s => s.Code.Length)!;
        Console.WriteLine($"Loading a script: parsing, compiling, top-level code. Median (first) of {Repetitions}.\n");
        Console.WriteLine("| what | lines | ms |\n| --- | ---: | ---: |");
        PrintTime("a realm with its built-ins", 0, static () => _ = new JsEngine(new BenchHost()));
        PrintTime("a script host: realm and helpers", 0, static () => _ = Host());
        foreach (var sample in samples) PrintLoad(sample);
        PrintLoad(new ScriptSource("twenty-fold.js", string.Concat(Enumerable.Range(0, 20).Select(i => $"function part{i}() {{\n{typical.Code}\n}}\n"))));
        PrintMemory(typical);
    }

    private static ScriptHost Host() => new(new ScriptHostOptions { Console = new SilentConsole() });

    private static void PrintLoad(ScriptSource source)
    {
        var host = Host();
        PrintTime(source.Name, source.Code.AsSpan().Count('\n'), () =>
        {
            if (!host.Load(source).Loaded)
                throw new InvalidOperationException(source.Name);
        });
    }

    private static void PrintTime(string what, int lines, Action run)
    {
        var times = new double[Repetitions];
        for (int i = 0; i < times.Length; i++)
        {
            long start = Stopwatch.GetTimestamp();
            run();
            times[i] = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
        }
        double first = times[0];
        Array.Sort(times);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {what} | {(lines > 0 ? lines : "")} | {times[Repetitions / 2]:F3} ({first:F1}) |"));
    }

    private static void PrintMemory(ScriptSource source)
    {
        Console.WriteLine($"\nMemory on the collected heap, every script {source.Name} ({source.Code.Length} characters), loaded and called once.\n");
        Console.WriteLine("| scripts | bytes | per script |\n| ---: | ---: | ---: |");
        var batch = Events.Create(packets: 1, items: 1);
        MeasureHeld(source, 1, batch);
        long realm = 0;
        foreach (int count in (int[])[0, 1, 10, 100])
        {
            long held = MeasureHeld(source, count, batch);
            if (count == 0)
                realm = held;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {count} | {held:N0} | {(count > 0 ? $"{(held - realm) / count:N0}" : "")} |"));
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long MeasureHeld(ScriptSource source, int count, EventBatch batch)
    {
        // Shapes of records remember the realm that used them last: an empty one before and after.
        Host();
        long before = Heap();
        var host = Load(source, count, batch);
        Host();
        long held = Heap() - before;
        GC.KeepAlive(host);
        return held;
    }

    private static long Heap()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    private static ScriptHost Load(ScriptSource source, int count, EventBatch batch)
    {
        var host = Host();
        for (int i = 0; i < count; i++) host.Load(source with { Name = $"script-{i}.js" });
        host.Run(batch);
        return host;
    }
}
