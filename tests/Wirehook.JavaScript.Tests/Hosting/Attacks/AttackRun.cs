using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript.Tests.Hosting.Attacks;

/// <summary>What became of an attack.</summary>
/// <param name="Stopped">The guard that stopped it; null where none did.</param>
/// <param name="Milliseconds">CPU time until then.</param>
/// <param name="Before">Bytes of memory in use before.</param>
/// <param name="Held">Bytes in use right after, with what the script holds.</param>
/// <param name="After">Bytes in use once the host has let go of the script.</param>
/// <param name="Neighbour">What another script of the engine gave after the attack.</param>
internal sealed record AttackRun(JsGuardKind? Stopped, double Milliseconds, long Before, long Held, long After, string Neighbour)
{
    internal const long CallNanoseconds = 60_000_000;
    internal const long MemoryBytes = 16 << 20;
    internal const int StackDepth = 2000;
    internal const string ExpectedOfNeighbour = "6 kept";

    /// <summary>Runs an attack beside another script, on a thread with the stack that hosts give.</summary>
    internal static AttackRun Run(GuardAttack attack, JsHost host)
    {
        AttackRun? run = null;
        var thread = new Thread(() => run = RunHere(attack, host), 64 << 20);
        thread.Start();
        thread.Join();
        return run!;
    }

    /// <summary>The limits for attacks on a guard: the other guards have room, so that it is the one that stops them.</summary>
    internal static JsLimits LimitsFor(JsGuardKind guard) => new()
    {
        CallNanoseconds = guard is JsGuardKind.Time or JsGuardKind.RegularExpression ? CallNanoseconds : 20_000_000_000,
        MemoryBytes = guard == JsGuardKind.Memory ? MemoryBytes : 256 << 20,
        StackDepth = StackDepth,
    };

    private static AttackRun RunHere(GuardAttack attack, JsHost host)
    {
        var engine = new JsEngine(host, LimitsFor(attack.Guard));
        var neighbour = engine.Compile("neighbour.js", "var kept = 'kept'; function work() { return [1, 2, 3].reduce(function (a, b) { return a + b }) + ' ' + kept }");
        engine.Run(neighbour);
        long before = MemoryInUse();
        var (stopped, milliseconds, held) = Attack(engine, attack);
        string answer = Work(engine, neighbour);
        long after = MemoryInUse();
        GC.KeepAlive(engine);
        return new AttackRun(stopped, milliseconds, before, held, after, answer);
    }

    // A method of its own, so that no local of the caller holds the script.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static (JsGuardKind? Stopped, double Milliseconds, long Held) Attack(JsEngine engine, GuardAttack attack)
    {
        var script = engine.Compile("attack.js", attack.Source);
        JsGuardKind? stopped = null;
        long start = engine.Host.CpuNanoseconds;
        try
        {
            engine.Run(script);
        }
        catch (JsStoppedException stop)
        {
            stopped = stop.Kind;
        }
        catch (JsException)
        {
            // An error that the script could have caught is no stop.
        }
        double milliseconds = (engine.Host.CpuNanoseconds - start) / 1e6;
        long held = MemoryInUse();
        GC.KeepAlive(script);
        return (stopped, milliseconds, held);
    }

    private static long MemoryInUse()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        return GC.GetTotalMemory(forceFullCollection: false);
    }

    private static string Work(JsEngine engine, JsScript neighbour)
    {
        neighbour.TryGetTopLevel("work", out var work);
        return engine.ToDisplayString(engine.Call(neighbour, work, default, default));
    }
}
