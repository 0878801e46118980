using Wirehook.EventHooks.Configuration;
using Wirehook.EventHooks.Hooks;

namespace Wirehook.EventHooks.Tests.Hooks;

/// <summary>Everybody does everything at once: nothing may hang, and nothing may be lost without a reason.</summary>
public sealed class HookConcurrencyTests
{
    [Fact]
    public void Everything_at_once_neither_hangs_nor_loses_count()
    {
        var runner = new FakeRunner();
        runner.Answer = (request, _) => request.ExecutionId[^1] is '3' ? FakeRunner.Failure : FakeRunner.Success;
        using var manager = HookManager.Create(new HookManagerOptions { EventQueue = 200, Limits = new HookLimits { Queue = 8, MaxConcurrent = 4 } }, runner);
        for (var i = 0; i < 6; i++) Assert.True(manager.Register(Hook("stays" + i, new Random(i))).Succeeded);
        var end = Environment.TickCount64 + 1_500;
        var threads = Enumerable.Range(0, 5).Select(n => new Thread(() => Disturb(manager, n, new Random(n), end))).ToList();
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) Assert.True(thread.Join(Sample.Soon), "a thread hangs");
        for (var i = 0; i < 6; i++) manager.Enable("stays" + i);
        Assert.True(manager.WaitIdle(Sample.Soon));
        foreach (var hook in manager.List())
        {
            var s = hook.Statistics;
            Assert.Equal(s.Matched, s.Executions + s.Dropped + s.Coalesced + s.Debounced);
            Assert.Equal((0, 0), (s.Waiting, s.Running));
        }

        var status = manager.Status;
        Assert.Equal((0, 0), (status.Running, status.Waiting));
        Assert.True(status.Dispatched >= status.Received - status.Dropped);
        Assert.InRange(runner.MostRunning, 1, 8);
    }

    private static void Disturb(HookManager manager, int number, Random random, long end)
    {
        for (var sequence = 1L; Environment.TickCount64 < end; sequence++)
        {
            var name = "stays" + random.Next(6);
            switch (number)
            {
                case < 2:
                    manager.Execute([Sample.Event(sequence, "eth1", 1), Sample.Event(sequence, "eth2", 2)]);
                    break;
                case 2:
                    _ = random.Next(2) == 0 ? manager.Disable(name) : manager.Enable(name);
                    break;
                case 3:
                    var limits = new HookLimits { Queue = random.Next(1, 10), MaxConcurrent = random.Next(1, 6), History = random.Next(50) };
                    Assert.True(manager.Apply(new HookConfiguration([Hook("file" + random.Next(3), random)], limits)).Succeeded);
                    break;
                default:
                    _ = (manager.List(), manager.Explain(name), manager.History(name), manager.Status, manager.GetStatistics(name));
                    if (manager.Register(Hook("passes", random)) is { Succeeded: true } registration) Assert.True(manager.Unregister(registration.Id));
                    break;
            }
        }
    }

    private static HookDefinition Hook(string name, Random random) => Sample.Hook(name, random.Next(2) == 0) with
    {
        OnOverflow = (OverflowPolicy)random.Next(4),
        Coalesce = random.Next(4) == 0,
        Retries = random.Next(2),
        RetryDelay = TimeSpan.FromMilliseconds(random.Next(5)),
        Debounce = TimeSpan.FromMilliseconds(random.Next(3) == 0 ? 2 : 0),
        Condition = random.Next(2) == 0 ? "" : "interface =~ 'eth' for 1ms",
    };
}
