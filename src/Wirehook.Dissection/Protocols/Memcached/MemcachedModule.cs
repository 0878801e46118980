using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Memcached;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(MemcachedModule))]

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>memcached: the text protocol with its meta commands, and the binary protocol, over TCP and UDP (memcached/doc/protocol.txt, protocol-binary.xml).</summary>
public sealed class MemcachedModule : ProtocolModule
{
    /// <summary>The registered port.</summary>
    internal const ushort Port = 11211;

    internal static Protocol Stream { get; } = Declare("tcp");

    internal static Protocol Datagram { get; } = Declare("udp");

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Stream, Datagram];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [MemcachedItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override bool DissectsDatagrams => true;

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening) => MemcachedDetection.Detect(opening);

    /// <inheritdoc/>
    public override Detection Detect(in DatagramOpening opening) => MemcachedDetection.Detect(opening);

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new MemcachedStreamDissector(context);

    /// <inheritdoc/>
    public override DatagramDissector CreateDatagramDissector(FlowContext context) => new MemcachedDatagramDissector(context);

    private static Protocol Declare(string layer4) => new()
    {
        Name = "memcached",
        Version = "1.6",
        Abbreviation = "MEMCACHED",
        LongName = "memcached protocol",
        Macro = "memcached",
        BackgroundColor = "#2d6a6a",
        ForegroundColor = "#ffffff",
        FontSize = 11,
        ReferenceLink = "https://docs.memcached.org/protocols/",
        Ports = [Port],
        Layer4 = layer4,
        Priority = 8,
    };
}
