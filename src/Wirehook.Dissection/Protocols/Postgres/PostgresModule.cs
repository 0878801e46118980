using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Postgres;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

[assembly: ProtocolModule(typeof(PostgresModule))]

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>The PostgreSQL frontend/backend protocol, version 3 (PostgreSQL documentation, part "Frontend/Backend Protocol").</summary>
public sealed class PostgresModule : ProtocolModule
{
    private const ushort Port = 5432;
    private const ushort PoolerPort = 6432;

    internal static Protocol Protocol { get; } = new()
    {
        Name = "postgresql",
        Version = "3",
        Abbreviation = "PGSQL",
        LongName = "PostgreSQL Frontend/Backend Protocol",
        Macro = "postgresql",
        BackgroundColor = "#336791",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://www.postgresql.org/docs/current/protocol.html",
        Ports = [Port, PoolerPort],
        Layer4 = "tcp",
        Priority = 10,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Protocol];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [PostgresItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new PostgresDissector(context);

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        var forward = PostgresStartup.Detect(opening.Forward);
        if (forward == Detection.Certain) return forward;
        var reverse = opening.AtStart ? Detection.No : PostgresStartup.Detect(opening.Reverse);
        if (reverse == Detection.Certain) return reverse;
        if (!opening.Final && (forward == Detection.NeedMore || reverse == Detection.NeedMore)) return Detection.NeedMore;
        // A connection begins with one of the packets above, whose answer alone may have been captured.
        if (opening.AtStart && !opening.Forward.IsEmpty && !opening.PortMatches) return Detection.No;
        return DetectMessages(opening);
    }

    /// <summary>Which side the ports make the client; the initiator where they do not tell.</summary>
    internal static Direction ClientByPort(Flow flow) =>
        flow.Initiator.Port is Port or PoolerPort && flow.Responder.Port is not (Port or PoolerPort) ? Direction.Reverse : Direction.Forward;

    /// <summary>Whether both sides' bytes are messages, with either side as the client.</summary>
    private static Detection DetectMessages(in StreamOpening opening)
    {
        var straight = Weigh(opening.Forward, opening.Reverse, out var straightIncomplete);
        var crossed = Weigh(opening.Reverse, opening.Forward, out var crossedIncomplete);
        var weight = Math.Max(straight, crossed);
        var needed = opening.PortMatches ? PostgresCheck.Strong : PostgresCheck.Unmistakable;
        if (weight >= needed) return Detection.Likely;
        return !opening.Final && (straightIncomplete || crossedIncomplete) ? Detection.NeedMore : Detection.No;
    }

    private static int Weigh(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out bool incomplete)
    {
        var sent = PostgresCheck.Weigh(client, server: false, out var clientIncomplete);
        var answered = PostgresCheck.Weigh(server, server: true, out var serverIncomplete);
        incomplete = sent >= 0 && answered >= 0 && (clientIncomplete || serverIncomplete);
        return sent < 0 || answered < 0 ? -1 : sent + answered;
    }
}
