using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>What one handshake is known by: the messages that its item shows and that keys depend on.</summary>
internal sealed class TlsHandshake
{
    /// <summary>The client's first hello.</summary>
    public Hello? Client { get; set; }

    /// <summary>The server's last hello, which answers.</summary>
    public Hello? Server { get; set; }

    /// <summary>Whether the server asked for another hello first.</summary>
    public bool IsRetried { get; set; }

    /// <summary>The server's EncryptedExtensions message, where it could be read.</summary>
    public ReadOnlyMemory<byte> EncryptedExtensions { get; set; }

    /// <summary>The server's Certificate message.</summary>
    public CertificateMessage ServerCertificate { get; set; }

    /// <summary>The client's Certificate message.</summary>
    public CertificateMessage ClientCertificate { get; set; }

    /// <summary>When the first byte of the first hello was captured.</summary>
    public Timestamp Started { get; set; }

    /// <summary>When the ServerHello was complete.</summary>
    public Timestamp Answered { get; set; }

    /// <summary>The direction of the client.</summary>
    public Direction ClientDirection { get; set; }

    /// <summary>Bytes of the client's hellos with their record headers.</summary>
    public long RequestSize { get; set; }

    /// <summary>Bytes of the server's hellos with their record headers.</summary>
    public long ResponseSize { get; set; }

    /// <summary>Whether its item has left.</summary>
    public bool IsEmitted { get; set; }

    /// <summary>Bytes that it keeps.</summary>
    public long Held => (Client?.Bytes.Length ?? 0) + (Server?.Bytes.Length ?? 0) + EncryptedExtensions.Length + ServerCertificate.Bytes.Length + ClientCertificate.Bytes.Length;

    /// <summary>The agreed version; 0 while it is not known.</summary>
    public ushort Version => Server?.ChosenVersion ?? 0;

    /// <summary>The application protocol that the server chose, from its hello or, in TLS 1.3, from what was decrypted; empty where it is not known.</summary>
    public string ApplicationProtocol
    {
        get
        {
            ReadOnlySpan<byte> data = default;
            if (Server?.TryFind(ExtensionType.ApplicationProtocols, out data) != true)
                ExtensionReader.TryFind(TlsList.Behind16(EncryptedExtensions.Span), ExtensionType.ApplicationProtocols, out data);
            return TlsList.ApplicationProtocols(data) is [var first, ..] ? first.AsString : "";
        }
    }

    /// <summary>Whether the server went on with a session of before: it repeats the client's session id (before TLS 1.3) or takes its key (RFC 8446 §2.2).</summary>
    public bool IsResumed
    {
        get
        {
            if (Client is null || Server is null) return false;
            if (TlsVersion.IsTls13(Version)) return Server.Has(ExtensionType.PreSharedKey);
            return !Client.SessionId.IsEmpty && Client.SessionId.SequenceEqual(Server.SessionId) && ServerCertificate.Bytes.IsEmpty;
        }
    }
}
