using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What a client offers. Fields are read from the kept ClientHello when they are asked for.</summary>
/// <param name="hello">The message.</param>
/// <param name="transport">The letter of JA4: <c>t</c> for TCP, <c>q</c> for QUIC, <c>d</c> for DTLS.</param>
internal sealed class TlsClientHello(Hello hello, char transport) : Record
{
    private FieldValue[]? _suites;
    private FieldValue[]? _suiteNumbers;
    private string? _ja3;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("TlsClientHello", "What a TLS client offers. GREASE values are left out of every list.", Fields());

    /// <summary>The client's certificates, where it sent some that could be read.</summary>
    public IReadOnlyList<FieldValue>? Certificates { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private ReadOnlySpan<byte> Data(ushort extension) => hello.TryFind(extension, out var data) ? data : default;

    private static Field[] Fields() =>
    [
        new("type", "string", "Always `ClientHello`.", static _ => FieldValue.From("ClientHello")),
        new("sni", "string", "The server's name that the client asks for; empty where it names none.", static r => FieldValue.From(TlsList.ServerName(Of(r).Data(ExtensionType.ServerName)))),
        new("version", "number", "The version in the message itself, such as 771 for TLS 1.2; TLS 1.3 is offered in `supportedVersions`.", static r => FieldValue.From(Of(r).Message.LegacyVersion)),
        new("versionName", "string", "That version's name.", static r => FieldValue.From(TlsVersion.Name(Of(r).Message.LegacyVersion))),
        new("supportedVersions", "string[]", "The versions that the client offers by extension.",
            static r => FieldValue.From(TlsList.Names(TlsList.Behind8(Of(r).Data(ExtensionType.SupportedVersions)), v => TlsVersion.Name((ushort)v)))),
        new("random", "string", "The client's random bytes, hexadecimal: what key logs call the connection by.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).Message.Random))),
        new("sessionId", "string", "The session id, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).Message.SessionId))),
        new("cipherSuites", "string[]", "The names of the suites that the client offers, in its order.", static r => FieldValue.From(Of(r)._suites ??= TlsList.Names(Of(r).Message.Suites, s => CipherSuiteNames.Of((ushort)s)))),
        new("cipherSuiteNumbers", "number[]", "Their numbers.", static r => FieldValue.From(Of(r)._suiteNumbers ??= TlsList.Numbers(Of(r).Message.Suites))),
        new("compressionMethods", "number[]", "The compression methods that the client offers; 0 is none.", static r => FieldValue.From(Bytes(Of(r).Message.Compression))),
        new("extensions", "number[]", "The numbers of the extensions, in the order in which they were sent.", static r => FieldValue.From(TlsList.ExtensionNumbers(Of(r).Message.Extensions))),
        new("alpn", "string[]", "The application protocols that the client offers.", static r => FieldValue.From(TlsList.ApplicationProtocols(Of(r).Data(ExtensionType.ApplicationProtocols)))),
        new("groups", "string[]", "The groups that the client offers for the key exchange.", static r => FieldValue.From(TlsList.Names(TlsList.Behind16(Of(r).Data(ExtensionType.SupportedGroups)), TlsNames.Group))),
        new("keyShares", "string[]", "The groups of which the client sends a share.", static r => FieldValue.From(TlsList.KeyShareGroups(Of(r).Data(ExtensionType.KeyShare)))),
        new("signatureAlgorithms", "string[]", "The signatures that the client accepts.",
            static r => FieldValue.From(TlsList.Names(TlsList.Behind16(Of(r).Data(ExtensionType.SignatureAlgorithms)), TlsNames.SignatureScheme))),
        new("sessionTicket", "boolean", "Whether the client shows a session ticket of before.", static r => FieldValue.From(!Of(r).Data(ExtensionType.SessionTicket).IsEmpty)),
        new("preSharedKey", "boolean", "Whether the client offers to resume with a key of before (TLS 1.3).", static r => FieldValue.From(Of(r).Message.Has(ExtensionType.PreSharedKey))),
        new("earlyData", "boolean", "Whether the client announces data before the handshake is over (0-RTT).", static r => FieldValue.From(Of(r).Message.Has(ExtensionType.EarlyData))),
        new("ech", "boolean", "Whether an encrypted ClientHello is inside; also of clients that only pretend.",
            static r => FieldValue.From(Of(r).Message.Has(ExtensionType.EncryptedClientHello) || Of(r).Message.Has(ExtensionType.EncryptedServerName))),
        new("ja3", "string", "The text of the JA3 fingerprint.", static r => FieldValue.From(Of(r).Ja3)),
        new("ja3Hash", "string", "The JA3 fingerprint.", static r => FieldValue.From(Fingerprints.Md5(Of(r).Ja3))),
        new("ja4", "string", "The JA4 fingerprint.", static r => FieldValue.From(Fingerprints.Ja4(Of(r).Message, Of(r).Transport))),
        new("certificates", "TlsCertificate[]", "The certificates by which the client proves who it is, its own first; only present where they could be read.",
            static r => FieldValue.From(Of(r).Certificates), Optional: true),
    ];

    private Hello Message => hello;

    private char Transport => transport;

    private string Ja3 => _ja3 ??= Fingerprints.Ja3(hello);

    private static TlsClientHello Of(Record record) => (TlsClientHello)record;

    private static FieldValue[] Bytes(ReadOnlySpan<byte> bytes)
    {
        var values = new FieldValue[bytes.Length];
        for (var i = 0; i < bytes.Length; i++) values[i] = FieldValue.From(bytes[i]);
        return values;
    }
}
