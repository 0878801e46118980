namespace Wirehook.Dissection.Protocols.Tls;

/// <summary>Records of suites that do not encrypt (RFC 4785, RFC 5246 §6.2.3.1): the content, and a MAC that only those with keys can verify.</summary>
/// <param name="macLength">Bytes of the MAC.</param>
internal sealed class PlainRecordCipher(int macLength) : RecordCipher
{
    /// <inheritdoc/>
    public override bool TryOpen(ulong sequence, ReadOnlySpan<byte> record, Span<byte> output, out int length, bool guessed = false)
    {
        length = record.Length - RecordHeader.Length - macLength;
        if (length < 0) return false;
        record.Slice(RecordHeader.Length, length).CopyTo(output);
        return true;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
    }
}
