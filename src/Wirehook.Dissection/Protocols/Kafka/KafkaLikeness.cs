namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>How much bytes look like a request.</summary>
internal enum KafkaLikeness
{
    /// <summary>Not at all.</summary>
    None,

    /// <summary>Too few bytes to tell.</summary>
    NeedMore,

    /// <summary>The header is one, of a body that is not decoded or not all there.</summary>
    Header,

    /// <summary>Header and body are one, down to the last byte.</summary>
    Whole,
}
