using Wirehook.Scripting.Declarations;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Hooks.JobPassed;

[assembly: ScriptHook(typeof(JobPassedHook))]

namespace Wirehook.Scripting.Hooks.JobPassed;

/// <summary><c>onJobPassed(tag, cron, limit)</c>.</summary>
internal sealed class JobPassedHook : ScriptHook
{
    internal static int Index => IndexOf<JobPassedHook>();

    /// <summary>The parameters that both job hooks have.</summary>
    internal static readonly MemberDeclaration[] JobParameters =
    [
        new("tag", "string", "The job's tag."),
        new("cron", "string", "The job's cron text."),
        new("limit", "number", "Runs after which the job ends; 0 for no end."),
    ];

    public override string Name => "onJobPassed";

    public override string Description => "Called in every script after a job of any script returned. The return value is ignored.";

    public override IReadOnlyList<MemberDeclaration> Parameters => JobParameters;
}
