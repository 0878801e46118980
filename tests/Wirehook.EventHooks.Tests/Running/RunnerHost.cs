using Wirehook.EventHooks.Running;

namespace Wirehook.EventHooks.Tests.Running;

/// <summary>The entry point of the test assembly when it is executed: a process with a runner, which the tests kill.</summary>
internal static class RunnerHost
{
    /// <summary>Runs shell commands at the same time.</summary>
    /// <param name="arguments">Whether to use cgroups, then for each command: the timeout in seconds, the execution id and the command.</param>
    public static int Main(string[] arguments)
    {
        using var runner = new ProcessRunner(new ProcessRunnerOptions { UseCgroups = bool.Parse(arguments[0]) });
        var threads = arguments.Skip(1).Chunk(3).Select(run => new Thread(() =>
        {
            var request = RunnerFixture.Request(run[2], double.Parse(run[0])) with { Shell = true, ExecutionId = run[1] };
            Console.WriteLine(runner.Run(request, CancellationToken.None).Outcome);
        })).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return 0;
    }
}
