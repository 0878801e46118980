using System.Globalization;
using Wirehook.Packets.Files;

namespace Wirehook.Netlink.Recording;

/// <summary>The network namespace that an interface of a capture stands for.</summary>
/// <param name="Name">Its name, as events carry it.</param>
/// <param name="Nsid">Its id; -1 where it has none.</param>
public readonly record struct RecordedNamespace(string Name, int Nsid)
{
    private const string Marker = "network namespace, id ";

    /// <summary>The namespace of a capture that says nothing of namespaces, such as one taken by tcpdump from an nlmon device.</summary>
    public static RecordedNamespace Unknown => new("default", -1);

    /// <summary>Reads a capture's interface description: the name counts as a namespace's only in Wirehook's own recordings.</summary>
    public static RecordedNamespace Of(CaptureInterface described)
    {
        if (described is not { Name: { } name, Description: { } text } || !text.StartsWith(Marker, StringComparison.Ordinal)) return Unknown;
        return int.TryParse(text.AsSpan(Marker.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var nsid) ? new(name, nsid) : Unknown;
    }

    /// <summary>What the description of a recorded namespace says.</summary>
    internal static string Describe(int nsid) => string.Create(CultureInfo.InvariantCulture, $"{Marker}{nsid}");
}
