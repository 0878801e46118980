using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>The protocols that handshake items name: one per version, all called <c>tlsx</c>.</summary>
internal static class TlsProtocols
{
    /// <summary>The name of all of them.</summary>
    public const string Name = "tlsx";

    /// <summary>Ports of protocols that begin with TLS.</summary>
    public static readonly ushort[] CommonPorts = [443, 465, 563, 636, 853, 989, 990, 993, 995, 5061, 5671, 6697, 8443, 8883];

    private static readonly Protocol Unknown = Declare("", "TLS", "Transport Layer Security", "tcp", "https://datatracker.ietf.org/doc/html/rfc8446");
    private static readonly Protocol Ssl30 = Declare("3.0", "SSL", "Secure Sockets Layer 3.0", "tcp", "https://datatracker.ietf.org/doc/html/rfc6101");
    private static readonly Protocol Tls10 = DeclareTls("1.0", "https://datatracker.ietf.org/doc/html/rfc2246");
    private static readonly Protocol Tls11 = DeclareTls("1.1", "https://datatracker.ietf.org/doc/html/rfc4346");
    private static readonly Protocol Tls12 = DeclareTls("1.2", "https://datatracker.ietf.org/doc/html/rfc5246");
    private static readonly Protocol Tls13 = DeclareTls("1.3", "https://datatracker.ietf.org/doc/html/rfc8446");
    private static readonly Protocol UnknownDtls = Declare("", "DTLS", "Datagram Transport Layer Security", "udp", "https://datatracker.ietf.org/doc/html/rfc9147");
    private static readonly Protocol Dtls10 = DeclareDtls("1.0", "https://datatracker.ietf.org/doc/html/rfc4347");
    private static readonly Protocol Dtls12 = DeclareDtls("1.2", "https://datatracker.ietf.org/doc/html/rfc6347");
    private static readonly Protocol Dtls13 = DeclareDtls("1.3", "https://datatracker.ietf.org/doc/html/rfc9147");

    /// <summary>Those over TCP.</summary>
    public static Protocol[] Streams { get; } = [Tls13, Tls12, Tls11, Tls10, Ssl30, Unknown];

    /// <summary>Those over UDP.</summary>
    public static Protocol[] Datagrams { get; } = [Dtls13, Dtls12, Dtls10, UnknownDtls];

    /// <summary>The protocol of a connection that agreed on <paramref name="version"/>; 0 where that is unknown.</summary>
    public static Protocol Of(ushort version, TransportProtocol transport) => version switch
    {
        TlsVersion.Ssl30 => Ssl30,
        TlsVersion.Tls10 => Tls10,
        TlsVersion.Tls11 => Tls11,
        TlsVersion.Tls12 => Tls12,
        TlsVersion.Dtls10 => Dtls10,
        TlsVersion.Dtls12 => Dtls12,
        TlsVersion.Dtls13 => Dtls13,
        _ when TlsVersion.IsTls13(version) => Tls13,
        _ => transport == TransportProtocol.Udp ? UnknownDtls : Unknown,
    };

    private static Protocol DeclareTls(string version, string reference) => Declare(version, "TLS", "Transport Layer Security " + version, "tcp", reference);

    private static Protocol DeclareDtls(string version, string reference) => Declare(version, "DTLS", "Datagram Transport Layer Security " + version, "udp", reference);

    private static Protocol Declare(string version, string abbreviation, string longName, string layer4, string reference) => new()
    {
        Name = Name,
        Version = version,
        Abbreviation = abbreviation,
        LongName = longName + " -- handshake",
        Macro = Name,
        BackgroundColor = "#2e7d5b",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = reference,
        Ports = layer4 == "tcp" ? CommonPorts : [],
        Layer4 = layer4,
        Priority = 5,
    };
}
