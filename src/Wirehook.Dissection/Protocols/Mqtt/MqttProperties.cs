using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>The properties of an MQTT 5.0 packet (§2.2.2).</summary>
internal static class MqttProperties
{
    private const int TopicAlias = 0x23;
    private const int UserProperty = 0x26;

    private enum Kind : byte
    {
        None,
        Byte,
        UInt16,
        UInt32,
        Variable,
        Text,
        Binary,
        Pair,
    }

    /// <summary>Passes over properties. False where they are not well-formed.</summary>
    /// <param name="reader">Stands before their length.</param>
    /// <param name="topicAlias">The topic alias among them, or 0.</param>
    public static bool TrySkip(ref MqttReader reader, out int topicAlias)
    {
        topicAlias = 0;
        var properties = new MqttReader(reader.Take(reader.ReadVariable()));
        while (!reader.Failed && !properties.AtEnd)
        {
            var identifier = properties.ReadVariable();
            var kind = Describe(identifier).Kind;
            if (kind == Kind.None) return false;
            if (identifier == TopicAlias) topicAlias = properties.ReadUInt16();
            else Skip(ref properties, kind);
            if (properties.Failed) return false;
        }

        return !reader.Failed;
    }

    /// <summary>Properties by name; user properties are a map of their own, and what is repeated is a list.</summary>
    /// <param name="reader">Stands before their length.</param>
    public static FieldMap Read(ref MqttReader reader)
    {
        var map = default(FieldMapBuilder);
        var users = default(FieldMapBuilder);
        var hasUsers = false;
        var properties = new MqttReader(reader.Take(reader.ReadVariable()));
        while (!properties.AtEnd && !properties.Failed)
        {
            var identifier = properties.ReadVariable();
            var (name, kind) = Describe(identifier);
            if (kind == Kind.None) break;
            if (identifier == UserProperty)
            {
                hasUsers = true;
                Add(ref users[Encoding.UTF8.GetString(properties.ReadBytes())], FieldValue.From(Encoding.UTF8.GetString(properties.ReadBytes())));
                continue;
            }

            Add(ref map[name], ReadValue(ref properties, kind));
        }

        if (hasUsers) map["userProperties"] = FieldValue.From(users.Build());
        return map.Build();
    }

    /// <summary>A list grows in place: a packet may repeat one property hundreds of thousands of times.</summary>
    private static void Add(ref FieldValue slot, FieldValue value)
    {
        if (slot.Kind == FieldKind.List) ((List<FieldValue>)slot.AsList).Add(value);
        else slot = slot.Kind == FieldKind.Absent ? value : FieldValue.From(new List<FieldValue> { slot, value });
    }

    private static FieldValue ReadValue(ref MqttReader reader, Kind kind) => kind switch
    {
        Kind.Byte => FieldValue.From(reader.ReadByte()),
        Kind.UInt16 => FieldValue.From(reader.ReadUInt16()),
        Kind.UInt32 => FieldValue.From(reader.ReadUInt32()),
        Kind.Variable => FieldValue.From(reader.ReadVariable()),
        Kind.Text => FieldValue.From(Encoding.UTF8.GetString(reader.ReadBytes())),
        _ => FieldValue.From(PayloadText.Read(reader.ReadBytes())),
    };

    private static void Skip(ref MqttReader reader, Kind kind)
    {
        switch (kind)
        {
            case Kind.Byte or Kind.UInt16 or Kind.UInt32:
                reader.Take(kind == Kind.Byte ? 1 : kind == Kind.UInt16 ? 2 : 4);
                break;
            case Kind.Variable:
                reader.ReadVariable();
                break;
            case Kind.Pair:
                reader.ReadBytes();
                reader.ReadBytes();
                break;
            default:
                reader.ReadBytes();
                break;
        }
    }

    private static (string Name, Kind Kind) Describe(int identifier) => identifier switch
    {
        0x01 => ("payloadFormatIndicator", Kind.Byte),
        0x02 => ("messageExpiryInterval", Kind.UInt32),
        0x03 => ("contentType", Kind.Text),
        0x08 => ("responseTopic", Kind.Text),
        0x09 => ("correlationData", Kind.Binary),
        0x0b => ("subscriptionIdentifier", Kind.Variable),
        0x11 => ("sessionExpiryInterval", Kind.UInt32),
        0x12 => ("assignedClientIdentifier", Kind.Text),
        0x13 => ("serverKeepAlive", Kind.UInt16),
        0x15 => ("authenticationMethod", Kind.Text),
        0x16 => ("authenticationData", Kind.Binary),
        0x17 => ("requestProblemInformation", Kind.Byte),
        0x18 => ("willDelayInterval", Kind.UInt32),
        0x19 => ("requestResponseInformation", Kind.Byte),
        0x1a => ("responseInformation", Kind.Text),
        0x1c => ("serverReference", Kind.Text),
        0x1f => ("reasonString", Kind.Text),
        0x21 => ("receiveMaximum", Kind.UInt16),
        0x22 => ("topicAliasMaximum", Kind.UInt16),
        TopicAlias => ("topicAlias", Kind.UInt16),
        0x24 => ("maximumQoS", Kind.Byte),
        0x25 => ("retainAvailable", Kind.Byte),
        UserProperty => ("userProperties", Kind.Pair),
        0x27 => ("maximumPacketSize", Kind.UInt32),
        0x28 => ("wildcardSubscriptionAvailable", Kind.Byte),
        0x29 => ("subscriptionIdentifierAvailable", Kind.Byte),
        0x2a => ("sharedSubscriptionAvailable", Kind.Byte),
        _ => ("", Kind.None),
    };
}
