using System.Buffers;

namespace Wirehook.Dissection.Engine;

/// <summary>Undigested bytes of one direction: appended at the end, dropped at the front. Its array is rented and goes back when it is empty.</summary>
internal struct StreamBuffer
{
    private byte[]? _bytes;
    private int _start;

    public int Length { get; private set; }

    /// <summary>Bytes of memory that it holds.</summary>
    public readonly int Capacity => _bytes?.Length ?? 0;

    public readonly ReadOnlySpan<byte> Span => _bytes.AsSpan(_start, Length);

    public void Append(ReadOnlySpan<byte> data)
    {
        if (data.IsEmpty) return;
        if (_bytes is null) _bytes = ArrayPool<byte>.Shared.Rent(Math.Max(data.Length, 4096));
        else if (_start + Length + data.Length > _bytes.Length) MakeRoom(data.Length);
        data.CopyTo(_bytes.AsSpan(_start + Length));
        Length += data.Length;
    }

    public void Drop(int count)
    {
        _start += count;
        Length -= count;
        if (Length == 0) Clear();
    }

    public void Clear()
    {
        if (_bytes is not null) ArrayPool<byte>.Shared.Return(_bytes);
        (_bytes, _start, Length) = (null, 0, 0);
    }

    private void MakeRoom(int more)
    {
        var from = _bytes!;
        var to = Length + more <= from.Length / 2 ? from : ArrayPool<byte>.Shared.Rent(Math.Max(Length + more, from.Length * 2));
        from.AsSpan(_start, Length).CopyTo(to);
        if (!ReferenceEquals(to, from)) ArrayPool<byte>.Shared.Return(from);
        (_bytes, _start) = (to, 0);
    }
}
