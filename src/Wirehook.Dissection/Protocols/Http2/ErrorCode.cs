using System.Globalization;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>Names of the codes in RST_STREAM and GOAWAY (RFC 9113 §7).</summary>
internal static class ErrorCode
{
    private static readonly string[] Names =
    [
        "NO_ERROR", "PROTOCOL_ERROR", "INTERNAL_ERROR", "FLOW_CONTROL_ERROR", "SETTINGS_TIMEOUT", "STREAM_CLOSED", "FRAME_SIZE_ERROR",
        "REFUSED_STREAM", "CANCEL", "COMPRESSION_ERROR", "CONNECT_ERROR", "ENHANCE_YOUR_CALM", "INADEQUATE_SECURITY", "HTTP_1_1_REQUIRED",
    ];

    /// <summary>The name of <paramref name="code"/>, or its number.</summary>
    public static string NameOf(uint code) => code < Names.Length ? Names[code] : code.ToString(CultureInfo.InvariantCulture);
}
