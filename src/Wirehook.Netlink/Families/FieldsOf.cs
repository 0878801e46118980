using System.Runtime.CompilerServices;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

namespace Wirehook.Netlink.Families;

/// <summary>Declares fields of one class of objects by typed readers.</summary>
internal static class FieldsOf<T> where T : NetlinkObject
{
    /// <summary>A whole number; null is absent.</summary>
    public static NetworkField Number(string name, string description, Func<T, long?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Number, description, subject => NetworkValue.From(get(Own(subject))))
        {
            Aliases = aliases,
            Differs = (a, b) => get(Own(a)) != get(Own(b)),
        };

    /// <summary>True or false; null is absent.</summary>
    public static NetworkField Flag(string name, string description, Func<T, bool?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Flag, description, subject => get(Own(subject)) is { } value ? NetworkValue.From(value) : default)
        {
            Aliases = aliases,
            Differs = (a, b) => get(Own(a)) != get(Own(b)),
        };

    /// <summary>Text; null is absent.</summary>
    public static NetworkField Text(string name, string description, Func<T, string?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Text, description, subject => NetworkValue.From(get(Own(subject))))
        {
            Aliases = aliases,
            Differs = (a, b) => !string.Equals(get(Own(a)), get(Own(b)), StringComparison.Ordinal),
        };

    /// <summary>An address alone; null is absent.</summary>
    public static NetworkField Address(string name, string description, Func<T, IpAddress?> get, params string[] aliases) =>
        new(name, NetworkValueKind.Address, description, subject => NetworkValue.From(get(Own(subject))))
        {
            Aliases = aliases,
            Differs = (a, b) => get(Own(a)) != get(Own(b)),
        };

    /// <summary>An address with the length of its prefix.</summary>
    public static NetworkField Prefix(string name, string description, Func<T, NetworkValue> get, params string[] aliases) =>
        new(name, NetworkValueKind.Address, description, subject => get(Own(subject))) { Aliases = aliases };

    /// <summary>Several texts; null is absent.</summary>
    public static NetworkField List(string name, string description, Func<T, IReadOnlyList<string>?> get, params string[] aliases) =>
        new(name, NetworkValueKind.List, description, subject => NetworkValue.From(get(Own(subject))))
        {
            Aliases = aliases,
            Differs = (a, b) => DifferLists(get(Own(a)), get(Own(b))),
        };

    private static bool DifferLists(IReadOnlyList<string>? a, IReadOnlyList<string>? b)
    {
        if (ReferenceEquals(a, b)) return false;
        if (a is null || b is null || a.Count != b.Count) return true;
        for (var i = 0; i < a.Count; i++)
        {
            if (!string.Equals(a[i], b[i], StringComparison.Ordinal)) return true;
        }

        return false;
    }

    // A family's fields are only ever read from its own objects: the schema and the engine see to that.
    private static T Own(NetlinkObject subject)
    {
        System.Diagnostics.Debug.Assert(subject is T);
        return Unsafe.As<T>(subject);
    }
}
