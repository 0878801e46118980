using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.State;

/// <summary>One message type with its family, as found by number.</summary>
internal sealed record KnownMessage(NetlinkFamily Family, int FamilyIndex, NetlinkMessageType Type);

/// <summary>Finds the family of a message by protocol and type.</summary>
internal static class MessageTypes
{
    private static readonly KnownMessage?[]?[] ByProtocol = Build();

    /// <summary>The message type; null where no family has it.</summary>
    public static KnownMessage? Find(int protocol, ushort type)
    {
        if ((uint)protocol >= (uint)ByProtocol.Length || ByProtocol[protocol] is not { } types || type >= types.Length) return null;
        return types[type];
    }

    /// <summary>The type by which <paramref name="family"/> announces what <paramref name="action"/> says; null where it has none.</summary>
    public static NetlinkMessageType? Of(NetlinkFamily family, NetlinkAction action)
    {
        foreach (var type in family.Messages)
        {
            if (type.Action == action) return type;
        }

        return null;
    }

    private static KnownMessage?[]?[] Build()
    {
        var families = NetlinkFamily.All;
        var byProtocol = new KnownMessage?[families.Max(f => f.Protocol) + 1][];
        foreach (var group in families.Select((family, index) => (family, index)).GroupBy(f => f.family.Protocol))
        {
            var known = group.SelectMany(f => f.family.Messages.Select(m => new KnownMessage(f.family, f.index, m))).ToList();
            if (known.Count == 0) continue;
            var types = byProtocol[group.Key] = new KnownMessage?[known.Max(k => k.Type.Type) + 1];
            foreach (var message in known) types[message.Type.Type] ??= message;
        }

        return byProtocol;
    }
}
