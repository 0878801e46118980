using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The seed's DNS response: code and the sections that are not empty, read from the message when asked for.</summary>
internal sealed class DnsResponse(ReadOnlyMemory<byte> message) : Record
{
    private FieldValue[]?[]? _sections;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DnsResponse", "A DNS response.",
    [
        new("additionals", "DnsRecord[]", "Records of the additional section, EDNS included; only present where there are some.",
            static r => FieldValue.From(((DnsResponse)r).Section(2)), Optional: true),
        new("answers", "DnsRecord[]", "Records that answer the questions; only present where there are some.",
            static r => FieldValue.From(((DnsResponse)r).Section(0)), Optional: true),
        new("authorities", "DnsRecord[]", "Records that name the authority; only present where there are some.",
            static r => FieldValue.From(((DnsResponse)r).Section(1)), Optional: true),
        new("code", "string", "How it went: `No Error`, `Non-Existent Domain`, `Server Failure` …", static r => FieldValue.From(((DnsResponse)r).Code)),
    ], DnsRecord.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The response code with the upper bits that EDNS carries (RFC 6891 §6.1.3).</summary>
    private string Code
    {
        get
        {
            var span = message.Span;
            if (!DnsMessageCheck.TryRead(span, out var header, out var questionsEnd)) return "";
            var code = header.ResponseCode;
            var sections = new DnsSections(span, questionsEnd);
            for (var i = 0; i < header.Records && sections.TryReadRecord(out var record); i++)
            {
                if ((DnsType)record.Type == DnsType.Opt) code |= (int)(record.TimeToLive >> 24) << 4;
            }

            return DnsMnemonics.ResponseCodeName(code);
        }
    }

    private FieldValue[]? Section(int index) => (_sections ??= ReadSections())[index];

    private FieldValue[]?[] ReadSections()
    {
        var read = new FieldValue[]?[3];
        if (!DnsMessageCheck.TryRead(message.Span, out var header, out var questionsEnd)) return read;
        var sections = new DnsSections(message.Span, questionsEnd);
        ReadOnlySpan<int> counts = [header.Answers, header.Authorities, header.Additionals];
        for (var i = 0; i < counts.Length; i++)
        {
            var records = new List<FieldValue>(Math.Min(counts[i], 8));
            while (records.Count < counts[i] && sections.TryReadRecord(out var record))
            {
                records.Add(FieldValue.From(new DnsRecord(message, record)));
            }

            if (records.Count > 0) read[i] = [.. records];
            if (records.Count < counts[i]) break;
        }

        return read;
    }
}
