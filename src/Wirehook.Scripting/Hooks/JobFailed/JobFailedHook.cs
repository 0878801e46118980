using Wirehook.Scripting.Declarations;
using Wirehook.Scripting.Hooks;
using Wirehook.Scripting.Hooks.JobFailed;
using Wirehook.Scripting.Hooks.JobPassed;

[assembly: ScriptHook(typeof(JobFailedHook))]

namespace Wirehook.Scripting.Hooks.JobFailed;

/// <summary><c>onJobFailed(tag, cron, limit, err)</c>.</summary>
internal sealed class JobFailedHook : ScriptHook
{
    internal static int Index => IndexOf<JobFailedHook>();

    public override string Name => "onJobFailed";

    public override string Description => "Called in every script after a job of any script threw, or was stopped by its budget. The return value is ignored.";

    public override IReadOnlyList<MemberDeclaration> Parameters { get; } =
        [.. JobPassedHook.JobParameters, new("err", "string", "The error's text.")];
}
