using System.Buffers.Binary;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What a server chose. Fields are read from the kept messages when they are asked for.</summary>
/// <param name="handshake">The handshake, whose ServerHello is there.</param>
internal sealed class TlsServerHello(TlsHandshake handshake) : Record
{
    private string? _ja3s;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("TlsServerHello", "What a TLS server chose.", Fields(), TlsCertificate.RecordType);

    /// <summary>The server's certificates, where they could be read.</summary>
    public IReadOnlyList<FieldValue>? Certificates { get; init; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private Hello Message => handshake.Server!;

    private string Ja3S => _ja3s ??= Fingerprints.Ja3S(Message);

    /// <summary>The group of the key exchange (TLS 1.3).</summary>
    private string Group
    {
        get
        {
            var share = Extension(ExtensionType.KeyShare);
            return share.Length < 2 ? "" : TlsNames.Group(BinaryPrimitives.ReadUInt16BigEndian(share));
        }
    }

    private ReadOnlySpan<byte> Extension(ushort type) => Message.TryFind(type, out var data) ? data : default;

    private static Field[] Fields() =>
    [
        new("type", "string", "`ServerHello`, or `HelloRetryRequest` where nothing followed it.", static r => FieldValue.From(Of(r).Message.IsRetryRequest ? "HelloRetryRequest" : "ServerHello")),
        new("version", "number", "The version that the server chose, such as 772 for TLS 1.3.", static r => FieldValue.From(Of(r).Message.ChosenVersion)),
        new("versionName", "string", "That version's name.", static r => FieldValue.From(TlsVersion.Name(Of(r).Message.ChosenVersion))),
        new("random", "string", "The server's random bytes, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).Message.Random))),
        new("sessionId", "string", "The session id, hexadecimal.", static r => FieldValue.From(Convert.ToHexStringLower(Of(r).Message.SessionId))),
        new("cipherSuite", "number", "The number of the suite that the server chose.", static r => FieldValue.From(Of(r).Message.Suite)),
        new("cipherSuiteName", "string", "That suite's name.", static r => FieldValue.From(CipherSuiteNames.Of(Of(r).Message.Suite))),
        new("compressionMethod", "number", "The compression that the server chose; 0 is none.", static r => FieldValue.From(Of(r).Message.Compression[0])),
        new("extensions", "number[]", "The numbers of the extensions, in the order in which they were sent.", static r => FieldValue.From(TlsList.ExtensionNumbers(Of(r).Message.Extensions))),
        new("alpn", "string", "The application protocol that the server chose; empty where there is none or TLS 1.3 hides it.", static r => FieldValue.From(Of(r).Handshake.ApplicationProtocol)),
        new("group", "string", "The group of the key exchange (TLS 1.3); empty where it is not in the hello.", static r => FieldValue.From(Of(r).Group)),
        new("retried", "boolean", "Whether the server asked for another ClientHello first (HelloRetryRequest).", static r => FieldValue.From(Of(r).Handshake.IsRetried)),
        new("resumed", "boolean", "Whether the session of before goes on, so that no certificate is sent.", static r => FieldValue.From(Of(r).Handshake.IsResumed)),
        new("ja3s", "string", "The text of the JA3S fingerprint.", static r => FieldValue.From(Of(r).Ja3S)),
        new("ja3sHash", "string", "The JA3S fingerprint.", static r => FieldValue.From(Fingerprints.Md5(Of(r).Ja3S))),
        new("certificates", "TlsCertificate[]", "The server's certificates, its own first; only present where they could be read.", static r => FieldValue.From(Of(r).Certificates), Optional: true),
    ];

    private TlsHandshake Handshake => handshake;

    private static TlsServerHello Of(Record record) => (TlsServerHello)record;
}
