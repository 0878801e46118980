using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Http2.Hpack;

/// <summary>
/// Fields of literals that came before, by their coded bytes: servers send the same literal with every response. A hit saves the decoding, and shares the field's texts
/// with all messages that have it. One per engine, of fixed size; a newcomer takes the place of whoever has the same hash.
/// </summary>
internal sealed class HpackLiteralCache
{
    /// <summary>Literals longer than this are hardly sent twice.</summary>
    public const int LongestLiteral = 128;

    private const int Size = 1024;
    private readonly (byte[] Coded, HeaderField Field)[] _entries = new (byte[], HeaderField)[Size];

    /// <summary>The field that <paramref name="coded"/> stands for, or null where it is not known.</summary>
    public HeaderField? Find(ReadOnlySpan<byte> coded, out int slot)
    {
        slot = (int)(Hash(coded) >> 54);
        ref var entry = ref _entries[slot];
        return entry.Coded is not null && coded.SequenceEqual(entry.Coded) ? entry.Field : null;
    }

    /// <summary>Keeps the field of <paramref name="coded"/> in the place that <see cref="Find"/> named.</summary>
    public void Add(int slot, ReadOnlySpan<byte> coded, HeaderField field) => _entries[slot] = (coded.ToArray(), field);

    private static ulong Hash(ReadOnlySpan<byte> coded)
    {
        var hash = (ulong)coded.Length;
        for (; coded.Length > 8; coded = coded[8..]) hash = (hash ^ BinaryPrimitives.ReadUInt64LittleEndian(coded)) * 0x9e3779b97f4a7c15;
        foreach (var b in coded) hash = (hash ^ b) * 0x9e3779b97f4a7c15;
        return hash ^ (hash >> 32) ^ (hash << 22);
    }
}
