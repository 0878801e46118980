using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Cassandra;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

[assembly: ProtocolModule(typeof(CassandraModule))]

namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>The CQL binary protocol, versions 3 to 5, of Cassandra and its kin (native_protocol_v3.spec to native_protocol_v5.spec).</summary>
public sealed class CassandraModule : ProtocolModule
{
    private const ushort Port = 9042;
    private const ushort TlsPort = 9142;

    internal static Protocol Protocol { get; } = new()
    {
        Name = "cassandra",
        Version = "4",
        Abbreviation = "CQL",
        LongName = "Cassandra Query Language Binary Protocol",
        Macro = "cassandra",
        BackgroundColor = "#1287b1",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://cassandra.apache.org/doc/latest/cassandra/reference/native-protocol.html",
        Ports = [Port, TlsPort],
        Layer4 = "tcp",
        Priority = 10,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Protocol];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [CassandraItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new CassandraDissector(context);

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        // A byte tells the sides apart, so that either may have been captured first, or alone.
        var forward = Weigh(opening.Forward, out var forwardIncomplete);
        var reverse = Weigh(opening.Reverse, out var reverseIncomplete);
        if (forward < 0 || reverse < 0) return Detection.No;
        var bothSpeak = !opening.Forward.IsEmpty && !opening.Reverse.IsEmpty;
        if (bothSpeak && IsServer(opening.Forward) == IsServer(opening.Reverse)) return Detection.No;
        if (forward + reverse >= (opening.PortMatches ? CassandraFrame.Strong : CassandraFrame.Unmistakable)) return Detection.Likely;
        var mayGrow = forwardIncomplete || reverseIncomplete || (opening.AtStart && !bothSpeak && forward + reverse > 0);
        return mayGrow && !opening.Final ? Detection.NeedMore : Detection.No;
    }

    /// <summary>Whether the bytes of a side begin as the server's do.</summary>
    internal static bool IsServer(ReadOnlySpan<byte> data) => CassandraSegment.TryFind(data, out _, out var header) ? (data[header] & 0x80) != 0 : !data.IsEmpty && (data[0] & 0x80) != 0;

    private static int Weigh(ReadOnlySpan<byte> data, out bool incomplete)
    {
        incomplete = false;
        if (data.IsEmpty) return 0;
        // The checksum of a segment's header holds by chance once in sixteen million times.
        if (CassandraSegment.TryFind(data, out _, out _)) return CassandraFrame.Unmistakable;
        return CassandraFrame.Weigh(data, IsServer(data), out incomplete);
    }
}
