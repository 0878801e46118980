using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>A reply of the server.</summary>
internal sealed class SmtpReply(ReadOnlyMemory<byte> bytes, int code, int interim) : Record
{
    private const int CodeLength = 3;
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly int _code = code;
    private readonly int _interim = interim;
    private string[]? _lines;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SmtpReply", "A reply of the server.",
    [
        new("code", "number", "The reply code, such as 250.", static r => FieldValue.From(((SmtpReply)r)._code)),
        new("enhancedCode", "string", "The enhanced status code, such as `2.1.0` (RFC 2034).", static r => FieldValue.From(((SmtpReply)r).EnhancedCode), Optional: true),
        new("text", "string", "The text behind the code, lines joined by a line feed.", static r => FieldValue.From(string.Join('\n', ((SmtpReply)r).Lines))),
        new("lines", "string[]", "The text line by line: behind EHLO, what the server can do.", static r => ((SmtpReply)r).LineList),
        new("interimCode", "number", "DATA: the code of the reply that let the mail come, 354.", static r => ((SmtpReply)r).InterimCode, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue LineList => FieldValue.From((IReadOnlyList<FieldValue>)[.. Lines.Select(FieldValue.From)]);

    private FieldValue InterimCode => _interim > 0 ? FieldValue.From(_interim) : default;

    private string[] Lines => _lines ??= [.. Encoding.UTF8.GetString(_bytes.Span).Split('\n').Select(l => l.TrimEnd('\r')).Where(l => l.Length >= CodeLength)
        .Select(l => l.Length > CodeLength + 1 ? l[(CodeLength + 1)..] : "")];

    /// <summary>Three numbers with dots, of which the first is that of the code (RFC 3463 §2).</summary>
    private string? EnhancedCode
    {
        get
        {
            var word = Lines.Length == 0 ? "" : Lines[0].Split(' ', 2)[0];
            var parts = word.Split('.');
            var isStatus = parts.Length == 3 && parts.All(p => p.Length is > 0 and <= 3 && p.All(char.IsAsciiDigit));
            return isStatus && parts[0].Length == 1 && parts[0][0] - '0' == _code / 100 ? word : null;
        }
    }
}
