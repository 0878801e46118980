using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Engine;

/// <summary>
/// Bytes kept one after the other in a <see cref="ByteArena"/>. Pieces that lie side by side there, as those of one segment do, become one, so that many small
/// messages cost one reference.
/// </summary>
internal struct KeptPieces
{
    private ReadOnlyMemory<byte> _last;
    private List<ReadOnlyMemory<byte>>? _before;

    /// <summary>Bytes kept.</summary>
    public int Length { get; private set; }

    /// <summary>How many pieces there are.</summary>
    public readonly int Count => (_before?.Count ?? 0) + (_last.IsEmpty ? 0 : 1);

    /// <summary>The piece at <paramref name="index"/>, in the order of their addition.</summary>
    public readonly ReadOnlyMemory<byte> this[int index] => index < (_before?.Count ?? 0) ? _before![index] : _last;

    /// <summary>Adds a piece, which may be empty.</summary>
    public void Add(ReadOnlyMemory<byte> piece)
    {
        if (piece.IsEmpty) return;
        Length += piece.Length;
        if (_last.IsEmpty)
        {
            _last = piece;
            return;
        }

        if (MemoryMarshal.TryGetArray(_last, out var last) && MemoryMarshal.TryGetArray(piece, out var next)
            && ReferenceEquals(last.Array, next.Array) && last.Offset + last.Count == next.Offset)
        {
            _last = last.Array.AsMemory(last.Offset, last.Count + next.Count);
            return;
        }

        (_before ??= []).Add(_last);
        _last = piece;
    }

    /// <summary>Moves the pieces to one array of their own.</summary>
    public void Detach()
    {
        if (_before is null)
        {
            _last = ByteArena.Detach(_last);
            return;
        }

        var joined = new byte[Length];
        for (int i = 0, at = 0; i < Count; at += this[i++].Length) this[i].CopyTo(joined.AsMemory(at));
        (_before, _last) = (null, joined);
    }
}
