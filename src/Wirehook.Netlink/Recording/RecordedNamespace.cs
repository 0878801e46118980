using System.Globalization;
using Wirehook.Packets.Files;

namespace Wirehook.Netlink.Recording;

/// <summary>The network namespace that an interface of a capture stands for.</summary>
/// <param name="Name">Its name, as events carry it.</param>
/// <param name="Nsid">Its id; -1 where it has none.</param>
/// <param name="Continues">Number of the interface that stood for it first, before it got this name or id; -1 where it begins here.</param>
/// <param name="IsNew">Whether it came to be while others were recorded already.</param>
public readonly record struct RecordedNamespace(string Name, int Nsid, int Continues = -1, bool IsNew = false)
{
    private const string IdMarker = "network namespace, id ";
    private const string ContinuesMarker = ", continues ";
    private const string NewMarker = ", new";

    /// <summary>The namespace of a capture that says nothing of namespaces, such as one taken by tcpdump from an nlmon device.</summary>
    public static RecordedNamespace Unknown => new("default", -1);

    /// <summary>Reads a capture's interface description: the name counts as a namespace's only in Wirehook's own recordings.</summary>
    public static RecordedNamespace Of(CaptureInterface described)
    {
        if (described is not { Name: { } name, Description: { } text } || !text.StartsWith(IdMarker, StringComparison.Ordinal)) return Unknown;
        var rest = text.AsSpan(IdMarker.Length);
        var isNew = rest.EndsWith(NewMarker, StringComparison.Ordinal);
        if (isNew) rest = rest[..^NewMarker.Length];
        var comma = rest.IndexOf(ContinuesMarker, StringComparison.Ordinal);
        var id = comma < 0 ? rest : rest[..comma];
        if (!int.TryParse(id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nsid)) return Unknown;
        if (comma < 0) return new(name, nsid, IsNew: isNew);
        var earlier = rest[(comma + ContinuesMarker.Length)..];
        return int.TryParse(earlier, NumberStyles.None, CultureInfo.InvariantCulture, out var continues) ? new(name, nsid, continues) : Unknown;
    }

    /// <summary>What the description of a recorded namespace says.</summary>
    internal string Describe() =>
        string.Create(CultureInfo.InvariantCulture, $"{IdMarker}{Nsid}{(Continues < 0 ? "" : ContinuesMarker)}{(Continues < 0 ? null : Continues)}{(IsNew ? NewMarker : "")}");
}
