using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>
/// One resource record. As in the seed's records, the field of the record's own type holds its data and the others are empty, and <c>ip</c> is
/// <c>&lt;nil&gt;</c> for records that carry no address.
/// </summary>
internal sealed class DnsRecord(ReadOnlyMemory<byte> message, DnsRecordEntry record) : Record
{
    private const string NoAddress = "<nil>";

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DnsRecord", "One resource record of a DNS response.",
    [
        new("class", "string", "The class, `IN` for the Internet.", static r => FieldValue.From(((DnsRecord)r).Class)),
        new("cname", "string", "CNAME: the canonical name; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).NameFor(DnsType.Cname))),
        new("data", "string", "The data in presentation format, for the types whose data are more than what one of the other fields holds.",
            static r => FieldValue.From(((DnsRecord)r).Data), Optional: true),
        new("ip", "string", "A, AAAA: the address; otherwise `<nil>`.", static r => FieldValue.From(((DnsRecord)r).Ip)),
        new("mx", "string", "MX: the mail exchange; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).NameFor(DnsType.Mx, 2))),
        new("name", "string", "The name that the record is about, without its final dot; `.` for the root.", static r => FieldValue.From(((DnsRecord)r).Name)),
        new("ns", "string", "NS: the name server; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).NameFor(DnsType.Ns))),
        new("opt", "string", "OPT: EDNS version, UDP size, flags and options; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).Options)),
        new("ptr", "string", "PTR: the name; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).NameFor(DnsType.Ptr))),
        new("soa", "string", "SOA: the mailbox of the person responsible for the zone; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).Soa)),
        new("srv", "string", "SRV: the target host; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).NameFor(DnsType.Srv, 6))),
        new("ttl", "number", "Seconds that the record may be cached.", static r => FieldValue.From(((DnsRecord)r).TimeToLive)),
        new("txts", "string", "TXT: the texts, joined by commas; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).Texts)),
        new("type", "string", "The record type, such as `A`; `TYPE65280` for one without a name.", static r => FieldValue.From(((DnsRecord)r).TypeName)),
        new("uri", "string", "URI: the target; otherwise empty.", static r => FieldValue.From(((DnsRecord)r).Uri)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The class; OPT holds its UDP payload size there, and mDNS uses the top bit to flush caches (RFC 6762 §10.2).</summary>
    private string Class => DnsMnemonics.ClassName(Kind == DnsType.Opt ? record.Class : record.Class & 0x7FFF);

    private DnsType Kind => (DnsType)record.Type;

    private string TypeName => DnsMnemonics.TypeName(record.Type);

    private double TimeToLive => record.TimeToLive;

    private string Ip => DnsData.Address(message.Span, record) ?? NoAddress;

    private string Soa => Kind == DnsType.Soa ? DnsData.StartOfAuthorityMailbox(message.Span, record) : "";

    private string Texts => Kind == DnsType.Txt ? DnsData.Texts(message.Span, record) : "";

    private string Uri => Kind == DnsType.Uri ? DnsData.UriTarget(message.Span, record) : "";

    private string Options => Kind == DnsType.Opt ? DnsOptions.Format(message.Span, record) : "";

    private string? Data => Kind switch
    {
        DnsType.A or DnsType.Aaaa => DnsData.Address(message.Span, record) is null ? DnsData.Format(message.Span, record) : null,
        DnsType.Ns or DnsType.Cname or DnsType.Ptr or DnsType.Opt => null,
        _ => DnsData.Format(message.Span, record),
    };

    private string Name
    {
        get
        {
            var offset = record.NameOffset;
            return DnsName.Read(message.Span, ref offset) ?? "";
        }
    }

    private string NameFor(DnsType type, int skip = 0) => Kind == type ? DnsData.NameAt(message.Span, record, skip) : "";
}
