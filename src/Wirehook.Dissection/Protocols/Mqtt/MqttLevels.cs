namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>Which protocol level a connection has whose CONNECT was not captured, as far as its packets tell.</summary>
internal static class MqttLevels
{
    private const int Level4 = 4;
    private const int Level5 = 5;

    /// <summary>4 (which stands for 3 as well), 5, or 0 where the packet is the same in both.</summary>
    public static int Guess(in MqttFixedHeader header, ReadOnlySpan<byte> body) => header.Type switch
    {
        MqttPacketType.Connack or MqttPacketType.Unsuback => body.Length == 2 ? Level4 : Level5,
        MqttPacketType.Puback or MqttPacketType.Pubrec or MqttPacketType.Pubrel or MqttPacketType.Pubcomp => body.Length == 2 ? 0 : Level5,
        MqttPacketType.Disconnect => body.Length == 0 ? 0 : Level5,
        MqttPacketType.Auth => Level5,
        MqttPacketType.Publish => GuessPublish(header.Qos, body),
        // Where a topic filter would begin with a length of two bytes, properties begin with one, mostly 0.
        MqttPacketType.Subscribe or MqttPacketType.Unsubscribe => body is [_, _, 0, > 0, ..] && body.Length - 4 >= body[3] ? Level4 : Level5,
        _ => 0,
    };

    private static int GuessPublish(int qos, ReadOnlySpan<byte> body)
    {
        var reader = new MqttReader(body);
        reader.ReadBytes();
        if (qos > 0) reader.Take(2);
        return !reader.Failed && !reader.AtEnd && MqttProperties.TrySkip(ref reader, out _) ? Level5 : Level4;
    }
}
