using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>One packet. Its bytes are kept as sent; what they say is read when a field is asked for.</summary>
internal sealed class MqttPacket(MqttFixedHeader header, ReadOnlyMemory<byte> body, int level) : Record
{
    private readonly MqttFixedHeader _header = header;
    private readonly ReadOnlyMemory<byte> _body = body;
    private MqttContent? _content;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MqttPacket", "An MQTT control packet.",
    [
        new("packetType", "string", "What the packet is, such as `PUBLISH`.", static r => FieldValue.From(MqttPacketTypes.NameOf(((MqttPacket)r)._header.Type))),
        new("remainingLength", "number", "Bytes behind the fixed header.", static r => FieldValue.From(((MqttPacket)r)._header.RemainingLength)),
        new("packetIdentifier", "number", "The number that ties a packet to its acknowledgement.", static r => Number(((MqttPacket)r).Content.Identifier), Optional: true),
        new("topic", "string", "PUBLISH: the topic, also where only its alias was sent.", static r => FieldValue.From(((MqttPacket)r).Topic), Optional: true),
        new("qos", "number", "PUBLISH: the quality of service.", static r => ((MqttPacket)r).OfPublish(FieldValue.From(((MqttPacket)r)._header.Qos)), Optional: true),
        new("dup", "boolean", "PUBLISH: whether it is sent again.", static r => ((MqttPacket)r).OfPublish(FieldValue.From((((MqttPacket)r)._header.Flags & 8) != 0)), Optional: true),
        new("retain", "boolean", "PUBLISH: whether the message is retained.", static r => ((MqttPacket)r).OfPublish(FieldValue.From((((MqttPacket)r)._header.Flags & 1) != 0)), Optional: true),
        new("payload", "string", "PUBLISH: the message, as text where it is valid UTF-8, otherwise in base64.", static r => ((MqttPacket)r).Payload, Optional: true),
        new("encoding", "\"utf8\" | \"base64\"", "PUBLISH: how `payload` is given.", static r => ((MqttPacket)r).PayloadEncoding, Optional: true),
        new("truncated", "boolean", "Present and true when part of the packet is not there.", static r => ((MqttPacket)r).TruncatedField, Optional: true),
        new("protocolName", "string", "CONNECT: the protocol's name.", static r => FieldValue.From(((MqttPacket)r).Content.ProtocolName), Optional: true),
        new("protocolLevel", "number", "CONNECT: 3 for MQTT 3.1, 4 for 3.1.1, 5 for 5.0.", static r => Number(((MqttPacket)r).Content.ProtocolLevel), Optional: true),
        new("cleanStart", "boolean", "CONNECT: whether the session begins anew (MQTT 3: clean session).", static r => ((MqttPacket)r).CleanStart, Optional: true),
        new("keepAlive", "number", "CONNECT: seconds.", static r => Number(((MqttPacket)r).Content.KeepAlive), Optional: true),
        new("clientId", "string", "CONNECT: the client's identifier.", static r => FieldValue.From(((MqttPacket)r).Content.ClientId), Optional: true),
        new("will", "MqttWill", "CONNECT: the message that is published when the client is gone.", static r => FieldValue.From(((MqttPacket)r).Content.Will), Optional: true),
        new("userName", "string", "CONNECT: the user's name.", static r => FieldValue.From(((MqttPacket)r).Content.UserName), Optional: true),
        new("password", "string", "CONNECT: the password as sent; base64 where it is not valid UTF-8.", static r => ((MqttPacket)r).Password, Optional: true),
        new("sessionPresent", "boolean", "CONNACK: whether the server kept the session.", static r => Boolean(((MqttPacket)r).Content.SessionPresent), Optional: true),
        new("reasonCode", "number", "The reason code (MQTT 3: return code).", static r => Number(((MqttPacket)r).Content.ReasonCode), Optional: true),
        new("reason", "string", "The reason code's name.", static r => ((MqttPacket)r).Reason, Optional: true),
        new("subscriptions", "MqttSubscription[]", "SUBSCRIBE: the topic filters.", static r => FieldValue.From(((MqttPacket)r).Content.Subscriptions), Optional: true),
        new("topicFilters", "string[]", "UNSUBSCRIBE: the topic filters.", static r => FieldValue.From(((MqttPacket)r).Content.TopicFilters), Optional: true),
        new("reasonCodes", "number[]", "SUBACK, UNSUBACK: one reason code for each topic filter.", static r => FieldValue.From(((MqttPacket)r).Content.ReasonCodes), Optional: true),
        new("properties", "{ [name: string]: any }", "MQTT 5: the properties by name.", static r => FieldValue.From(((MqttPacket)r).Content.Properties), Optional: true),
    ], MqttSubscription.RecordType, MqttWill.RecordType);

    /// <summary>The connection's protocol level.</summary>
    public int Level { get; } = level;

    /// <summary>The topic that the packet's alias stands for, where it has one; otherwise null.</summary>
    public string? AliasedTopic { get; init; }

    /// <summary>Whether the part that is kept is not all of the packet.</summary>
    public bool IsTruncated => _body.Length < _header.RemainingLength;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private MqttContent Content => _content ??= MqttContent.Read(_header, _body, Level);

    private string? Topic => AliasedTopic ?? Content.Topic;

    private FieldValue Payload => Content.Payload is { } payload ? FieldValue.From(PayloadText.Read(payload.Span)) : default;

    private FieldValue PayloadEncoding => Content.Payload is { } payload ? FieldValue.From(PayloadText.EncodingOf(payload.Span)) : default;

    private FieldValue Password => Content.Password is { } password ? FieldValue.From(PayloadText.Read(password.Span)) : default;

    private FieldValue CleanStart => Content.ConnectFlags is { } flags ? FieldValue.From((flags & 2) != 0) : default;

    private FieldValue Reason => Content.ReasonCode is { } code ? FieldValue.From(MqttReasons.NameOf(code, _header.Type, Level)) : default;

    private FieldValue TruncatedField => IsTruncated ? FieldValue.From(true) : default;

    /// <summary>The same packet in memory of its own, so that it holds no chunk that others have long left.</summary>
    public MqttPacket Detach() => new(_header, ByteArena.Detach(_body), Level) { AliasedTopic = AliasedTopic };

    private static FieldValue Number(int? value) => value is { } number ? FieldValue.From(number) : default;

    private static FieldValue Boolean(bool? value) => value is { } boolean ? FieldValue.From(boolean) : default;

    private FieldValue OfPublish(FieldValue value) => _header.Type == MqttPacketType.Publish ? value : default;
}
