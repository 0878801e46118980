using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.MySql;
using Wirehook.Dissection.Records;
using Wirehook.Packets.Flows;

[assembly: ProtocolModule(typeof(MySqlModule))]

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>The MySQL client/server protocol as MySQL, MariaDB and their kin speak it (MySQL Internals Manual, "Client/Server Protocol").</summary>
public sealed class MySqlModule : ProtocolModule
{
    private const ushort Port = 3306;

    internal static Protocol Protocol { get; } = new()
    {
        Name = "mysql",
        Version = "10",
        Abbreviation = "MYSQL",
        LongName = "MySQL Client/Server Protocol",
        Macro = "mysql",
        BackgroundColor = "#00758f",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://dev.mysql.com/doc/dev/mysql-server/latest/PAGE_PROTOCOL.html",
        Ports = [Port],
        Layer4 = "tcp",
        Priority = 10,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [Protocol];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [MySqlItem.RecordType];

    /// <inheritdoc/>
    public override bool DissectsStreams => true;

    /// <inheritdoc/>
    public override StreamDissector CreateStreamDissector(FlowContext context) => new MySqlDissector(context);

    /// <inheritdoc/>
    public override Detection Detect(in StreamOpening opening)
    {
        if (opening.Upgrade is { Inner: "mysql" } upgrade && upgrade.Protocol != "tls") return Detection.Certain;
        if (opening.Upgrade is { Inner: "mysql" } && opening.Tls) return Detection.Certain;
        // The server speaks first: who begins with anything else speaks another protocol, or only one side was captured.
        if (opening is { AtStart: true, PortMatches: false, Forward.IsEmpty: false, Reverse.IsEmpty: true } && !MayBeLogin(opening.Forward)) return Detection.No;
        var straight = Weigh(opening.Forward, opening.Reverse, out var straightIncomplete);
        var crossed = Weigh(opening.Reverse, opening.Forward, out var crossedIncomplete);
        var weight = Math.Max(straight, crossed);
        if (weight >= (opening.PortMatches ? MySqlCheck.Strong : MySqlCheck.Unmistakable)) return Detection.Likely;
        return !opening.Final && (straightIncomplete || crossedIncomplete) ? Detection.NeedMore : Detection.No;
    }

    /// <summary>Which side the ports make the client; the initiator where they do not tell.</summary>
    internal static Direction ClientByPort(Flow flow) => flow.Initiator.Port == Port && flow.Responder.Port != Port ? Direction.Reverse : Direction.Forward;

    /// <summary>As <see cref="MySqlCheck.Weigh"/> for the server, whose first packet of a connection is numbered 0.</summary>
    internal static int WeighServer(ReadOnlySpan<byte> data, out bool incomplete)
    {
        incomplete = false;
        if (data.Length <= MySqlCheck.HeaderLength || data[3] != 0) return MySqlCheck.Weigh(data, server: true, out incomplete);
        var length = MySqlCheck.PayloadLength(data);
        var payload = data[MySqlCheck.HeaderLength..Math.Min(data.Length, MySqlCheck.HeaderLength + length)];
        incomplete = payload.Length < length;
        if (MySqlCheck.IsGreeting(payload, length)) return incomplete ? 0 : MySqlCheck.Unmistakable;
        // Servers that refuse a connection send no SQLSTATE.
        return !incomplete && payload.Length > 8 && payload[0] == 0xff && (MySqlCheck.IsError(payload) || MySqlCheck.IsPlainError(payload)) ? MySqlCheck.Strong : -1;
    }

    private static bool MayBeLogin(ReadOnlySpan<byte> data)
    {
        if (data.Length <= MySqlCheck.HeaderLength + 32) return data.Length < MySqlCheck.HeaderLength || data[3] is 1 or 2;
        return data[3] is 1 or 2 && MySqlCheck.IsLogin(data[MySqlCheck.HeaderLength..], MySqlCheck.PayloadLength(data));
    }

    /// <summary>The weight of both sides' bytes together.</summary>
    private static int Weigh(ReadOnlySpan<byte> client, ReadOnlySpan<byte> server, out bool incomplete)
    {
        if (MySqlCheck.WrapsPacket(client)) client = client[MySqlCheck.CompressedHeaderLength..];
        if (MySqlCheck.WrapsPacket(server)) server = server[MySqlCheck.CompressedHeaderLength..];
        var sent = MySqlCheck.Weigh(client, server: false, out var clientIncomplete);
        var answered = WeighServer(server, out var serverIncomplete);
        incomplete = sent >= 0 && answered >= 0 && (clientIncomplete || serverIncomplete);
        return sent < 0 || answered < 0 ? -1 : sent + answered;
    }
}
