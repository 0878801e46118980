namespace Wirehook.Dissection.Compression;

/// <summary>Decompressed bytes: grows with what comes out, up to a limit, and serves as the window into which matches point back.</summary>
internal sealed class BoundedOutput(int limit, int expected)
{
    private const int SmallestCapacity = 256;
    private const int LargestFirstCapacity = 64 << 10;
    private byte[] _bytes = new byte[Math.Min(limit, Math.Clamp(expected, SmallestCapacity, LargestFirstCapacity))];

    /// <summary>Bytes that came out so far.</summary>
    public int Length { get; private set; }

    /// <summary>Whether nothing more fits.</summary>
    public bool IsFull => Length == limit;

    /// <summary>What came out so far.</summary>
    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, Length);

    /// <summary>Appends <paramref name="data"/>. False when the limit cut it.</summary>
    public bool Append(ReadOnlySpan<byte> data)
    {
        var fits = data.Length <= limit - Length;
        if (!fits) data = data[..(limit - Length)];
        data.CopyTo(Room(data.Length));
        Length += data.Length;
        return fits;
    }

    /// <summary>Appends a copy of what was written <paramref name="distance"/> bytes ago, which may overlap with what it appends. False when the limit cut it.</summary>
    /// <param name="distance">At least 1, at most <see cref="Length"/>.</param>
    /// <param name="length">How many bytes.</param>
    public bool AppendMatch(int distance, int length)
    {
        var fits = length <= limit - Length;
        if (!fits) length = limit - Length;
        _ = Room(length);
        if (distance >= length)
        {
            _bytes.AsSpan(Length - distance, length).CopyTo(_bytes.AsSpan(Length));
        }
        else
        {
            for (var i = Length; i < Length + length; i++) _bytes[i] = _bytes[i - distance];
        }

        Length += length;
        return fits;
    }

    /// <summary>Space behind what was written, as long as the limit allows and at least one byte unless <see cref="IsFull"/>; what is used of it is declared by <see cref="Advance"/>.</summary>
    public Span<byte> Space()
    {
        if (Length == _bytes.Length) Grow(Math.Min(limit, Length + 1));
        return _bytes.AsSpan(Length);
    }

    /// <summary>The first <paramref name="count"/> bytes of <see cref="Space"/> were written.</summary>
    public void Advance(int count) => Length += count;

    private Span<byte> Room(int length)
    {
        if (_bytes.Length - Length < length) Grow(Length + length);
        return _bytes.AsSpan(Length, length);
    }

    private void Grow(int needed) => Array.Resize(ref _bytes, (int)Math.Min(limit, Math.Max(2L * _bytes.Length, needed)));
}
