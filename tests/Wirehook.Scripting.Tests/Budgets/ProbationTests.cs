using Wirehook.Packets;
using Wirehook.Scripting.Budgets;

namespace Wirehook.Scripting.Tests.Budgets;

public class ProbationTests
{
    private static readonly ScriptBudget Budget = new() { StopsBeforePause = 3, FirstPause = TimeSpan.FromSeconds(10), LongestPause = TimeSpan.FromSeconds(30), ProbationCalls = 5 };

    [Fact]
    public void The_third_stop_pauses_and_each_failed_probation_doubles_the_pause_up_to_the_longest()
    {
        var probation = new Probation(Budget);
        Assert.Null(probation.Stopped("slow", At(0)));
        Assert.Null(probation.Stopped("slow", At(1)));
        Assert.Equal(TimeSpan.FromSeconds(10), probation.Stopped("slow", At(2)));
        Assert.Equal(ScriptState.Paused, probation.State);
        Assert.Equal("slow", probation.Reason);
        Assert.False(probation.MayRun(At(11)));
        Assert.True(probation.MayRun(At(12)));
        Assert.Equal(ScriptState.Probation, probation.State);
        Assert.Equal(TimeSpan.FromSeconds(20), probation.Stopped("slow", At(12)));
        Assert.True(probation.MayRun(At(32)));
        Assert.Equal(TimeSpan.FromSeconds(30), probation.Stopped("slow", At(32)));
    }

    [Fact]
    public void Enough_calls_on_probation_make_a_script_active_again()
    {
        var probation = new Probation(Budget);
        for (var i = 0; i < 3; i++) probation.Stopped("slow", At(0));
        Assert.True(probation.MayRun(At(10)));
        probation.Passed(4);
        Assert.Equal(ScriptState.Probation, probation.State);
        probation.Passed(1);
        Assert.Equal(ScriptState.Active, probation.State);
        Assert.Null(probation.Reason);
        Assert.Null(probation.Stopped("slow", At(11)));
    }

    private static Timestamp At(long seconds) => new(seconds * 1_000_000_000);
}
