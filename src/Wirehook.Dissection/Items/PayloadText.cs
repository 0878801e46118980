using System.Text;
using System.Text.Unicode;

namespace Wirehook.Dissection.Items;

/// <summary>Application bytes as fields show them: text where they are valid UTF-8, otherwise base64, and which of both.</summary>
internal static class PayloadText
{
    /// <summary>What an <c>encoding</c> field says of text.</summary>
    public const string Utf8Encoding = "utf8";

    /// <summary>What an <c>encoding</c> field says of base64.</summary>
    public const string Base64Encoding = "base64";

    /// <summary>The bytes as text, or in base64 where they are not valid UTF-8.</summary>
    public static string Read(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Encoding.UTF8.GetString(bytes) : Convert.ToBase64String(bytes);

    /// <summary>How <see cref="Read"/> gives the bytes: <c>utf8</c> or <c>base64</c>.</summary>
    public static string EncodingOf(ReadOnlySpan<byte> bytes) => Utf8.IsValid(bytes) ? Utf8Encoding : Base64Encoding;
}
