using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>One question of a DNS message.</summary>
internal sealed class DnsQuestion(ReadOnlyMemory<byte> message, DnsQuestionEntry question) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DnsQuestion", "One question of a DNS message.",
    [
        new("class", "string", "The class, `IN` for the Internet.", static r => FieldValue.From(((DnsQuestion)r).Class)),
        new("name", "string", "The name asked for, without its final dot and in its own letter case; `.` for the root.",
            static r => FieldValue.From(((DnsQuestion)r).Name)),
        new("type", "string", "The record type asked for, such as `A`; `TYPE65280` for one without a name.",
            static r => FieldValue.From(((DnsQuestion)r).TypeName)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>mDNS uses the class's top bit to ask for a unicast response (RFC 6762 §5.4).</summary>
    private string Class => DnsMnemonics.ClassName(question.Class & 0x7FFF);

    private string TypeName => DnsMnemonics.TypeName(question.Type);

    private string Name
    {
        get
        {
            var offset = question.NameOffset;
            return DnsName.Read(message.Span, ref offset) ?? "";
        }
    }
}
