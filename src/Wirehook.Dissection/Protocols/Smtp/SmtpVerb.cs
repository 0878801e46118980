using System.Text;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>The commands that change what follows, or say that a stream is SMTP.</summary>
internal enum SmtpVerb : byte
{
    /// <summary>No command that is known.</summary>
    Unknown,

    /// <summary>Known, and nothing follows from it.</summary>
    Other,
    Hello,
    Mail,
    Recipient,
    Data,
    Chunk,
    Reset,
    Auth,
    StartTls,
    Quit,

    /// <summary>What the client answers within AUTH.</summary>
    AuthAnswer,
}

/// <summary>Command lines (RFC 5321 §4.1.1).</summary>
internal static class SmtpCommandLine
{
    private const int LongestWord = 12;

    /// <summary>The line's first word.</summary>
    public static ReadOnlySpan<byte> WordOf(ReadOnlySpan<byte> line)
    {
        line = line.TrimEnd("\r\n"u8);
        var space = line.IndexOf((byte)' ');
        return space < 0 ? line : line[..space];
    }

    /// <summary>What stands behind the first word.</summary>
    public static ReadOnlySpan<byte> ArgumentOf(ReadOnlySpan<byte> line) => line[WordOf(line).Length..].Trim(" \r\n"u8);

    /// <summary>Whether the line may be a command, known or not.</summary>
    public static bool IsPlausible(ReadOnlySpan<byte> line)
    {
        var word = WordOf(line);
        foreach (var c in word)
        {
            if (!char.IsAsciiLetterOrDigit((char)c) && c != '-') return false;
        }

        return word.Length is > 0 and <= LongestWord && !line.TrimEnd("\r\n"u8).ContainsAnyInRange((byte)0, (byte)8);
    }

    /// <summary>What the line's command is.</summary>
    public static SmtpVerb VerbOf(ReadOnlySpan<byte> line)
    {
        var word = WordOf(line);
        return word.Length switch
        {
            4 when Is(word, "EHLO"u8) || Is(word, "HELO"u8) => SmtpVerb.Hello,
            4 when Is(word, "MAIL"u8) => SmtpVerb.Mail,
            4 when Is(word, "RCPT"u8) => SmtpVerb.Recipient,
            4 when Is(word, "DATA"u8) => SmtpVerb.Data,
            4 when Is(word, "BDAT"u8) => SmtpVerb.Chunk,
            4 when Is(word, "RSET"u8) => SmtpVerb.Reset,
            4 when Is(word, "AUTH"u8) => SmtpVerb.Auth,
            8 when Is(word, "STARTTLS"u8) => SmtpVerb.StartTls,
            4 when Is(word, "QUIT"u8) => SmtpVerb.Quit,
            4 when Is(word, "NOOP"u8) || Is(word, "VRFY"u8) || Is(word, "EXPN"u8) || Is(word, "HELP"u8) || Is(word, "ETRN"u8) => SmtpVerb.Other,
            7 when Is(word, "XCLIENT"u8) => SmtpVerb.Other,
            8 when Is(word, "XFORWARD"u8) => SmtpVerb.Other,
            _ => SmtpVerb.Unknown,
        };
    }

    private static bool Is(ReadOnlySpan<byte> word, ReadOnlySpan<byte> name) => Ascii.EqualsIgnoreCase(word, name);
}
