namespace Wirehook.Netlink.Events;

/// <summary>How much an event matters.</summary>
public enum EventSeverity
{
    /// <summary>Ordinary.</summary>
    Info,

    /// <summary>Something stopped working or was lost.</summary>
    Warning,

    /// <summary>Connectivity of the whole machine is at stake, or events were lost.</summary>
    Critical,
}

/// <summary>One entry of the catalogue of semantic events.</summary>
/// <param name="Name">Such as <c>link.carrier_lost</c>.</param>
/// <param name="Description">When it happens.</param>
/// <param name="Severity">How much it matters.</param>
public sealed record EventName(string Name, string Description, EventSeverity Severity = EventSeverity.Info);
