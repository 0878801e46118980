using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Redis;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(RedisModule))]

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>Redis and whatever else speaks its serialization protocol, RESP2 and RESP3 (redis.io/topics/protocol), on any port.</summary>
public sealed class RedisModule : ProtocolModule
{
    /// <summary>The registered port.</summary>
    internal const ushort Port = 6379;

    internal static Protocol Redis { get; } = new()
    {
        Name = "redis",
        Version = "3.x",
        Abbreviation = "REDIS",
        LongName = "Redis Serialization Protocol",
        Macro = "redis",
        BackgroundColor = "#a41e11",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://redis.io/topics/protocol",
        Ports = [Port],
        Layer4 = "tcp",
        Priority = 3,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Redis];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [RedisItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening) => RedisDetection.Detect(opening);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new RedisDissector(context);
}
