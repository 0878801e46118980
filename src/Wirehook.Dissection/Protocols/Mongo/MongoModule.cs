using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Mongo;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(MongoModule))]

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>The MongoDB wire protocol: OP_MSG, OP_COMPRESSED and the operations before them (mongodb.com, MongoDB Wire Protocol), on any port.</summary>
public sealed class MongoModule : ProtocolModule
{
    /// <summary>The registered port.</summary>
    internal const ushort Port = 27017;

    internal static Protocol Mongo { get; } = new()
    {
        Name = "mongodb",
        Version = "4.x",
        Abbreviation = "MONGODB",
        LongName = "MongoDB Wire Protocol",
        Macro = "mongodb",
        BackgroundColor = "#13aa52",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://www.mongodb.com/docs/manual/reference/mongodb-wire-protocol/",
        Ports = [Port, 27018, 27019],
        Layer4 = "tcp",
        Priority = 6,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Mongo];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [MongoItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening) => MongoDetection.Detect(opening);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new MongoDissector(context);
}
