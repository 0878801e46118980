using System.Text.Unicode;
using Wirehook.Dissection.Contract;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>Whether bytes are MQTT: a CONNECT is beyond doubt; from the middle of a connection it takes packets that fill the segment, with topics in them.</summary>
internal static class MqttEvidence
{
    private const int ShortestTopic = 3;
    private static ReadOnlySpan<byte> Name => "\0\u0004MQTT"u8;

    private static ReadOnlySpan<byte> OldName => "\0\u0006MQIsdp"u8;

    /// <summary>What the first bytes of one direction say.</summary>
    /// <param name="data">The bytes; may be empty.</param>
    /// <param name="expected">Whether the port, or the protocol before, says that MQTT is to be expected.</param>
    public static Detection Look(ReadOnlySpan<byte> data, bool expected)
    {
        if (data.IsEmpty) return Detection.No;
        if (data[0] == (byte)MqttPacketType.Connect << 4)
        {
            var connect = LookForConnect(data);
            if (connect != Detection.No) return connect;
        }

        return IsChain(data, expected) ? Detection.Likely : Detection.No;
    }

    /// <summary>Whether <paramref name="data"/> are packets to their very end, or, where MQTT is expected, into a PUBLISH.</summary>
    public static bool IsChain(ReadOnlySpan<byte> data, bool expected)
    {
        var topics = 0;
        while (!data.IsEmpty)
        {
            if (MqttFixedHeader.TryRead(data, out var header) != true || !header.IsValid || !header.HasPossibleLength) return false;
            var whole = header.PacketLength <= data.Length;
            var body = data.Slice(header.Length, Math.Min(header.RemainingLength, data.Length - header.Length));
            var named = NamesTopic(header, body, whole);
            if (named == false || (!whole && (!expected || named != true))) return false;
            if (named == true) topics++;
            data = data[Math.Min(data.Length, header.PacketLength)..];
        }

        return expected || topics > 0;
    }

    private static Detection LookForConnect(ReadOnlySpan<byte> data)
    {
        var read = MqttFixedHeader.TryRead(data, out var header);
        if (read is null) return Detection.NeedMore;
        if (read == false || !header.HasPossibleLength) return Detection.No;
        var body = data[header.Length..];
        foreach (var name in (ReadOnlySpan<int>)[0, 1])
        {
            var expected = name == 0 ? Name : OldName;
            if (body.Length >= expected.Length && body.StartsWith(expected)) return Detection.Certain;
            if (body.Length < expected.Length && expected.StartsWith(body)) return Detection.NeedMore;
        }

        return Detection.No;
    }

    /// <summary>Whether the packet has a topic or topic filters, and they are text; null for a packet that has none.</summary>
    private static bool? NamesTopic(in MqttFixedHeader header, ReadOnlySpan<byte> body, bool whole)
    {
        var reader = new MqttReader(body);
        switch (header.Type)
        {
            case MqttPacketType.Publish:
                var topic = reader.ReadBytes();
                if (reader.Failed || topic.ContainsAny("+#"u8) || !IsText(topic)) return false;
                return topic.Length >= ShortestTopic ? true : null;
            case MqttPacketType.Subscribe or MqttPacketType.Unsubscribe when whole:
                var options = header.Type == MqttPacketType.Subscribe ? 1 : 0;
                reader.Take(2);
                var rest = reader;
                if (AreFilters(reader, options)) return true;
                return MqttProperties.TrySkip(ref rest, out _) && AreFilters(rest, options);
            default:
                return null;
        }
    }

    private static bool AreFilters(MqttReader reader, int options)
    {
        do
        {
            var filter = reader.ReadBytes();
            if (filter.IsEmpty || !IsText(filter)) return false;
            reader.Take(options);
        }
        while (!reader.Failed && !reader.AtEnd);
        return !reader.Failed;
    }

    private static bool IsText(ReadOnlySpan<byte> text) => !text.ContainsAnyInRange((byte)0, (byte)31) && !text.Contains((byte)127) && Utf8.IsValid(text);
}
