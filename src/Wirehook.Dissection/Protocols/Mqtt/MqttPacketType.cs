namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>What a packet is (MQTT 5.0 §2.1.2).</summary>
internal enum MqttPacketType : byte
{
    Reserved = 0,
    Connect = 1,
    Connack = 2,
    Publish = 3,
    Puback = 4,
    Pubrec = 5,
    Pubrel = 6,
    Pubcomp = 7,
    Subscribe = 8,
    Suback = 9,
    Unsubscribe = 10,
    Unsuback = 11,
    Pingreq = 12,
    Pingresp = 13,
    Disconnect = 14,
    Auth = 15,
}

/// <summary>Facts about packet types.</summary>
internal static class MqttPacketTypes
{
    private static readonly string[] Names =
    [
        "RESERVED", "CONNECT", "CONNACK", "PUBLISH", "PUBACK", "PUBREC", "PUBREL", "PUBCOMP",
        "SUBSCRIBE", "SUBACK", "UNSUBSCRIBE", "UNSUBACK", "PINGREQ", "PINGRESP", "DISCONNECT", "AUTH",
    ];

    /// <summary>The type as the specification writes it.</summary>
    public static string NameOf(MqttPacketType type) => Names[(int)type];

    /// <summary>The type that is answered by <paramref name="type"/>; Reserved where it answers none.</summary>
    public static MqttPacketType AnsweredBy(MqttPacketType type) => type switch
    {
        MqttPacketType.Connack => MqttPacketType.Connect,
        MqttPacketType.Puback or MqttPacketType.Pubrec => MqttPacketType.Publish,
        MqttPacketType.Pubcomp => MqttPacketType.Pubrel,
        MqttPacketType.Suback => MqttPacketType.Subscribe,
        MqttPacketType.Unsuback => MqttPacketType.Unsubscribe,
        MqttPacketType.Pingresp => MqttPacketType.Pingreq,
        _ => MqttPacketType.Reserved,
    };

    /// <summary>Whether packets of the type carry a packet identifier first.</summary>
    public static bool BeginsWithIdentifier(MqttPacketType type) => type is >= MqttPacketType.Puback and <= MqttPacketType.Unsuback;

    /// <summary>Whether a response follows.</summary>
    /// <param name="type">The type.</param>
    /// <param name="qos">The quality of service of a PUBLISH.</param>
    public static bool IsAnswered(MqttPacketType type, int qos) => type switch
    {
        MqttPacketType.Publish => qos > 0,
        MqttPacketType.Connect or MqttPacketType.Pubrel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe or MqttPacketType.Pingreq => true,
        _ => false,
    };
}
