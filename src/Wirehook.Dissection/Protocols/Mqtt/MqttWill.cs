using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>The message that the server publishes when the client is gone (MQTT 5.0 §3.1.3).</summary>
internal sealed class MqttWill(string topic, ReadOnlyMemory<byte> payload, int connectFlags, FieldMap? properties) : Record
{
    private readonly string _topic = topic;
    private readonly ReadOnlyMemory<byte> _payload = payload;
    private readonly int _connectFlags = connectFlags;
    private readonly FieldMap? _properties = properties;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MqttWill", "The message that the server publishes when the client is gone.",
    [
        new("topic", "string", "The topic.", static r => FieldValue.From(((MqttWill)r)._topic)),
        new("payload", "string", "The payload, as text where it is valid UTF-8, otherwise in base64.", static r => FieldValue.From(PayloadText.Read(((MqttWill)r)._payload.Span))),
        new("encoding", "\"utf8\" | \"base64\"", "How `payload` is given.", static r => FieldValue.From(PayloadText.EncodingOf(((MqttWill)r)._payload.Span))),
        new("qos", "number", "The quality of service.", static r => FieldValue.From((((MqttWill)r)._connectFlags >> 3) & 3)),
        new("retain", "boolean", "Whether the message is to be retained.", static r => FieldValue.From((((MqttWill)r)._connectFlags & 0x20) != 0)),
        new("properties", "{ [name: string]: any }", "MQTT 5: its properties by name.", static r => FieldValue.From(((MqttWill)r)._properties), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
