using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>Tells requests from other protocols' bytes.</summary>
internal static class KafkaRequestCheck
{
    private const int Budget = 64 << 10;

    /// <summary>How much <paramref name="data"/> begins like a request.</summary>
    public static KafkaLikeness Check(ReadOnlySpan<byte> data)
    {
        if (!KafkaRequestHeader.TryRead(data, out var header, out var needed)) return needed > data.Length ? KafkaLikeness.NeedMore : KafkaLikeness.None;
        if (header.CorrelationId < 0) return KafkaLikeness.None;
        if (KafkaSchemas.Request(header.Key, header.Version) is not { } schema) return KafkaLikeness.Header;
        var frame = data[..(int)Math.Min(data.Length, header.WholeLength)].ToArray();
        var body = KafkaMessage.BodyOf(frame, header.Length, header.Version >= schema.FirstFlexible);
        var map = KafkaPayload.Read(body, schema, header.Version, new KafkaBudget(Budget), out var fit);
        if (fit == KafkaFit.No || !IsPlausible(header.Key, map)) return KafkaLikeness.None;
        var isWhole = frame.Length == header.WholeLength;
        if (fit == KafkaFit.Exact) return isWhole ? KafkaLikeness.Whole : KafkaLikeness.None;
        return isWhole ? KafkaLikeness.None : KafkaLikeness.Header;
    }

    /// <summary>Whether a produce request asks for acknowledgements that exist.</summary>
    private static bool IsPlausible(short key, FieldMap body) =>
        key != KafkaApis.Produce || body.Find("requiredAcks") is not { Kind: FieldKind.Number, AsNumber: not (-1 or 0 or 1) };
}
