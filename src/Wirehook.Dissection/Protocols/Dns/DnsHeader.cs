using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The fixed header of a DNS message (RFC 1035 §4.1.1).</summary>
/// <param name="Id">Identifies the query that a response answers.</param>
/// <param name="Flags">QR, opcode, AA, TC, RD, RA, Z, AD, CD and response code.</param>
/// <param name="Questions">Entries that the question section claims.</param>
/// <param name="Answers">Records that the answer section claims.</param>
/// <param name="Authorities">Records that the authority section claims.</param>
/// <param name="Additionals">Records that the additional section claims.</param>
internal readonly record struct DnsHeader(ushort Id, ushort Flags, ushort Questions, ushort Answers, ushort Authorities, ushort Additionals)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 12;

    /// <summary>Whether the message is a response (QR).</summary>
    public bool IsResponse => (Flags & 0x8000) != 0;

    /// <summary>What the query asks for: 0 is a standard query.</summary>
    public int OpCode => (Flags >> 11) & 0xF;

    /// <summary>Whether the response was cut to fit its transport (TC).</summary>
    public bool IsTruncated => (Flags & 0x0200) != 0;

    /// <summary>The low four bits of the response code; EDNS carries the rest.</summary>
    public int ResponseCode => Flags & 0xF;

    /// <summary>Records of the three record sections together.</summary>
    public int Records => Answers + Authorities + Additionals;

    /// <summary>Reads the header; false where the message is shorter than one.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsHeader header)
    {
        if (message.Length < Length)
        {
            header = default;
            return false;
        }

        header = new DnsHeader(
            BinaryPrimitives.ReadUInt16BigEndian(message),
            BinaryPrimitives.ReadUInt16BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[8..]),
            BinaryPrimitives.ReadUInt16BigEndian(message[10..]));
        return true;
    }
}
