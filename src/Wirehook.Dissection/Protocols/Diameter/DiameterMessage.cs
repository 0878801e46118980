using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>One Diameter message, read from its bytes when a field is asked for.</summary>
internal sealed class DiameterMessage(ReadOnlyMemory<byte> message) : Record
{
    private const uint SessionId = 263;
    private const uint OriginHost = 264;
    private const uint ResultCodeAvp = 268;
    private const uint ExperimentalResult = 297;
    private const uint ExperimentalResultCode = 298;
    private FieldValue[]? _avps;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DiameterMessage", "A Diameter message.",
    [
        new("method", "string", "The command with its kind, such as `Credit-Control-Request`; `Command-N` where N has no name.", static r => FieldValue.From(((DiameterMessage)r).Method)),
        new("commandCode", "number", "The command as a number.", static r => FieldValue.From(((DiameterMessage)r).Header.Command)),
        new("applicationId", "number", "The application as a number.", static r => FieldValue.From(((DiameterMessage)r).Header.Application)),
        new("application", "string", "The application, such as `Gx`, where it is known.", static r => FieldValue.From(DiameterNames.Application(((DiameterMessage)r).Header.Application)), Optional: true),
        new("hopByHopId", "number", "The number that request and answer share.", static r => FieldValue.From(((DiameterMessage)r).Header.HopByHop)),
        new("endToEndId", "number", "The number that tells copies of a message apart from others.", static r => FieldValue.From(((DiameterMessage)r).Header.EndToEnd)),
        new("length", "number", "Bytes of the message.", static r => FieldValue.From(((DiameterMessage)r).Header.Length)),
        new("flags", "string[]", "Flags: `request`, `proxiable`, `error`, `retransmitted`.", static r => FieldValue.From(((DiameterMessage)r).Flags)),
        new("sessionId", "string", "The session, where the message belongs to one.", static r => ((DiameterMessage)r).TextOf(SessionId), Optional: true),
        new("originHost", "string", "Who made the message.", static r => ((DiameterMessage)r).TextOf(OriginHost), Optional: true),
        new("resultCode", "number", "Answer: how it went, as a number.", static r => ((DiameterMessage)r).ResultCode, Optional: true),
        new("resultName", "string", "Answer: how it went, such as `DIAMETER_SUCCESS`, where the number has a name.", static r => ((DiameterMessage)r).ResultName, Optional: true),
        new("avps", "DiameterAvp[]", "The attributes in order.", static r => FieldValue.From(((DiameterMessage)r).Avps)),
    ], DiameterAvpRecord.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private DiameterHeader Header => DiameterHeader.TryRead(message.Span, out var header) ? header : default;

    private string Method => DiameterNames.Command(Header.Command) + (Header.IsRequest ? "-Request" : "-Answer");

    private FieldValue[] Avps => _avps ??= DiameterAvpRecord.ReadAll(message[DiameterHeader.Size..], 0);

    private FieldValue[] Flags
    {
        get
        {
            var flags = Header.Flags;
            (int Bit, string Name)[] names = [(0x80, "request"), (0x40, "proxiable"), (0x20, "error"), (0x10, "retransmitted")];
            return [.. names.Where(n => (flags & n.Bit) != 0).Select(n => FieldValue.From(n.Name))];
        }
    }

    private FieldValue ResultCode =>
        Number(message[DiameterHeader.Size..], ResultCodeAvp) ?? (Find(message[DiameterHeader.Size..], ExperimentalResult) is { IsEmpty: false } inner ? Number(inner, ExperimentalResultCode) : null) ?? FieldValue.Absent;

    private FieldValue ResultName => Number(message[DiameterHeader.Size..], ResultCodeAvp) is { } code ? FieldValue.From(DiameterNames.Result((uint)code.AsNumber)) : FieldValue.Absent;

    private FieldValue TextOf(uint code) => Find(message[DiameterHeader.Size..], code) is { IsEmpty: false } value ? FieldValue.From(ByteText.OrHex(value.Span)) : FieldValue.Absent;

    private static FieldValue? Number(ReadOnlyMemory<byte> area, uint code) =>
        Find(area, code) is { Length: 4 } value ? FieldValue.From(System.Buffers.Binary.BinaryPrimitives.ReadUInt32BigEndian(value.Span)) : null;

    /// <summary>The value of the first AVP with <paramref name="code"/> that is no vendor's; empty where there is none.</summary>
    private static ReadOnlyMemory<byte> Find(ReadOnlyMemory<byte> area, uint code)
    {
        for (var at = 0; DiameterAvp.TryRead(area.Span[Math.Min(at, area.Length)..], area.Length - at, out var avp); at += avp.PaddedLength)
        {
            if (avp.Code == code && avp.Vendor == 0) return area[(at + avp.HeaderLength)..(at + avp.Length)];
        }

        return default;
    }
}
