using System.Security.Cryptography;
using Wirehook.Dissection.Protocols.Tls;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Records open under their own number only, whether that number is known or guessed.</summary>
public class RecordCipherTests
{
    [Theory]
    [InlineData(0x1301)]
    [InlineData(0x1302)]
    [InlineData(0x1303)]
    [InlineData(0x1304)]
    [InlineData(0x1305)]
    public void A_guessed_number_opens_the_record_that_has_it(int suite)
    {
        var parameters = CipherParameters.Of((ushort)suite)!;
        var secret = RandomNumberGenerator.GetBytes(parameters.Hash == HashAlgorithmName.SHA384 ? 48 : 32);
        byte[] plain = [.. Enumerable.Range(0, 300).Select(i => (byte)i)];
        var record = Seal(parameters, secret, 7, plain);
        var output = new byte[record.Length];
        using var cipher = RecordCipher.ForTls13(parameters, secret);
        for (var number = 0UL; number < 12; number++)
        {
            Assert.Equal(number == 7, cipher.TryOpen(number, record, output, out _, guessed: true));
            Assert.Equal(number == 7, cipher.TryOpen(number, record, output, out var length));
            if (number == 7) Assert.Equal(plain, output[..length]);
        }

        record[^1] ^= 1;
        Assert.False(cipher.TryOpen(7, record, output, out _, guessed: true));
    }

    private static byte[] Seal(CipherParameters parameters, byte[] secret, byte number, byte[] plain)
    {
        var key = KeySchedule.ExpandLabel(parameters.Hash, secret, "key", parameters.KeyLength);
        var nonce = KeySchedule.ExpandLabel(parameters.Hash, secret, "iv", AeadRecordCipher.NonceLength);
        nonce[^1] ^= number;
        var (data, tag) = (new byte[plain.Length], new byte[parameters.TagLength]);
        var total = data.Length + tag.Length;
        byte[] header = [23, 3, 3, (byte)(total >> 8), (byte)total];
        switch (parameters.Cipher)
        {
            case BulkCipher.AesGcm:
                using (var gcm = new AesGcm(key, tag.Length)) gcm.Encrypt(nonce, plain, data, tag, header);
                break;
            case BulkCipher.AesCcm:
                using (var ccm = new AesCcm(key)) ccm.Encrypt(nonce, plain, data, tag, header);
                break;
            default:
                using (var chaCha = new ChaCha20Poly1305(key)) chaCha.Encrypt(nonce, plain, data, tag, header);
                break;
        }

        return [.. header, .. data, .. tag];
    }
}
