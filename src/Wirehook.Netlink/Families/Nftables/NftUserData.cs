using System.Text;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>What the nft tool stores with an object: type, length, value. Type 0 is the comment of tables, chains, rules and sets' elements.</summary>
internal static class NftUserData
{
    private const byte CommentType = 0;
    private const byte MaxKnownType = 16;

    /// <summary>The comment; null where there is none.</summary>
    public static string? Comment(ReadOnlySpan<byte> data)
    {
        while (data.Length >= 2)
        {
            var (type, length) = (data[0], data[1]);
            if (type > MaxKnownType || length > data.Length - 2) return null;
            if (type == CommentType) return Encoding.UTF8.GetString(data.Slice(2, length).TrimEnd((byte)0));
            data = data[(2 + length)..];
        }

        return null;
    }
}
