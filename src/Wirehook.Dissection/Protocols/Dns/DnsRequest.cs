using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>The seed's DNS request: operation and questions, read from the message when asked for.</summary>
internal sealed class DnsRequest(ReadOnlyMemory<byte> message) : Record
{
    private FieldValue[]? _questions;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("DnsRequest", "A DNS query.",
    [
        new("opCode", "string", "What is asked for, such as `Query`, `Notify` or `Update`.", static r => FieldValue.From(((DnsRequest)r).OpCode)),
        new("questions", "DnsQuestion[]", "The questions.", static r => FieldValue.From(((DnsRequest)r).Questions)),
    ], DnsQuestion.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string OpCode => DnsHeader.TryRead(message.Span, out var header) ? DnsMnemonics.OpCodeName(header.OpCode) : "";

    private FieldValue[] Questions => _questions ??= ReadQuestions();

    private FieldValue[] ReadQuestions()
    {
        if (!DnsHeader.TryRead(message.Span, out var header)) return [];
        var sections = new DnsSections(message.Span);
        var questions = new List<FieldValue>(Math.Min((int)header.Questions, 4));
        while (questions.Count < header.Questions && sections.TryReadQuestion(out var question))
        {
            questions.Add(FieldValue.From(new DnsQuestion(message, question)));
        }

        return [.. questions];
    }
}
