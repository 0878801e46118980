using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>Tells DNS messages from other bytes: leniently where the port says DNS, strictly elsewhere.</summary>
internal static class DnsMessageCheck
{
    /// <summary>No DNS message is shorter than a header with one question for the root.</summary>
    public const int ShortestWithQuestion = DnsHeader.Length + 5;

    private const ushort NetBiosNamePort = 137;
    private const int ZeroBit = 0x0040;
    private const int HighestOpCode = 6;
    private const int HighestResponseCode = 10;

    /// <summary>
    /// Reads the header and walks the questions. False where a message does not even have those; damage behind them is left to the fields,
    /// which show what parses. An unassigned opcode is believed only where the whole message parses.
    /// </summary>
    /// <param name="message">The message as captured.</param>
    /// <param name="header">Its header.</param>
    /// <param name="questionsEnd">Where the records start.</param>
    public static bool TryRead(ReadOnlySpan<byte> message, out DnsHeader header, out int questionsEnd)
    {
        questionsEnd = 0;
        if (!DnsHeader.TryRead(message, out header)) return false;
        var sections = new DnsSections(message);
        if (!sections.TrySkipQuestions(header.Questions)) return false;
        questionsEnd = sections.Offset;
        var assigned = header.OpCode <= HighestOpCode;
        if (!assigned && !(header.Questions == 1 && sections.TrySkipRecords(header.Records) && sections.Offset == message.Length)) return false;
        return header.Questions + header.Records > 0 || message.Length == DnsHeader.Length;
    }

    /// <summary>
    /// Whether bytes at a DNS port whose questions do not parse are still a damaged or hostile DNS message, worth an item that says so, and not
    /// another protocol.
    /// </summary>
    public static bool IsDamaged(in DnsHeader header) =>
        header.Questions is > 0 and <= 16 && (header.Flags & ZeroBit) == 0 && header.OpCode is (0 or 4 or 5) && header.Records <= 64
        && (header.IsResponse ? header.ResponseCode <= HighestResponseCode : header.ResponseCode == 0);

    /// <summary>
    /// Whether bytes of any port are one whole DNS message: exactly one question of a known type and class, counts and codes as real
    /// messages have them, every record parses, and nothing follows.
    /// </summary>
    public static bool IsUnmistakable(ReadOnlySpan<byte> message)
    {
        if (!DnsHeader.TryRead(message, out var header) || !HasPlausibleHeader(header)) return false;
        var sections = new DnsSections(message);
        return sections.TryReadQuestion(out var question) && IsPlausible(question)
            && sections.TrySkipRecords(header.Records) && sections.Offset == message.Length;
    }

    /// <summary>Whether the beginning of a message may become an unmistakable one with more bytes.</summary>
    public static bool MayBecomeUnmistakable(ReadOnlySpan<byte> start)
    {
        if (!DnsHeader.TryRead(start, out var header)) return true;
        if (!HasPlausibleHeader(header)) return false;
        var sections = new DnsSections(start);
        return !sections.TryReadQuestion(out var question) || IsPlausible(question);
    }

    /// <summary>NetBIOS name service shares the message format (RFC 1002 §4.2) and is another protocol.</summary>
    public static bool IsNetBios(Flow flow) => flow.Initiator.Port == NetBiosNamePort || flow.Responder.Port == NetBiosNamePort;

    private static bool HasPlausibleHeader(in DnsHeader header)
    {
        if (header.Questions != 1 || header.OpCode is not (0 or 4 or 5) || (header.Flags & ZeroBit) != 0) return false;
        if (header.IsResponse) return header.ResponseCode <= HighestResponseCode && header.Records <= 512;
        return header.ResponseCode == 0 && !header.IsTruncated && (header.OpCode == 5 || (header.Answers <= 1 && header.Records <= 4));
    }

    private static bool IsPlausible(in DnsQuestionEntry question) => question.Class is 1 or 3 or 4 or 254 or 255 && DnsMnemonics.IsKnownType(question.Type);
}
