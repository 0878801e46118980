using System.Globalization;
using Wirehook.JavaScript;
using Wirehook.JavaScript.Tests.Conformance;
using Wirehook.JavaScript.Tests.Hosting.Attacks;

/// <summary>Runs every attack on the guards and prints, as a table in Markdown, what stopped it, how soon, and the memory before, held and after.</summary>
internal static class GuardTable
{
    public static void Print()
    {
        // The first run of each kind compiles the engine itself.
        foreach (var guard in Enum.GetValues<JsGuardKind>()) AttackRun.Run(GuardAttack.All.First(a => a.Guard == guard), new ConformanceHost());
        Console.WriteLine("| guard | attack | limit | stopped after | memory before | held | after |");
        Console.WriteLine("| --- | --- | --- | ---: | ---: | ---: | ---: |");
        foreach (var attack in GuardAttack.All) PrintRow(attack, AttackRun.Run(attack, new ConformanceHost()));
    }

    private static void PrintRow(GuardAttack attack, AttackRun run)
    {
        var limits = AttackRun.LimitsFor(attack.Guard);
        string limit = attack.Guard switch
        {
            JsGuardKind.Memory => $"{limits.MemoryBytes >> 20} MiB",
            JsGuardKind.StackDepth => $"{limits.StackDepth} calls",
            _ => $"{limits.CallNanoseconds / 1_000_000} ms",
        };
        string guard = run.Stopped == attack.Guard ? $"{attack.Guard}" : $"**{run.Stopped?.ToString() ?? "none"}** for {attack.Guard}";
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"| {guard} | {attack.Name} | {limit} | {run.Milliseconds:F1} ms | {Mebibytes(run.Before)} | {Mebibytes(run.Held)} | {Mebibytes(run.After)} |"));
    }

    private static string Mebibytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1048576.0:F1} MiB");
}
