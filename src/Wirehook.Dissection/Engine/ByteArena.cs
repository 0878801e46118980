using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Engine;

/// <summary>
/// Keeps message bytes beyond the call that brought them: chunks shared by many messages, each byte written once. A chunk lives as long as a
/// message that points into it.
/// </summary>
public sealed class ByteArena
{
    private const int ChunkSize = 64 << 10;
    private byte[] _chunk = [];
    private int _used;

    /// <summary>Chunks begun so far.</summary>
    internal long Chunks { get; private set; }

    /// <summary>Copies <paramref name="data"/>, in one piece.</summary>
    /// <param name="data">The bytes.</param>
    public ReadOnlyMemory<byte> Keep(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return default;
        if (data.Length > ChunkSize / 2 && data.Length > _chunk.Length - _used)
        {
            var own = GC.AllocateUninitializedArray<byte>(data.Length);
            data.CopyTo(own);
            return own;
        }

        if (data.Length > _chunk.Length - _used) StartChunk();
        data.CopyTo(_chunk.AsSpan(_used));
        var kept = _chunk.AsMemory(_used, data.Length);
        _used += data.Length;
        return kept;
    }

    /// <summary>As many of <paramref name="data"/>'s first bytes as the current chunk takes, at least one; for data that may be kept in pieces.</summary>
    /// <param name="data">The bytes, not empty.</param>
    internal ReadOnlyMemory<byte> KeepSome(ReadOnlySpan<byte> data)
    {
        if (_used == _chunk.Length) StartChunk();
        return Keep(data[..Math.Min(data.Length, _chunk.Length - _used)]);
    }

    /// <summary>The same bytes in an array that holds nothing else: as they are where they lie in one already, otherwise a copy.</summary>
    /// <param name="kept">Bytes that <see cref="Keep"/> gave out.</param>
    internal static ReadOnlyMemory<byte> Detach(ReadOnlyMemory<byte> kept)
    {
        if (kept.IsEmpty) return default;
        return MemoryMarshal.TryGetArray(kept, out var array) && array.Array!.Length == kept.Length ? kept : kept.ToArray();
    }

    private void StartChunk() => (_chunk, _used, Chunks) = (GC.AllocateUninitializedArray<byte>(ChunkSize), 0, Chunks + 1);
}
