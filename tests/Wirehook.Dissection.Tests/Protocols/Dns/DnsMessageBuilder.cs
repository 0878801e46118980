using System.Buffers.Binary;
using System.Text;

namespace Wirehook.Dissection.Tests.Protocols.Dns;

/// <summary>Builds DNS messages byte by byte, as servers and attackers send them.</summary>
internal sealed class DnsMessageBuilder
{
    private readonly List<byte> _bytes = [];

    public DnsMessageBuilder(ushort id, ushort flags = 0x0100, int questions = 1, int answers = 0, int authorities = 0, int additionals = 0)
    {
        UInt16(id).UInt16(flags).UInt16((ushort)questions).UInt16((ushort)answers).UInt16((ushort)authorities).UInt16((ushort)additionals);
    }

    public int Length => _bytes.Count;

    public static byte[] Query(ushort id, string name, ushort type = 1, ushort flags = 0x0100) => new DnsMessageBuilder(id, flags).Question(name, type).ToArray();

    public static byte[] AddressResponse(ushort id, string name, params byte[] address) =>
        new DnsMessageBuilder(id, 0x8180, answers: 1).Question(name).Record([0xC0, 12], 1, address, ttl: 24).ToArray();

    public static byte[] NameBytes(string name)
    {
        var bytes = new List<byte>();
        foreach (var label in name.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            bytes.Add((byte)label.Length);
            bytes.AddRange(Encoding.Latin1.GetBytes(label));
        }

        bytes.Add(0);
        return [.. bytes];
    }

    public DnsMessageBuilder Question(string name, ushort type = 1, ushort @class = 1) => Raw(NameBytes(name)).UInt16(type).UInt16(@class);

    public DnsMessageBuilder Record(byte[] name, ushort type, byte[] data, uint ttl = 60, ushort @class = 1)
    {
        Raw(name).UInt16(type).UInt16(@class).UInt32(ttl).UInt16((ushort)data.Length);
        return Raw(data);
    }

    public DnsMessageBuilder UInt16(ushort value)
    {
        Span<byte> two = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(two, value);
        _bytes.AddRange(two);
        return this;
    }

    public DnsMessageBuilder UInt32(uint value) => UInt16((ushort)(value >> 16)).UInt16((ushort)value);

    public DnsMessageBuilder Raw(params byte[] bytes)
    {
        _bytes.AddRange(bytes);
        return this;
    }

    public byte[] ToArray() => [.. _bytes];
}
