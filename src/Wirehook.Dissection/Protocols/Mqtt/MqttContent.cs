using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>What a packet says behind its fixed header, read when a script first asks. What a damaged packet lacks is absent.</summary>
internal sealed class MqttContent
{
    private MqttContent()
    {
    }

    public string? ProtocolName { get; private set; }

    public int? ProtocolLevel { get; private set; }

    public int? ConnectFlags { get; private set; }

    public int? KeepAlive { get; private set; }

    public string? ClientId { get; private set; }

    public MqttWill? Will { get; private set; }

    public string? UserName { get; private set; }

    public ReadOnlyMemory<byte>? Password { get; private set; }

    public bool? SessionPresent { get; private set; }

    public int? ReasonCode { get; private set; }

    public int? Identifier { get; private set; }

    public string? Topic { get; private set; }

    public ReadOnlyMemory<byte>? Payload { get; private set; }

    public IReadOnlyList<FieldValue>? Subscriptions { get; private set; }

    public IReadOnlyList<FieldValue>? TopicFilters { get; private set; }

    public IReadOnlyList<FieldValue>? ReasonCodes { get; private set; }

    public FieldMap? Properties { get; private set; }

    /// <summary>Reads a packet.</summary>
    /// <param name="header">Its fixed header.</param>
    /// <param name="body">What follows it, or the beginning of that.</param>
    /// <param name="level">The connection's protocol level.</param>
    public static MqttContent Read(in MqttFixedHeader header, ReadOnlyMemory<byte> body, int level)
    {
        var content = new MqttContent();
        var reader = new MqttReader(body.Span);
        switch (header.Type)
        {
            case MqttPacketType.Connect:
                content.ReadConnect(ref reader, body);
                break;
            case MqttPacketType.Connack:
                content.SessionPresent = (reader.ReadByte() & 1) != 0;
                content.ReadReason(ref reader, level);
                break;
            case MqttPacketType.Publish:
                content.ReadPublish(ref reader, header.Qos, level, body);
                break;
            case MqttPacketType.Disconnect or MqttPacketType.Auth:
                content.ReadReason(ref reader, level);
                break;
            default:
                if (MqttPacketTypes.BeginsWithIdentifier(header.Type)) content.ReadNumbered(ref reader, header.Type, level);
                break;
        }

        return content;
    }

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    /// <summary>The bytes that were read last, as a part of <paramref name="body"/>.</summary>
    private static ReadOnlyMemory<byte> Bytes(ref MqttReader reader, ReadOnlyMemory<byte> body)
    {
        var length = reader.ReadBytes().Length;
        return body.Slice(body.Length - reader.Rest.Length - length, length);
    }

    private void ReadConnect(ref MqttReader reader, ReadOnlyMemory<byte> body)
    {
        ProtocolName = Text(reader.ReadBytes());
        ProtocolLevel = reader.ReadByte();
        var flags = reader.ReadByte();
        KeepAlive = reader.ReadUInt16();
        if (reader.Failed) return;
        ConnectFlags = flags;
        var hasProperties = ProtocolLevel == 5;
        if (hasProperties) Properties = MqttProperties.Read(ref reader);
        ClientId = Text(reader.ReadBytes());
        if ((flags & 0x04) != 0)
        {
            var properties = hasProperties ? MqttProperties.Read(ref reader) : null;
            Will = new MqttWill(Text(reader.ReadBytes()), Bytes(ref reader, body), flags, properties);
        }

        if ((flags & 0x80) != 0) UserName = Text(reader.ReadBytes());
        if ((flags & 0x40) != 0) Password = Bytes(ref reader, body);
    }

    private void ReadPublish(ref MqttReader reader, int qos, int level, ReadOnlyMemory<byte> body)
    {
        Topic = Text(reader.ReadBytes());
        if (qos > 0) Identifier = reader.ReadUInt16();
        if (level == 5) Properties = MqttProperties.Read(ref reader);
        Payload = reader.Failed ? default : body[(body.Length - reader.Rest.Length)..];
    }

    private void ReadReason(ref MqttReader reader, int level)
    {
        if (reader.AtEnd)
        {
            // MQTT 5.0 leaves a reason code of 0 out where nothing follows it.
            if (level == 5 && !reader.Failed) ReasonCode = 0;
            return;
        }

        ReasonCode = reader.ReadByte();
        if (level == 5 && !reader.AtEnd) Properties = MqttProperties.Read(ref reader);
    }

    private void ReadNumbered(ref MqttReader reader, MqttPacketType type, int level)
    {
        Identifier = reader.ReadUInt16();
        if (type <= MqttPacketType.Pubcomp)
        {
            ReadReason(ref reader, level);
            return;
        }

        if (level == 5) Properties = MqttProperties.Read(ref reader);
        var list = new List<FieldValue>();
        while (!reader.AtEnd && !reader.Failed)
        {
            list.Add(type switch
            {
                MqttPacketType.Subscribe => FieldValue.From(new MqttSubscription(Text(reader.ReadBytes()), reader.ReadByte())),
                MqttPacketType.Unsubscribe => FieldValue.From(Text(reader.ReadBytes())),
                _ => FieldValue.From(reader.ReadByte()),
            });
        }

        if (type == MqttPacketType.Subscribe) Subscriptions = list;
        else if (type == MqttPacketType.Unsubscribe) TopicFilters = list;
        else ReasonCodes = list;
    }
}
