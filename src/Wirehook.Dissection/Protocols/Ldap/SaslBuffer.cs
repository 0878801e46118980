using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>
/// Takes the protection off a buffer of a SASL layer that signs and does not encrypt: Kerberos tokens (RFC 4121 §4.2.6.2, RFC 1964 §1.2.2, RFC 4757 §7.3) and
/// signatures of NTLM (MS-NLMP §2.2.2.9.1).
/// </summary>
internal static class SaslBuffer
{
    private const int LengthPrefix = 4;

    /// <summary>The messages inside. False where they are encrypted, or the layer is unknown.</summary>
    /// <param name="buffer">The buffer, its length in front included.</param>
    /// <param name="content">The messages.</param>
    public static bool TryUnwrap(ReadOnlySpan<byte> buffer, out ReadOnlySpan<byte> content)
    {
        content = default;
        if (buffer.Length <= LengthPrefix) return false;
        var token = buffer[LengthPrefix..];
        if (!TryUnwrapKerberos(token, out content) && !TryUnwrapOldKerberos(token, out content) && !TryUnwrapNtlm(token, out content)) return false;
        return LdapMessage.TryRead(content, out _);
    }

    private static bool TryUnwrapKerberos(ReadOnlySpan<byte> token, out ReadOnlySpan<byte> content)
    {
        const int header = 16;
        const byte sealedFlag = 2;
        content = default;
        if (token.Length < header || token[0] != 5 || token[1] != 4 || token[3] != 0xff || (token[2] & sealedFlag) != 0) return false;
        int checksum = BinaryPrimitives.ReadUInt16BigEndian(token[4..]);
        int rotation = BinaryPrimitives.ReadUInt16BigEndian(token[6..]);
        var body = token[header..];
        if (checksum > body.Length || body.IsEmpty) return false;
        rotation %= body.Length;
        if (rotation == 0) content = body[..^checksum];
        else if (rotation == checksum) content = body[checksum..];
        else content = (byte[])[.. body[rotation..], .. body[..rotation]];
        if (rotation != 0 && rotation != checksum) content = content[..^checksum];
        return true;
    }

    private static bool TryUnwrapOldKerberos(ReadOnlySpan<byte> token, out ReadOnlySpan<byte> content)
    {
        const int fixedPart = 24;
        const int confounder = 8;
        content = default;
        if (token.IsEmpty || token[0] != 0x60 || !BerReader.TryReadHeader(token, out var header, out _, out _)) return false;
        var inner = new BerReader(token[header..]);
        if (!inner.TryRead(out var tag, out var mechanism) || tag != 6) return false;
        // The mechanism's element is followed by the token itself, which is no BER.
        var rest = token[(header + 2 + mechanism.Length)..];
        if (rest.Length < fixedPart + confounder || rest[0] != 2 || rest[1] != 1 || rest[4] != 0xff || rest[5] != 0xff) return false;
        content = rest[(fixedPart + confounder)..];
        return true;
    }

    private static bool TryUnwrapNtlm(ReadOnlySpan<byte> token, out ReadOnlySpan<byte> content)
    {
        const int signature = 16;
        content = default;
        if (token.Length <= signature || BinaryPrimitives.ReadUInt32LittleEndian(token) != 1) return false;
        content = token[signature..];
        return true;
    }
}
