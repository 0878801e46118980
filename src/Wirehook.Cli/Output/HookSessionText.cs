using Wirehook.EventHooks.Hooks;
using Wirehook.Worker.Sessions.Hooks;

namespace Wirehook.Cli.Output;

/// <summary>The first and the last line of <c>wirehook hooks run</c>, on standard error.</summary>
internal static class HookSessionText
{
    /// <summary>What runs, where its API is, and what is left out.</summary>
    public static string Started(HookSession session, string? socket, string? recording)
    {
        var count = session.Hooks.List().Count;
        var hooks = count == 1 ? "1 hook" : $"{count} hooks";
        if (recording is not null) return $"{hooks} on the events of {recording}{(socket is null ? "" : $"; API at {socket}")}.";
        var text = $"{hooks}; API at {socket}.";
        return session.Monitor is { } monitor ? $"{text}\n{MonitorText.Start(monitor)}" : text;
    }

    /// <summary>What it came to.</summary>
    public static string Ended(HookSession session)
    {
        var statistics = session.Hooks.List().Select(h => h.Statistics).ToArray();
        var text = $"{Quantity.Count(session.Events)} events, {Sum(statistics, s => s.Executions)} executions: {Sum(statistics, s => s.Successes)} successful, "
            + $"{Sum(statistics, s => s.Failures)} failed, {Sum(statistics, s => s.Timeouts)} timed out";
        var dropped = statistics.Sum(s => s.Dropped) + session.Hooks.Status.Dropped;
        return dropped == 0 ? text + "." : $"{text}; {Quantity.Count(dropped)} events dropped.";
    }

    private static string Sum(HookStatistics[] statistics, Func<HookStatistics, long> count) => Quantity.Count(statistics.Sum(count));
}
