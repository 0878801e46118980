namespace Wirehook.Dissection.Protocols.Smtp;

/// <summary>The lines of a reply (RFC 5321 §4.2): all but the last have a hyphen behind the code.</summary>
internal static class SmtpReplyLines
{
    private const int CodeLength = 3;

    /// <summary>Bytes of the whole reply at the beginning of <paramref name="data"/>; 0 where its end is not there, -1 where it is none.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="at">Bytes of whole lines that an earlier call has read; those that are read by now.</param>
    /// <param name="code">The code of those lines.</param>
    public static int Measure(ReadOnlySpan<byte> data, ref int at, ref int code)
    {
        while (true)
        {
            var end = data[at..].IndexOf((byte)'\n');
            if (end < 0) return IsBeginning(data[at..]) ? 0 : -1;
            var line = data.Slice(at, end + 1);
            var read = CodeOf(line);
            if (read < 0 || (at > 0 && read != code)) return -1;
            code = read;
            at += end + 1;
            if (line[CodeLength] != '-') return at;
        }
    }

    /// <summary>The code of a whole line, or -1.</summary>
    public static int CodeOf(ReadOnlySpan<byte> line)
    {
        if (line.Length <= CodeLength || line[0] is < (byte)'2' or > (byte)'5') return -1;
        if (!char.IsAsciiDigit((char)line[1]) || !char.IsAsciiDigit((char)line[2])) return -1;
        if (line[CodeLength] is not ((byte)' ' or (byte)'-' or (byte)'\r' or (byte)'\n')) return -1;
        return ((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0');
    }

    private static bool IsBeginning(ReadOnlySpan<byte> rest)
    {
        for (var i = 0; i < Math.Min(rest.Length, CodeLength); i++)
        {
            if (!char.IsAsciiDigit((char)rest[i])) return false;
        }

        return rest.Length <= CodeLength || rest[CodeLength] is (byte)' ' or (byte)'-' or (byte)'\r';
    }
}
