using System.Globalization;
using System.Numerics;
using System.Text;

namespace Wirehook.Netlink.Events;

/// <summary>
/// Network events as lines for people: time, namespace unless it is Wirehook's own, what happened, the interface, the object or what changed of it
/// (<c>mtu 1500 → 1400</c>), and who caused it.
/// </summary>
public static class EventText
{
    private const string Dim = "\e[2m";
    private const string Green = "\e[32m";
    private const string Yellow = "\e[33m";
    private const string Red = "\e[31m";
    private const string Cyan = "\e[36m";
    private const string Bold = "\e[1m";
    private const string Reset = "\e[0m";
    private static readonly string[] Losing =
        ["removed", "down", "carrier_lost", "failed", "overrun", "dropped", "destroyed", "default_removed", "remove", "moved_away"];

    private static readonly string[] Gaining = ["added", "up", "carrier_gained", "reachable", "new", "default_added", "add"];

    /// <summary>The line, without a line break. Text from the kernel cannot steer the terminal: control characters are escaped.</summary>
    /// <param name="e">The event.</param>
    /// <param name="colour">Whether to colour it with ANSI escape sequences.</param>
    public static string Line(NetworkEvent e, bool colour)
    {
        var text = new StringBuilder(160);
        Append(text, colour ? Dim : null, Time(e));
        if (e.Namespace is not "default") AppendEscaped(text.Append(' '), colour ? Cyan : null, $"[{e.Namespace}]");
        AppendEscaped(text.Append(' '), colour ? ColourOf(e.Event) : null, e.Event);
        if (e.Interface.Length > 0) AppendEscaped(text.Append(' '), colour ? Bold : null, e.Interface);
        else if (e.InterfaceIndex > 0) text.Append(CultureInfo.InvariantCulture, $" if{e.InterfaceIndex}");
        AppendSubject(text, e);
        AppendOrigin(text, e);
        return text.ToString();
    }

    private static string Time(NetworkEvent e) =>
        DateTime.UnixEpoch.AddMilliseconds(e.Timestamp.UnixMilliseconds).ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    private static void AppendSubject(StringBuilder text, NetworkEvent e)
    {
        if (e.Current is { } current)
        {
            // Of a changed interface the name says which one it is, and the changes what there is to know.
            var hasChanges = e.Previous is not null && e.Changed != 0;
            var words = hasChanges && current.OwnsInterface ? "" : current.ToString();
            if (words.Length > 0) text.Append(' ').Append(words);
            if (hasChanges) AppendChanges(words.Length > 0 ? text.Append(" |") : text, e);
        }

        if (e.Detail.Length > 0) AppendEscaped(text.Append(": "), null, e.Detail);
        if (e.Lost > 0) text.Append(CultureInfo.InvariantCulture, $" (at least {e.Lost} lost)");
    }

    private static void AppendChanges(StringBuilder text, NetworkEvent e)
    {
        var separator = " ";
        for (var rest = e.Changed; rest != 0; rest &= rest - 1)
        {
            var field = e.Current!.Family.Fields[BitOperations.TrailingZeroCount(rest)];
            var (old, now) = (field.Get(e.Previous!), field.Get(e.Current));
            text.Append(separator).Append(field.Name).Append(' ');
            separator = ", ";
            if (field.IsBitSet && old.Kind == NetworkValueKind.Number && now.Kind == NetworkValueKind.Number)
            {
                ObjectText.AppendBitChanges(text, field, old.AsNumber, now.AsNumber);
                continue;
            }

            ObjectText.AppendValue(text, field, old);
            text.Append(" → ");
            ObjectText.AppendValue(text, field, now);
        }
    }

    private static void AppendOrigin(StringBuilder text, NetworkEvent e)
    {
        if (e.PortId > 0) text.Append(CultureInfo.InvariantCulture, $" pid {e.PortId}");
        if (e.Initial) text.Append(" (at the start)");
        if (e.Synthetic) text.Append(" (found by comparison)");
    }

    private static string ColourOf(string name)
    {
        var what = name[(name.IndexOf('.', StringComparison.Ordinal) + 1)..];
        if (Losing.Contains(what)) return Red;
        return Gaining.Contains(what) ? Green : Yellow;
    }

    private static void AppendEscaped(StringBuilder text, string? colour, string value)
    {
        text.Append(colour);
        ObjectText.AppendEscaped(text, value);
        if (colour is not null) text.Append(Reset);
    }

    private static void Append(StringBuilder text, string? colour, string value)
    {
        text.Append(colour).Append(value);
        if (colour is not null) text.Append(Reset);
    }
}
