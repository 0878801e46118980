namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>How well a body fits its schema.</summary>
internal enum KafkaFit
{
    /// <summary>It contradicts it, or goes on behind its end.</summary>
    No,

    /// <summary>It ends too early.</summary>
    Beginning,

    /// <summary>To the last byte.</summary>
    Exact,
}
