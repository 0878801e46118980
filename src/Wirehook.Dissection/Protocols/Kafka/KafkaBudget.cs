namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>What decoding one message may cost, whatever its lengths promise and its compressed parts expand to.</summary>
/// <param name="bytes">Bytes that all of its record batches together may expand to.</param>
internal sealed class KafkaBudget(int bytes)
{
    private const int MostValues = 200_000;
    private int _values = MostValues;

    /// <summary>Bytes that may still come out of decompression.</summary>
    public int Bytes { get; private set; } = bytes;

    /// <summary>Whether something was left out because of the budget.</summary>
    public bool Exceeded { get; private set; }

    /// <summary>Takes one value. False when there were too many.</summary>
    public bool TakeValue()
    {
        if (_values-- > 0) return true;
        (_values, Exceeded) = (0, true);
        return false;
    }

    /// <summary>Bytes came out of decompression.</summary>
    public void TakeBytes(int count) => Bytes = Math.Max(0, Bytes - count);
}
