using Wirehook.JavaScript.Tests.Conformance;

namespace Wirehook.JavaScript.Tests.Hosting.Attacks;

/// <summary>Runs alone: it compares the memory of the process before and after.</summary>
[CollectionDefinition("Measures memory", DisableParallelization = true)]
public sealed class MeasuresMemory;

/// <summary>Every attack is stopped by the guard it is aimed at; the engine and its other scripts go on, and the memory comes back.</summary>
[Collection("Measures memory")]
public class GuardAttackTests
{
    // Accounting is an estimate, and the collector keeps some room.
    private const long Slack = 6 << 20;

    public static TheoryData<string> Attacks() => [.. GuardAttack.All.Select(a => a.ToString())];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Is_stopped_and_nobody_else_suffers(string name)
    {
        var attack = GuardAttack.All.Single(a => a.ToString() == name);
        var run = AttackRun.Run(attack, new ConformanceHost());
        Assert.Equal(attack.Guard, run.Stopped);
        Assert.Equal(AttackRun.ExpectedOfNeighbour, run.Neighbour);
        Assert.True(run.After - run.Before < Slack, $"{(run.After - run.Before) >> 10} KiB remain");
        if (attack.Guard == JsGuardKind.Memory)
            Assert.True(run.Held - run.Before < (2 * AttackRun.MemoryBytes) + Slack, $"{(run.Held - run.Before) >> 10} KiB were held");
        if (attack.Guard is JsGuardKind.Time or JsGuardKind.RegularExpression)
            Assert.InRange(run.Milliseconds, AttackRun.CallNanoseconds / 1e6, (AttackRun.CallNanoseconds / 1e6) + 500);
    }

    [Fact]
    public void Every_guard_has_at_least_ten_attacks()
    {
        foreach (var guard in Enum.GetValues<JsGuardKind>()) Assert.True(GuardAttack.All.Count(a => a.Guard == guard) >= 10, $"{guard}");
    }
}
