using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Records;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Ntp;

/// <summary>One NTP packet, read from its bytes when a field is asked for.</summary>
/// <param name="packet">The packet as captured.</param>
/// <param name="size">Its bytes on the wire.</param>
/// <param name="pair">The item, where this is the response of a pair; otherwise null.</param>
internal sealed class NtpMessage(ReadOnlyMemory<byte> packet, long size, NtpItem? pair) : Record
{
    private const int RootDelay = 4;
    private const int RootDispersion = 8;
    private const int Reference = 12;
    private static readonly string[] Leaps = ["none", "61 seconds", "59 seconds", "unsynchronized"];
    private static readonly string[] Modes = ["reserved", "symmetric active", "symmetric passive", "client", "server", "broadcast", "control", "private"];

    private static readonly string[] Operations =
        ["reserved", "read status", "read variables", "write variables", "read clock variables", "write clock variables", "set trap", "trap", "configure", "save configuration", "read MRU list", "read ordered list", "request nonce"];

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("NtpMessage", "An NTP packet. Times are RFC 3339; a time that is not set is absent.",
    [
        new("version", "number", "The version, 1 to 4.", static r => FieldValue.From(((NtpMessage)r).Version)),
        new("mode", "string", "`client`, `server`, `symmetric active`, `symmetric passive`, `broadcast`, `control` or `private`.", static r => FieldValue.From(Modes[(int)((NtpMessage)r).Mode])),
        new("length", "number", "Bytes of the packet.", static r => FieldValue.From(((NtpMessage)r).Length)),
        new("leap", "string", "Leap second at the end of the month: `none`, `61 seconds`, `59 seconds`, or `unsynchronized`.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(Leaps[m.Byte(0) >> 6])), Optional: true),
        new("stratum", "number", "Distance from a reference clock: 1 for a server that has one, 0 for unspecified.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(m.Byte(1))), Optional: true),
        new("pollInterval", "number", "Seconds between packets.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(Math.Pow(2, (sbyte)m.Byte(2)))), Optional: true),
        new("precision", "number", "Precision of the sender's clock in seconds.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(Math.Pow(2, (sbyte)m.Byte(3)))), Optional: true),
        new("rootDelay", "number", "Round trip to the reference clock in milliseconds.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(m.Short(RootDelay))), Optional: true),
        new("rootDispersion", "number", "Dispersion to the reference clock in milliseconds.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(m.Short(RootDispersion))), Optional: true),
        new("referenceId", "string", "The reference: a name such as `GPS` at stratum 1, a kiss code such as `RATE` at stratum 0, otherwise an IPv4 address or a hash.", static r => ((NtpMessage)r).OfTime(static m => FieldValue.From(m.ReferenceId)), Optional: true),
        new("referenceTime", "string", "When the sender's clock was last set.", static r => ((NtpMessage)r).Time(16), Optional: true),
        new("originTime", "string", "When the request left, by the client's clock.", static r => ((NtpMessage)r).Time(24), Optional: true),
        new("receiveTime", "string", "When the request arrived, by the server's clock.", static r => ((NtpMessage)r).Time(32), Optional: true),
        new("transmitTime", "string", "When this packet left, by its sender's clock; clients may send a random number instead.", static r => ((NtpMessage)r).Time(40), Optional: true),
        new("offset", "number", "Response of a pair: the server's clock minus the capture's, in milliseconds, as the packets' capture times tell.", static r => ((NtpMessage)r).OfPair(offset: true), Optional: true),
        new("delay", "number", "Response of a pair: milliseconds between capture of request and response without the server's own time.", static r => ((NtpMessage)r).OfPair(offset: false), Optional: true),
        new("operation", "string", "Control: what is asked for, such as `read variables`.", static r => ((NtpMessage)r).OfControl(static m => FieldValue.From(m.Operation)), Optional: true),
        new("sequence", "number", "Control: the number that request and response share.", static r => ((NtpMessage)r).OfControl(static m => FieldValue.From(m.Word(2))), Optional: true),
        new("associationId", "number", "Control: the association that is asked about.", static r => ((NtpMessage)r).OfControl(static m => FieldValue.From(m.Word(6))), Optional: true),
        new("data", "string", "Control: the variables.", static r => ((NtpMessage)r).OfControl(static m => FieldValue.From(m.ControlData)), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private NtpMode Mode => NtpPacket.ModeOf(packet.Span);

    private int Version => (packet.Span[0] >> 3) & 7;

    private long Length => size;

    private string Operation => (Byte(1) & 0x1F) is var code && code < Operations.Length ? Operations[code] : code.ToString(CultureInfo.InvariantCulture);

    private string ControlData
    {
        get
        {
            var span = packet.Span[NtpPacket.ControlLength..];
            return ByteText.OrHex(span[..Math.Min(span.Length, Word(10))]);
        }
    }

    private string ReferenceId
    {
        get
        {
            var id = packet.Span.Slice(Reference, 4);
            if (Byte(1) > 1) return IpAddress.FromIPv4(id).ToString();
            return ByteText.OrHex(id.TrimEnd((byte)0));
        }
    }

    private byte Byte(int offset) => packet.Span[offset];

    private int Word(int offset) => BinaryPrimitives.ReadUInt16BigEndian(packet.Span[offset..]);

    /// <summary>A time of 16 bits for seconds and 16 for their fraction, in milliseconds.</summary>
    private double Short(int offset) => Math.Round(BinaryPrimitives.ReadUInt32BigEndian(packet.Span[offset..]) * 1000.0 / 65536, 3);

    private FieldValue OfTime(Func<NtpMessage, FieldValue> field) => IsTime ? field(this) : FieldValue.Absent;

    private bool IsTime => Mode is not (NtpMode.Control or NtpMode.Private) && packet.Length >= NtpPacket.TimeLength;

    private FieldValue OfControl(Func<NtpMessage, FieldValue> field) => Mode == NtpMode.Control && packet.Length >= NtpPacket.ControlLength ? field(this) : FieldValue.Absent;

    private FieldValue Time(int offset)
    {
        if (!IsTime || NtpPacket.TimeAt(packet.Span, offset) is not (not 0 and var time)) return FieldValue.Absent;
        return FieldValue.From(new Timestamp(NtpPacket.UnixOf(time)).ToString());
    }

    /// <summary>Offset and delay (RFC 5905 §8), with the capture's clock in the client's place, because a client need not tell its own time.</summary>
    private FieldValue OfPair(bool offset)
    {
        if (pair is null || !IsTime) return FieldValue.Absent;
        var (received, sent) = (NtpPacket.UnixOf(NtpPacket.TimeAt(packet.Span, 32)), NtpPacket.UnixOf(NtpPacket.TimeAt(packet.Span, 40)));
        var (asked, answered) = (pair.Timestamp.UnixNanoseconds, pair.Answered.UnixNanoseconds);
        var nanoseconds = offset ? ((double)(received - asked) + (sent - answered)) / 2 : (double)(answered - asked) - (sent - received);
        return FieldValue.From(Math.Round(nanoseconds / 1e6, 3));
    }
}
