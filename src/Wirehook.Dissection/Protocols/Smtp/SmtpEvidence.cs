using System.Text;
using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>
/// Whether bytes are SMTP. A server's greeting looks like those of other protocols unless it says SMTP; EHLO, MAIL FROM and RCPT TO are SMTP's alone. Bare
/// commands and replies are believed where SMTP is to be expected.
/// </summary>
internal static class SmtpEvidence
{
    private const int LongestGuess = 2048;
    private const int Greeting = 220;

    /// <summary>What the first bytes of one direction say.</summary>
    /// <param name="data">The bytes; may be empty.</param>
    /// <param name="opening">What is known of the stream.</param>
    /// <param name="expected">Whether the port, or the protocol before, says that SMTP is to be expected.</param>
    public static Detection Look(ReadOnlySpan<byte> data, in StreamOpening opening, bool expected)
    {
        if (data.IsEmpty) return Detection.No;
        var undecided = opening.Final || data.Length > LongestGuess ? Detection.No : Detection.NeedMore;
        var end = data.IndexOf((byte)'\n');
        if (end < 0) return MayBegin(data) ? undecided : Detection.No;
        var line = data[..(end + 1)];
        if (IsUnmistakable(line)) return Detection.Certain;
        var code = SmtpReplyLines.CodeOf(line);
        if (code > 0)
        {
            if (expected) return Detection.Likely;
            var isGreeting = code == Greeting && opening.AtStart;
            if (isGreeting && NamesSmtp(line)) return Detection.Certain;
            // What the client says first tells mail from file transfer.
            return isGreeting && (opening.Forward.IsEmpty || opening.Reverse.IsEmpty) ? undecided : Detection.No;
        }

        var verb = SmtpCommandLine.VerbOf(line);
        if (verb == SmtpVerb.Hello && opening.AtStart && (opening.Forward.StartsWith("220"u8) || opening.Reverse.StartsWith("220"u8))) return Detection.Certain;
        return expected && verb != SmtpVerb.Unknown ? Detection.Likely : Detection.No;
    }

    /// <summary>Whether no other protocol has such a line.</summary>
    private static bool IsUnmistakable(ReadOnlySpan<byte> line)
    {
        var argument = SmtpCommandLine.ArgumentOf(line);
        return SmtpCommandLine.VerbOf(line) switch
        {
            SmtpVerb.Hello => line[0] is (byte)'E' or (byte)'e' && argument.Length > 0 && !argument.ContainsAnyExceptInRange((byte)' ', (byte)'~'),
            SmtpVerb.Mail => argument.Length > 5 && Ascii.EqualsIgnoreCase(argument[..5], "FROM:"u8),
            SmtpVerb.Recipient => argument.Length > 3 && Ascii.EqualsIgnoreCase(argument[..3], "TO:"u8),
            _ => false,
        };
    }

    private static bool NamesSmtp(ReadOnlySpan<byte> line)
    {
        for (var at = 0; at + 4 <= line.Length; at++)
        {
            if (Ascii.EqualsIgnoreCase(line.Slice(at, 4), "SMTP"u8)) return true;
        }

        return false;
    }

    private static bool MayBegin(ReadOnlySpan<byte> data)
    {
        if (data.StartsWith("220"u8) || "220"u8.StartsWith(data[..Math.Min(3, data.Length)])) return true;
        var word = SmtpCommandLine.WordOf(data);
        return word.Length < 4 ? SmtpCommandLine.IsPlausible(data) : SmtpCommandLine.VerbOf(data) is SmtpVerb.Hello or SmtpVerb.Mail or SmtpVerb.Recipient;
    }
}
