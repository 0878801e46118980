using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Wirehook.Dissection.Tests.Protocols.Quic;

/// <summary>Makes protected Initial packets (RFC 9001 §5), independently of what reads them.</summary>
internal static class QuicPackets
{
    private static readonly byte[] Salt = Convert.FromHexString("38762cf7f55934b34d179ae6a4c80cadccbb7f0a");

    /// <summary>A CRYPTO frame.</summary>
    public static byte[] Crypto(int offset, params byte[] data) => [6, .. Number(offset), .. Number(data.Length), .. data];

    /// <summary>An Initial packet of version 1, padded to at least <paramref name="size"/> bytes of frames.</summary>
    public static byte[] Initial(bool client, byte[] keyId, byte[] destination, byte[] source, uint number, byte[] frames, int size = 0)
    {
        var initial = HKDF.Extract(HashAlgorithmName.SHA256, keyId, Salt);
        var secret = Expand(initial, client ? "client in" : "server in", 32);
        byte[] payload = [.. frames, .. new byte[Math.Max(0, Math.Max(size, 20) - frames.Length)]];
        byte[] header = [0xC3, 0, 0, 0, 1, (byte)destination.Length, .. destination, (byte)source.Length, .. source, 0, .. Number(4 + payload.Length + 16), 0, 0, 0, 0];
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(header.Length - 4), number);
        var nonce = Expand(secret, "quic iv", 12);
        for (var i = 0; i < 4; i++) nonce[8 + i] ^= header[header.Length - 4 + i];
        var (sealedPayload, tag) = (new byte[payload.Length], new byte[16]);
        using (var cipher = new AesGcm(Expand(secret, "quic key", 16), 16)) cipher.Encrypt(nonce, payload, sealedPayload, tag, header);
        byte[] packet = [.. header, .. sealedPayload, .. tag];
        using var protection = Aes.Create();
        protection.Key = Expand(secret, "quic hp", 16);
        var mask = protection.EncryptEcb(packet.AsSpan(header.Length, 16), PaddingMode.None);
        packet[0] ^= (byte)(mask[0] & 0x0F);
        for (var i = 0; i < 4; i++) packet[header.Length - 4 + i] ^= mask[1 + i];
        return packet;
    }

    private static byte[] Expand(byte[] secret, string label, int length)
    {
        var full = Encoding.ASCII.GetBytes("tls13 " + label);
        return HKDF.Expand(HashAlgorithmName.SHA256, secret, length, [(byte)(length >> 8), (byte)length, (byte)full.Length, .. full, 0]);
    }

    private static byte[] Number(int value) => [(byte)(0x40 | (value >> 8)), (byte)value];
}
