namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Version numbers of SSL and TLS.</summary>
internal static class TlsVersion
{
    public const ushort Ssl30 = 0x0300;
    public const ushort Tls10 = 0x0301;
    public const ushort Tls11 = 0x0302;
    public const ushort Tls12 = 0x0303;
    public const ushort Tls13 = 0x0304;
    public const ushort Dtls10 = 0xFEFF;
    public const ushort Dtls12 = 0xFEFD;
    public const ushort Dtls13 = 0xFEFC;

    /// <summary>Draft 25 of TLS 1.3: the first whose records authenticate their header, as in RFC 8446.</summary>
    private const ushort FirstUsableDraft = 0x7F19;

    /// <summary>Whether <paramref name="version"/> is TLS 1.3 or a draft of it (0x7fNN; 0xfbNN of one big site), whose records look alike.</summary>
    public static bool IsTls13(ushort version) => version is Tls13 or Dtls13 || version >> 8 is 0x7F or 0xFB;

    /// <summary>Whether records of <paramref name="version"/>, a version of TLS 1.3, can be decrypted.</summary>
    public static bool IsUsableTls13(ushort version) => version == Tls13 || (version >> 8 == 0x7F && version >= FirstUsableDraft);

    /// <summary>The name for people.</summary>
    public static string Name(ushort version) => version switch
    {
        0x0002 => "SSL 2.0",
        Ssl30 => "SSL 3.0",
        Tls10 => "TLS 1.0",
        Tls11 => "TLS 1.1",
        Tls12 => "TLS 1.2",
        Tls13 => "TLS 1.3",
        Dtls10 => "DTLS 1.0",
        Dtls12 => "DTLS 1.2",
        Dtls13 => "DTLS 1.3",
        _ when version >> 8 == 0x7F => "TLS 1.3 draft " + (version & 0xFF).ToString(System.Globalization.CultureInfo.InvariantCulture),
        _ when TlsNames.IsGrease(version) => "GREASE",
        _ => TlsNames.Hexadecimal(version),
    };
}
