using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>A mail: envelope, headers and body (RFC 5322), read when fields are asked for.</summary>
internal sealed class SmtpMail(string from, IReadOnlyList<FieldValue> to, ReadOnlyMemory<byte> content, long size, bool stuffed, bool truncated) : Record
{
    private readonly string _from = from;
    private readonly IReadOnlyList<FieldValue> _to = to;
    private readonly ReadOnlyMemory<byte> _content = content;
    private readonly long _size = size;
    private readonly bool _truncated = truncated;
    private bool _stuffed = stuffed;
    private ReadOnlyMemory<byte> _unstuffed;
    private FieldMap? _headers;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SmtpMail", "A mail with its envelope.",
    [
        new("from", "string", "The address of MAIL FROM; empty for a notification.", static r => FieldValue.From(((SmtpMail)r)._from)),
        new("to", "string[]", "The addresses of RCPT TO, at most 100.", static r => FieldValue.From(((SmtpMail)r)._to)),
        new("headers", "{ [name: string]: string }", "Headers by canonical name, repeated ones joined by a comma, continued lines by a space.", static r => FieldValue.From(((SmtpMail)r).Headers)),
        new("body", "string", "What follows the headers, as sent: as text where it is valid UTF-8, otherwise in base64.", static r => FieldValue.From(PayloadText.Read(((SmtpMail)r).Body))),
        new("encoding", "\"utf8\" | \"base64\"", "How `body` is given.", static r => FieldValue.From(PayloadText.EncodingOf(((SmtpMail)r).Body))),
        new("size", "number", "Bytes of the mail on the wire.", static r => FieldValue.From(((SmtpMail)r)._size)),
        new("truncated", "boolean", "Present and true when part of the mail is not there.", static r => ((SmtpMail)r)._truncated ? FieldValue.From(true) : default, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldMap Headers => _headers ??= ReadHeaders(Content.Span[..HeadLength]);

    private ReadOnlySpan<byte> Body => Content.Span[HeadLength..];

    /// <summary>The content without the dots that hide lines beginning with one (RFC 5321 §4.5.2).</summary>
    private ReadOnlyMemory<byte> Content
    {
        get
        {
            if (_stuffed) _unstuffed = Unstuff(_content);
            else if (_unstuffed.IsEmpty) _unstuffed = _content;
            _stuffed = false;
            return _unstuffed;
        }
    }

    /// <summary>Bytes of the headers with the empty line behind them; a mail without an empty line is all headers.</summary>
    private int HeadLength
    {
        get
        {
            var content = Content.Span;
            if (content.StartsWith("\r\n"u8)) return 2;
            var end = content.IndexOf("\r\n\r\n"u8);
            return end < 0 ? content.Length : end + 4;
        }
    }

    private static FieldMap ReadHeaders(ReadOnlySpan<byte> head)
    {
        // The walk over headers begins behind a first line, which a mail does not have.
        byte[] lines = [(byte)'\n', .. head];
        return HeaderFields.Headers(lines);
    }

    private static ReadOnlyMemory<byte> Unstuff(ReadOnlyMemory<byte> content)
    {
        var bytes = content.Span;
        if (!bytes.StartsWith("."u8) && bytes.IndexOf("\r\n."u8) < 0) return content;
        var plain = new byte[bytes.Length];
        var (used, lineStart, last) = (0, true, (byte)0);
        foreach (var value in bytes)
        {
            if (!lineStart || value != '.') plain[used++] = value;
            (lineStart, last) = (value == '\n' && last == '\r', value);
        }

        return plain.AsMemory(0, used);
    }
}
