using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>A command, with the mail that DATA or the last BDAT carries.</summary>
internal sealed class SmtpCommand(ReadOnlyMemory<byte> line, bool isAnswer, SmtpMail? mail) : Record
{
    private readonly ReadOnlyMemory<byte> _line = line;
    private readonly bool _isAnswer = isAnswer;
    private readonly SmtpMail? _mail = mail;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SmtpCommand", "An SMTP command.",
    [
        new("command", "string", "The command in upper case, such as `MAIL`; `AUTH` also for what the client answers within it.", static r => FieldValue.From(((SmtpCommand)r).Command)),
        new("argument", "string", "What stands behind the command, as sent.", static r => FieldValue.From(((SmtpCommand)r).Argument)),
        new("continuation", "boolean", "Present and true for what the client answers within AUTH.", static r => ((SmtpCommand)r)._isAnswer ? FieldValue.From(true) : default, Optional: true),
        new("mail", "SmtpMail", "DATA, and the last BDAT: the mail.", static r => FieldValue.From(((SmtpCommand)r)._mail), Optional: true),
    ], SmtpMail.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Command => _isAnswer ? "AUTH" : Encoding.UTF8.GetString(SmtpCommandLine.WordOf(_line.Span)).ToUpperInvariant();

    private string Argument => Encoding.UTF8.GetString(_isAnswer ? _line.Span.TrimEnd("\r\n"u8) : SmtpCommandLine.ArgumentOf(_line.Span));
}
