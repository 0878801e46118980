using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Output;

/// <summary>Which events <c>wirehook monitor</c> shows. One thread uses it.</summary>
internal sealed class EventSelection
{
    private const string Unchanged = ".unchanged";
    private readonly ConditionState? _condition;
    private readonly bool _hideUnchanged;
    private readonly IReadOnlyList<string> _families;

    /// <summary>Compiles the condition.</summary>
    /// <param name="condition">Its text; null or empty for every event.</param>
    /// <param name="hideUnchanged">Whether announcements that changed nothing are left out.</param>
    /// <param name="families">Names of the families that are shown; empty for all.</param>
    /// <exception cref="ConfigurationException">The condition is refused.</exception>
    public EventSelection(string? condition, bool hideUnchanged, IReadOnlyList<string> families)
    {
        (_hideUnchanged, _families) = (hideUnchanged, families);
        if (string.IsNullOrWhiteSpace(condition)) return;
        var compiled = Condition.Compile(condition);
        if (!compiled.Succeeded) throw new ConfigurationException($"--condition: {compiled.Error}");
        Warnings = compiled.Warnings;
        _condition = new ConditionState(compiled.Condition);
    }

    /// <summary>What is allowed in the condition but probably not meant.</summary>
    public IReadOnlyList<ConditionError> Warnings { get; } = [];

    /// <summary>When a condition that must hold for some time (<c>for 5s</c>) next has something to show; null for never.</summary>
    public Timestamp? NextDeadline => _condition?.NextDeadline;

    /// <summary>Takes the next event, and adds to <paramref name="shown"/> what is to be shown now: what became due before it, and the event itself.</summary>
    public void Take(NetworkEvent happened, List<NetworkEvent> shown)
    {
        if (_condition is not null)
        {
            _condition.Advance(happened.Timestamp, shown);
            if (_condition.Evaluate(happened) != Truth.True) return;
        }

        if (IsWanted(happened)) shown.Add(happened);
    }

    /// <summary>Adds what became due by <paramref name="now"/>.</summary>
    public void Advance(Timestamp now, List<NetworkEvent> shown) => _condition?.Advance(now, shown);

    private bool IsWanted(NetworkEvent happened)
    {
        if (_hideUnchanged && happened.Event.EndsWith(Unchanged, StringComparison.Ordinal)) return false;
        return _families.Count == 0 || happened.Family is not { } family || _families.Contains(family.Name);
    }
}
