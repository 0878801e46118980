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
        var source = recording is null ? Namespaces(session) : recording;
        var text = $"{hooks} on the events of {source}";
        if (socket is not null) text += $"; API at {socket}";
        if (recording is null) text += "; Ctrl+C ends";
        return text + "." + string.Concat((session.Monitor?.Notes ?? []).Select(n => "\n  " + n));
    }

    /// <summary>What it came to.</summary>
    public static string Ended(HookSession session)
    {
        var statistics = session.Hooks.List().Select(h => h.Statistics).ToArray();
        var text = $"{Quantity.Count(session.Events)} events, {Quantity.Count(statistics.Sum(s => s.Executions))} executions: "
            + $"{Quantity.Count(statistics.Sum(s => s.Successes))} successful, {Quantity.Count(statistics.Sum(s => s.Failures))} failed, {Quantity.Count(statistics.Sum(s => s.Timeouts))} timed out";
        var dropped = statistics.Sum(s => s.Dropped) + session.Hooks.Status.Dropped;
        return dropped == 0 ? text + "." : $"{text}; {Quantity.Count(dropped)} events dropped.";
    }

    private static string Namespaces(HookSession session)
    {
        var names = (session.Monitor?.Namespaces ?? []).Select(n => n.Name).ToArray();
        return names.Length switch { 0 => "no namespace", <= 5 => string.Join(", ", names), _ => $"{names.Length} namespaces" };
    }
}
