using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Decompressed bytes of one side that are no whole packet yet; they count against the engine's memory.</summary>
internal sealed class MySqlInflated(FlowContext context) : MemoryHolder
{
    private StreamBuffer _bytes;

    public int Length => _bytes.Length;

    public ReadOnlySpan<byte> Span => _bytes.Span;

    /// <summary>When the first of the bytes was captured.</summary>
    public Timestamp? Partial { get; set; }

    public void Append(ReadOnlySpan<byte> data)
    {
        _bytes.Append(data);
        Account();
    }

    public void Drop(int count)
    {
        _bytes.Drop(count);
        Account();
    }

    public void Clear()
    {
        _bytes.Clear();
        Partial = null;
        Account();
    }

    internal override void Release(Timestamp now) => Clear();

    private void Account()
    {
        if (HeldBytes != _bytes.Capacity) context.Memory.ReportStream(this, _bytes.Capacity);
    }
}
