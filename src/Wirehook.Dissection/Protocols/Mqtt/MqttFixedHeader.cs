namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>The fixed header of a packet (MQTT 5.0 §2.1): type, flags, and the length of what follows.</summary>
internal readonly struct MqttFixedHeader
{
    private const int LongestLengthField = 4;
    private readonly byte _first;

    private MqttFixedHeader(byte first, int length, int remaining)
    {
        (_first, Length, RemainingLength) = (first, length, remaining);
    }

    public MqttPacketType Type => (MqttPacketType)(_first >> 4);

    public int Flags => _first & 0x0f;

    /// <summary>The quality of service of a PUBLISH; 3 is not allowed.</summary>
    public int Qos => (Flags >> 1) & 3;

    /// <summary>Bytes of the fixed header.</summary>
    public int Length { get; }

    /// <summary>Bytes behind the fixed header.</summary>
    public int RemainingLength { get; }

    /// <summary>Bytes of the packet.</summary>
    public int PacketLength => Length + RemainingLength;

    /// <summary>Whether type and flags are allowed.</summary>
    public bool IsValid => Type switch
    {
        MqttPacketType.Reserved => false,
        MqttPacketType.Publish => Qos != 3,
        MqttPacketType.Pubrel or MqttPacketType.Subscribe or MqttPacketType.Unsubscribe => Flags == 2,
        _ => Flags == 0,
    };

    /// <summary>Whether the remaining length is possible for the type.</summary>
    public bool HasPossibleLength => Type switch
    {
        MqttPacketType.Connect => RemainingLength >= 12,
        MqttPacketType.Connack => RemainingLength >= 2,
        MqttPacketType.Publish => RemainingLength >= (Qos > 0 ? 4 : 2),
        MqttPacketType.Puback or MqttPacketType.Pubrec or MqttPacketType.Pubrel or MqttPacketType.Pubcomp or MqttPacketType.Unsuback => RemainingLength >= 2,
        MqttPacketType.Subscribe or MqttPacketType.Unsubscribe => RemainingLength >= 5,
        MqttPacketType.Suback => RemainingLength >= 3,
        MqttPacketType.Pingreq or MqttPacketType.Pingresp => RemainingLength == 0,
        _ => true,
    };

    /// <summary>Reads the header at the beginning of <paramref name="data"/>; null where more bytes are needed, false where the length is none.</summary>
    public static bool? TryRead(ReadOnlySpan<byte> data, out MqttFixedHeader header)
    {
        header = default;
        var remaining = 0;
        for (var i = 1; i <= LongestLengthField; i++)
        {
            if (i >= data.Length) return null;
            remaining |= (data[i] & 0x7f) << (7 * (i - 1));
            if ((data[i] & 0x80) != 0) continue;
            // A last byte of 0 would be a longer form than needed, which is not allowed (§1.5.5).
            if (i > 1 && data[i] == 0) return false;
            header = new MqttFixedHeader(data[0], i + 1, remaining);
            return true;
        }

        return false;
    }
}
