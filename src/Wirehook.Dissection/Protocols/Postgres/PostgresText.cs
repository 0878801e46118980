using System.Text;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>Text of messages: in the client's encoding, which is nearly always UTF-8 and read as such.</summary>
internal static class PostgresText
{
    /// <summary>The text up to the first NUL.</summary>
    public static string Read(ReadOnlySpan<byte> bytes)
    {
        var end = bytes.IndexOf((byte)0);
        if (end >= 0) bytes = bytes[..end];
        return bytes.IsEmpty ? "" : Encoding.UTF8.GetString(bytes);
    }
}
