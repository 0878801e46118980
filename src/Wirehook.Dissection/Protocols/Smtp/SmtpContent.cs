using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>The content of a mail that is on its way. It keeps what the body limit allows, and lets go of it when memory runs out.</summary>
internal sealed class SmtpContent(FlowContext context) : MemoryHolder
{
    private const int Smallest = 1024;
    private byte[] _bytes = [];
    private int _kept;

    /// <summary>Bytes so far, kept or not.</summary>
    public long Length { get; private set; }

    /// <summary>Whether part of the content is not there.</summary>
    public bool IsCut { get; set; }

    private bool IsOverLimit { get; set; }

    /// <summary>What is kept.</summary>
    public ReadOnlyMemory<byte> Kept => _bytes.AsMemory(0, _kept);

    /// <summary>Adds bytes.</summary>
    public void Add(ReadOnlySpan<byte> data)
    {
        Length += data.Length;
        var room = context.Options.BodyLimit - _kept;
        if (!IsCut && data.Length > room) IsOverLimit = true;
        if (IsOverLimit) context.Losses.BodyBytes.Add(data.Length - room);
        if (IsCut || data.IsEmpty) return;
        data = data[..Math.Min(data.Length, room)];
        IsCut = IsOverLimit;
        if (_kept + data.Length > _bytes.Length) Array.Resize(ref _bytes, Math.Max(_kept + data.Length, Math.Max(Smallest, _bytes.Length * 2)));
        data.CopyTo(_bytes.AsSpan(_kept));
        _kept += data.Length;
        context.Memory.ReportMessage(this, _bytes.Length);
    }

    /// <summary>The content is in an item now.</summary>
    public void Free() => context.Memory.ReportMessage(this, 0);

    internal override void Release(Timestamp now)
    {
        (_bytes, _kept, IsCut) = ([], 0, true);
        Free();
    }
}
