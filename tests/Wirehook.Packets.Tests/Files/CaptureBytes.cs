using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Packets.Tests.Files;

/// <summary>Builds capture files of either byte order.</summary>
internal sealed class CaptureBytes(bool bigEndian)
{
    public const uint Microseconds = 0xA1B2C3D4;
    public const uint Nanoseconds = 0xA1B23C4D;
    public const uint Kuznetzov = 0xA1B2CD34;
    private readonly List<byte> _bytes = [];

    public int Length => _bytes.Count;

    public byte[] ToArray() => _bytes.ToArray();

    public CaptureBytes Pcap(uint magic, uint network = 1, int minor = 4, uint snapLength = 262_144, int major = 2) =>
        U32(magic).U16(major).U16(minor).U32(0).U32(0).U32(snapLength).U32(network);

    public CaptureBytes PcapPacket(uint seconds, uint fraction, byte[] data, int? wire = null, bool kuznetzov = false)
    {
        U32(seconds).U32(fraction).U32((uint)data.Length).U32((uint)(wire ?? data.Length));
        if (kuznetzov) U32(3).U16(8).U16(0);
        return Raw(data);
    }

    public CaptureBytes Section(int major = 1) => Block(0x0A0D0D0A, body => body.U32(0x1A2B3C4D).U16(major).U16(0).U32(uint.MaxValue).U32(uint.MaxValue));

    public CaptureBytes Interface(int link = 1, uint snapLength = 0, byte? resolution = null, long? offset = null, string? name = null) => Block(1, body =>
    {
        body.U16(link).U16(0).U32(snapLength);
        if (name is not null) body.Option(2, Encoding.UTF8.GetBytes(name));
        if (resolution is { } unit) body.Option(9, [unit]);
        if (offset is { } seconds) body.Option(14, new CaptureBytes(bigEndian).U64((ulong)seconds).ToArray());
        body.Option(0x8765, [1, 2, 3, 4, 5]).Option(0, []);
    });

    public CaptureBytes Enhanced(uint id, ulong ticks, byte[] data, int? wire = null) => Block(6, body =>
        body.U32(id).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)data.Length).U32((uint)(wire ?? data.Length)).Raw(data).Pad().Option(2, [0, 0, 0, 1]).Option(0, []));

    public CaptureBytes Obsolete(int id, ulong ticks, byte[] data) => Block(2, body =>
        body.U16(id).U16(7).U32((uint)(ticks >> 32)).U32((uint)ticks).U32((uint)data.Length).U32((uint)data.Length).Raw(data).Pad());

    public CaptureBytes Simple(byte[] data, int? wire = null) => Block(3, body => body.U32((uint)(wire ?? data.Length)).Raw(data).Pad());

    public CaptureBytes Secrets(uint type, byte[] secrets) => Block(10, body => body.U32(type).U32((uint)secrets.Length).Raw(secrets).Pad());

    public CaptureBytes Block(uint type, Action<CaptureBytes> write)
    {
        var body = new CaptureBytes(bigEndian);
        write(body);
        var length = (uint)(body.Length + 12);
        return U32(type).U32(length).Raw(body.ToArray()).U32(length);
    }

    public CaptureBytes Raw(byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public CaptureBytes U16(int value)
    {
        var bytes = new byte[2];
        if (bigEndian) BinaryPrimitives.WriteUInt16BigEndian(bytes, (ushort)value);
        else BinaryPrimitives.WriteUInt16LittleEndian(bytes, (ushort)value);
        return Raw(bytes);
    }

    public CaptureBytes U32(uint value)
    {
        var bytes = new byte[4];
        if (bigEndian) BinaryPrimitives.WriteUInt32BigEndian(bytes, value);
        else BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return Raw(bytes);
    }

    private CaptureBytes U64(ulong value) => bigEndian ? U32((uint)(value >> 32)).U32((uint)value) : U32((uint)value).U32((uint)(value >> 32));

    private CaptureBytes Option(int code, byte[] value) => U16(code).U16(value.Length).Raw(value).Pad();

    private CaptureBytes Pad() => Raw(new byte[-Length & 3]);
}
