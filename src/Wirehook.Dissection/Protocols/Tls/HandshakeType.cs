namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Types of handshake messages (IANA, TLS HandshakeType).</summary>
internal static class HandshakeType
{
    public const byte HelloRequest = 0;
    public const byte ClientHello = 1;
    public const byte ServerHello = 2;
    public const byte HelloVerifyRequest = 3;
    public const byte NewSessionTicket = 4;
    public const byte EndOfEarlyData = 5;
    public const byte EncryptedExtensions = 8;
    public const byte Certificate = 11;
    public const byte ServerKeyExchange = 12;
    public const byte CertificateRequest = 13;
    public const byte ServerHelloDone = 14;
    public const byte CertificateVerify = 15;
    public const byte ClientKeyExchange = 16;
    public const byte Finished = 20;
    public const byte CertificateStatus = 22;
    public const byte KeyUpdate = 24;
    public const byte CompressedCertificate = 25;

    /// <summary>Whether messages of <paramref name="type"/> exist.</summary>
    public static bool IsKnown(byte type) => type is <= 6 or 8 or >= 11 and <= 16 or >= 20 and <= 25 or 67;
}
