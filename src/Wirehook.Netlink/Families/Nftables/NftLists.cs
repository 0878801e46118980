using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>Lists within nftables messages, bounded: a message may carry thousands of elements.</summary>
internal static class NftLists
{
    private const int MaxItems = 64;
    private const ushort ListItem = 1;
    private const ushort ElementKey = 1;
    private const ushort KeyValue = 1;
    private const ushort ExpressionName = 1;
    private const int MaxKeyLength = 64;

    /// <summary>Names of devices.</summary>
    public static IReadOnlyList<string> Names(NetlinkAttributes attributes)
    {
        var names = new List<string>();
        foreach (var attribute in attributes)
        {
            if (attribute.Type == ListItem && names.Count < MaxItems) names.Add(attribute.Text);
        }

        return names;
    }

    /// <summary>Names of a rule's expressions, in order: <c>meta</c>, <c>cmp</c>, <c>counter</c>.</summary>
    public static IReadOnlyList<string> Expressions(NetlinkAttributes attributes)
    {
        var names = new List<string>();
        foreach (var expression in attributes)
        {
            if (expression.Type != ListItem || names.Count >= MaxItems) continue;
            foreach (var attribute in expression.Nested)
            {
                if (attribute.Type == ExpressionName) names.Add(attribute.Text);
            }
        }

        return names;
    }

    /// <summary>Keys of a set's elements: those of four and sixteen bytes as addresses, others in hexadecimal, since the message does not tell their
    /// type.</summary>
    public static IReadOnlyList<string> Elements(NetlinkAttributes attributes, out int count)
    {
        var keys = new List<string>();
        count = 0;
        foreach (var element in attributes)
        {
            if (element.Type != ListItem) continue;
            count++;
            if (keys.Count < MaxItems && Key(element.Nested) is { } key) keys.Add(key);
        }

        return keys;
    }

    private static string? Key(NetlinkAttributes element)
    {
        foreach (var attribute in element)
        {
            if (attribute.Type != ElementKey) continue;
            foreach (var value in attribute.Nested)
            {
                if (value.Type == KeyValue) return Text(value);
            }
        }

        return null;
    }

    private static string Text(in NetlinkAttribute value) => value.Value.Length switch
    {
        4 or 16 => value.Address!.Value.ToString(),
        2 => BinaryPrimitives.ReadUInt16BigEndian(value.Value).ToString(CultureInfo.InvariantCulture),
        _ => Convert.ToHexStringLower(value.Value[..Math.Min(value.Value.Length, MaxKeyLength)]),
    };
}
