using System.Security.Cryptography;
using System.Text;

namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>How TLS makes keys out of secrets: HKDF-Expand-Label of TLS 1.3 (RFC 8446 §7.1) and the PRF of the versions before it (RFC 5246 §5, RFC 2246 §5).</summary>
internal static class KeySchedule
{
    private const int LongestHash = 64;

    /// <summary>HKDF-Expand-Label with an empty context.</summary>
    public static byte[] ExpandLabel(HashAlgorithmName hash, ReadOnlySpan<byte> secret, string label, int length)
    {
        const string Prefix = "tls13 ";
        Span<byte> info = stackalloc byte[64];
        info[0] = (byte)(length >> 8);
        info[1] = (byte)length;
        info[2] = (byte)(Prefix.Length + label.Length);
        var end = 3 + Encoding.ASCII.GetBytes(Prefix, info[3..]);
        end += Encoding.ASCII.GetBytes(label, info[end..]);
        info[end++] = 0;
        var output = new byte[length];
        HKDF.Expand(hash, secret, output, info[..end]);
        return output;
    }

    /// <summary>The key block of a connection of TLS 1.2 or older.</summary>
    /// <param name="version">The version: TLS 1.0 and 1.1 use MD5 and SHA-1 together.</param>
    /// <param name="hash">The suite's hash, for TLS 1.2.</param>
    /// <param name="master">The master secret.</param>
    /// <param name="clientRandom">The client's random.</param>
    /// <param name="serverRandom">The server's random.</param>
    /// <param name="length">Bytes that are needed.</param>
    public static byte[] KeyBlock(
        ushort version, HashAlgorithmName hash, ReadOnlySpan<byte> master, ReadOnlySpan<byte> clientRandom, ReadOnlySpan<byte> serverRandom, int length)
    {
        byte[] seed = [.. "key expansion"u8, .. serverRandom, .. clientRandom];
        var output = new byte[length];
        if (version >= TlsVersion.Tls12)
        {
            Expand(hash, master, seed, output);
            return output;
        }

        var half = (master.Length + 1) / 2;
        Expand(HashAlgorithmName.MD5, master[..half], seed, output);
        Expand(HashAlgorithmName.SHA1, master[^half..], seed, output);
        return output;
    }

    /// <summary>P_hash (RFC 5246 §5), combined with what is in <paramref name="output"/> by exclusive or.</summary>
    private static void Expand(HashAlgorithmName hash, ReadOnlySpan<byte> secret, ReadOnlySpan<byte> seed, Span<byte> output)
    {
        Span<byte> block = stackalloc byte[LongestHash];
        using var hmac = IncrementalHash.CreateHMAC(hash, secret);
        hmac.AppendData(seed);
        var a = hmac.GetHashAndReset();
        while (!output.IsEmpty)
        {
            hmac.AppendData(a);
            hmac.AppendData(seed);
            var length = Math.Min(hmac.GetHashAndReset(block), output.Length);
            for (var i = 0; i < length; i++) output[i] ^= block[i];
            output = output[length..];
            hmac.AppendData(a);
            a = hmac.GetHashAndReset();
        }
    }
}
