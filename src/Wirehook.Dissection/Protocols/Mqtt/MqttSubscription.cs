using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>One topic filter of a SUBSCRIBE with its options (MQTT 5.0 §3.8.3).</summary>
internal sealed class MqttSubscription(string filter, int options) : Record
{
    private readonly string _filter = filter;
    private readonly int _options = options;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MqttSubscription", "A topic filter with its options.",
    [
        new("topicFilter", "string", "The topic filter.", static r => FieldValue.From(((MqttSubscription)r)._filter)),
        new("qos", "number", "The maximum quality of service.", static r => FieldValue.From(((MqttSubscription)r)._options & 3)),
        new("noLocal", "boolean", "MQTT 5: whether the client's own messages are left out.", static r => FieldValue.From((((MqttSubscription)r)._options & 4) != 0)),
        new("retainAsPublished", "boolean", "MQTT 5: whether the retain flag is kept.", static r => FieldValue.From((((MqttSubscription)r)._options & 8) != 0)),
        new("retainHandling", "number", "MQTT 5: when retained messages are sent.", static r => FieldValue.From((((MqttSubscription)r)._options >> 4) & 3)),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
