using System.Text;

namespace Wirehook.Netlink.Families.Nftables;

/// <summary>What the nft tool stores with an object: type, length, value. Its types are those of libnftnl (udata.h).</summary>
internal static class NftUserData
{
    private const byte CommentType = 0;

    /// <summary>NFTNL_UDATA_SET_COMMENT: the types before it tell how keys are written.</summary>
    private const byte SetCommentType = 7;

    private const byte MaxKnownType = 16;

    /// <summary>The comment of a table, chain, rule or object; null where there is none.</summary>
    public static string? Comment(ReadOnlySpan<byte> data) => Find(data, CommentType);

    /// <summary>The comment of a set; null where there is none.</summary>
    public static string? SetComment(ReadOnlySpan<byte> data) => Find(data, SetCommentType);

    private static string? Find(ReadOnlySpan<byte> data, byte wanted)
    {
        while (data.Length >= 2)
        {
            var (type, length) = (data[0], data[1]);
            if (type > MaxKnownType || length > data.Length - 2) return null;
            if (type == wanted) return Encoding.UTF8.GetString(data.Slice(2, length).TrimEnd((byte)0));
            data = data[(2 + length)..];
        }

        return null;
    }
}
