using System.Text;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>Text of packets, in the connection's character set, which is nearly always UTF-8 and read as such.</summary>
internal static class MySqlText
{
    /// <summary>The text.</summary>
    public static string Read(ReadOnlySpan<byte> bytes) => bytes.IsEmpty ? "" : Encoding.UTF8.GetString(bytes);

    /// <summary>A value: text where it is UTF-8, otherwise <c>0x</c> and hexadecimal digits, as the server's own client shows it.</summary>
    public static string ReadValue(ReadOnlySpan<byte> bytes) =>
        bytes.IsEmpty ? "" : System.Text.Unicode.Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : "0x" + Convert.ToHexString(bytes);
}
