using System.Text;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>Walks a head's header lines. A line that begins with a blank continues the one before (obs-fold, RFC 9112 §5.2).</summary>
internal ref struct HeaderLines
{
    private ReadOnlySpan<byte> _rest;

    public HeaderLines(ReadOnlySpan<byte> head)
    {
        _rest = head[(head.IndexOf((byte)'\n') + 1)..];
        Name = default;
        Value = default;
    }

    /// <summary>The name as sent.</summary>
    public ReadOnlySpan<byte> Name { get; private set; }

    /// <summary>The value as sent, with the line ends of continued lines.</summary>
    public ReadOnlySpan<byte> Value { get; private set; }

    public bool Next()
    {
        while (!_rest.IsEmpty)
        {
            var end = FindEnd(_rest);
            var line = _rest[..end].Trim(" \t\r\n"u8);
            _rest = _rest[Math.Min(_rest.Length, end + 1)..];
            var colon = line.IndexOf((byte)':');
            if (colon <= 0) continue;
            Name = line[..colon].TrimEnd(" \t"u8);
            Value = line[(colon + 1)..].Trim(" \t\r\n"u8);
            return true;
        }

        return false;
    }

    /// <summary>The first value of the header <paramref name="name"/>, decoded; empty where there is none.</summary>
    public static string Find(ReadOnlySpan<byte> head, ReadOnlySpan<byte> name)
    {
        var lines = new HeaderLines(head);
        while (lines.Next())
        {
            if (Ascii.EqualsIgnoreCase(lines.Name, name)) return Decode(lines.Value);
        }

        return "";
    }

    /// <summary>The value as text, continued lines joined by one space.</summary>
    public static string Decode(ReadOnlySpan<byte> value)
    {
        if (!value.Contains((byte)'\n')) return Encoding.UTF8.GetString(value);
        var lines = Encoding.UTF8.GetString(value).Split('\n');
        return string.Join(' ', lines.Select(l => l.Trim(' ', '\t', '\r')));
    }

    private static int FindEnd(ReadOnlySpan<byte> rest)
    {
        var at = 0;
        while (true)
        {
            var end = rest[at..].IndexOf((byte)'\n');
            if (end < 0) return rest.Length;
            at += end;
            if (at + 1 >= rest.Length || rest[at + 1] is not ((byte)' ' or (byte)'\t')) return at;
            at++;
        }
    }
}
