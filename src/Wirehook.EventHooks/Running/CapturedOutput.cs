using System.Globalization;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>Head and tail of what a program writes, in bounded memory; everything between is counted and left out.</summary>
internal sealed class CapturedOutput(int limit)
{
    private const int FirstCapacity = 1024;

    private readonly int _limit = Math.Max(limit, 0);
    private byte[] _head = [];
    private int _headLength;
    private byte[]? _tail;
    private int _tailNext;

    /// <summary>Bytes seen, kept or not.</summary>
    public long TotalBytes { get; private set; }

    /// <summary>Adds what was read.</summary>
    public void Add(ReadOnlySpan<byte> bytes)
    {
        TotalBytes += bytes.Length;
        var toHead = Math.Min(bytes.Length, _limit - _headLength);
        if (toHead > 0) AddToHead(bytes[..toHead]);
        bytes = bytes[Math.Max(toHead, 0)..];
        if (bytes.Length > 0 && _limit > 0) AddToTail(bytes);
    }

    /// <summary>The text: whole where it fits in head and tail, otherwise with a line in the middle that says how much is missing.</summary>
    public override string ToString()
    {
        var head = _head.AsSpan(0, _headLength);
        if (_tail is null) return Encoding.UTF8.GetString(head) + (TotalBytes > _headLength ? Omission(TotalBytes - _headLength) : "");
        var omitted = TotalBytes - _headLength - _limit;
        if (omitted > 0) return Encoding.UTF8.GetString(head) + Omission(omitted) + Encoding.UTF8.GetString(OrderedTail(_limit));
        // A character may lie across the border of head and tail, so that both are decoded together.
        return Encoding.UTF8.GetString([.. head, .. OrderedTail((int)(TotalBytes - _headLength))]);
    }

    private static string Omission(long bytes) => string.Create(CultureInfo.InvariantCulture, $"\n[… {bytes} bytes left out …]\n");

    private void AddToHead(ReadOnlySpan<byte> bytes)
    {
        if (_headLength + bytes.Length > _head.Length)
        {
            var capacity = Math.Max(Math.Max(FirstCapacity, _head.Length * 2), _headLength + bytes.Length);
            Array.Resize(ref _head, Math.Min(capacity, _limit));
        }
        bytes.CopyTo(_head.AsSpan(_headLength));
        _headLength += bytes.Length;
    }

    private void AddToTail(ReadOnlySpan<byte> bytes)
    {
        _tail ??= new byte[_limit];
        if (bytes.Length > _limit) bytes = bytes[^_limit..];
        var first = Math.Min(bytes.Length, _limit - _tailNext);
        bytes[..first].CopyTo(_tail.AsSpan(_tailNext));
        bytes[first..].CopyTo(_tail);
        _tailNext = (_tailNext + bytes.Length) % _limit;
    }

    private byte[] OrderedTail(int length)
    {
        var ordered = new byte[length];
        var start = (_tailNext - length + _limit) % _limit;
        var first = Math.Min(length, _limit - start);
        _tail.AsSpan(start, first).CopyTo(ordered);
        _tail.AsSpan(0, length - first).CopyTo(ordered.AsSpan(first));
        return ordered;
    }
}
