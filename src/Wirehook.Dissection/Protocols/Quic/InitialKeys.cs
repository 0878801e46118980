using System.Buffers.Binary;
using System.Security.Cryptography;
using Wirehook.Dissection.Protocols.Tls;

namespace Wirehook.Dissection.Protocols.Quic;

/// <summary>
/// The keys of one side's Initial packets. They follow from the version and the connection id that the client chose first, so anybody can open them (RFC 9001 §5.2).
/// </summary>
internal sealed class InitialKeys : IDisposable
{
    private const int SecretLength = 32;
    private const int KeyLength = 16;
    private const int NonceLength = 12;
    private const int TagLength = 16;
    private const int SampleLength = 16;
    private readonly AesGcm _cipher;
    private readonly Aes _headerCipher;
    private readonly byte[] _iv;

    private InitialKeys(QuicVersion version, ReadOnlySpan<byte> secret)
    {
        _cipher = new AesGcm(Expand("key", KeyLength, secret), TagLength);
        _iv = Expand("iv", NonceLength, secret);
        _headerCipher = Aes.Create();
        _headerCipher.Key = Expand("hp", KeyLength, secret);

        byte[] Expand(string label, int length, ReadOnlySpan<byte> from) => KeySchedule.ExpandLabel(HashAlgorithmName.SHA256, from, version.LabelPrefix + label, length);
    }

    /// <summary>The client's and the server's keys.</summary>
    public static (InitialKeys Client, InitialKeys Server) Derive(QuicVersion version, ReadOnlySpan<byte> destination)
    {
        Span<byte> secret = stackalloc byte[SecretLength];
        HKDF.Extract(HashAlgorithmName.SHA256, destination, version.Salt, secret);
        return (
            new InitialKeys(version, KeySchedule.ExpandLabel(HashAlgorithmName.SHA256, secret, "client in", SecretLength)),
            new InitialKeys(version, KeySchedule.ExpandLabel(HashAlgorithmName.SHA256, secret, "server in", SecretLength)));
    }

    /// <summary>Opens an Initial packet. Packet numbers of the first flight are short and start at 0, so what is sent of them is all of them.</summary>
    /// <param name="header">The packet.</param>
    /// <param name="output">Takes its frames: as long as the packet at least.</param>
    /// <param name="length">Bytes of frames.</param>
    public bool TryOpen(in LongHeader header, Span<byte> output, out int length)
    {
        length = 0;
        var packet = header.Packet;
        if (packet.Length < header.PayloadAt + 4 + SampleLength) return false;
        Span<byte> mask = stackalloc byte[SampleLength];
        _headerCipher.EncryptEcb(packet.Slice(header.PayloadAt + 4, SampleLength), mask, PaddingMode.None);
        var first = (byte)(packet[0] ^ (mask[0] & 0x0F));
        var numberLength = (first & 3) + 1;
        var headerLength = header.PayloadAt + numberLength;
        length = packet.Length - headerLength - TagLength;
        if (length < 0) return false;
        var clear = new byte[headerLength];
        packet[..headerLength].CopyTo(clear);
        clear[0] = first;
        uint number = 0;
        for (var i = 0; i < numberLength; i++) number = (number << 8) | (clear[header.PayloadAt + i] ^= mask[1 + i]);
        return TryDecrypt(number, packet.Slice(headerLength, length), packet[^TagLength..], output[..length], clear);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _cipher.Dispose();
        _headerCipher.Dispose();
    }

    private bool TryDecrypt(uint number, ReadOnlySpan<byte> data, ReadOnlySpan<byte> tag, Span<byte> output, ReadOnlySpan<byte> header)
    {
        Span<byte> nonce = stackalloc byte[NonceLength];
        _iv.CopyTo(nonce);
        BinaryPrimitives.WriteUInt32BigEndian(nonce[8..], BinaryPrimitives.ReadUInt32BigEndian(nonce[8..]) ^ number);
        try
        {
            _cipher.Decrypt(nonce, data, tag, output, header);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
