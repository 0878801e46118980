using System.Globalization;
using Wirehook.Netlink.Codec;

namespace Wirehook.Netlink.Families.NamespaceId;

/// <summary>The number by which one network namespace knows another.</summary>
internal sealed class NamespaceIdObject : NetlinkObject
{
    private const int HeaderLength = 1;
    private const ushort NsidAttribute = 1;

    private NamespaceIdObject(NetlinkFamily family, int id)
    {
        (Family, Id) = (family, id);
    }

    /// <inheritdoc/>
    public override NetlinkFamily Family { get; }

    /// <inheritdoc/>
    public override int IdentityHash => Id;

    public int Id { get; }

    /// <summary>Decodes the body of RTM_NEWNSID and RTM_DELNSID (struct rtgenmsg and attributes NETNSA_*).</summary>
    public static NamespaceIdObject? Decode(NetlinkFamily family, ReadOnlySpan<byte> body)
    {
        int? id = null;
        foreach (var attribute in NetlinkAttributes.Behind(body, HeaderLength))
        {
            if (attribute.Type == NsidAttribute) id = attribute.Int32;
        }

        return id is { } known and >= 0 ? new NamespaceIdObject(family, known) : null;
    }

    /// <inheritdoc/>
    public override bool IsSameObject(NetlinkObject other) => other is NamespaceIdObject ns && ns.Id == Id;

    /// <inheritdoc/>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"nsid {Id}");
}
