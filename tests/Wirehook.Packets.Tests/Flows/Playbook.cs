using System.Text;
using Wirehook.Packets.Flows;

namespace Wirehook.Packets.Tests.Flows;

/// <summary>Packets in, events out: plays segments into a table and writes down what followers hear, one line per event.</summary>
internal sealed class Playbook : IFlowObserver
{
    public static readonly Endpoint Client = new(IpAddress.FromIPv4([10, 0, 0, 1]), 40000);
    public static readonly Endpoint Server = new(IpAddress.FromIPv4([10, 0, 0, 2]), 80);
    private const long Millisecond = 1_000_000;
    private readonly uint _clientInitial, _serverInitial;
    private long _now = 1_700_000_000_000 * Millisecond;

    public Playbook(FlowOptions? options = null, uint clientInitial = 1000, uint serverInitial = 5000)
    {
        (_clientInitial, _serverInitial) = (clientInitial, serverInitial);
        Table = new FlowTable(options ?? new FlowOptions(), this, Losses);
    }

    public LossLedger Losses { get; } = new();

    public FlowTable Table { get; }

    public List<string> Events { get; } = [];

    public List<Flow> Flows { get; } = [];

    public bool Follow { get; set; } = true;

    public string Heard => string.Join(" | ", Events);

    public IFlowHandler? OnFlowStarted(Flow flow)
    {
        Flows.Add(flow);
        return Follow ? new Script(this, flow.Number) : null;
    }

    /// <summary>A segment from the client. Offsets count from the initial sequence numbers: 0 is SYN, 1 the first byte.</summary>
    public Playbook FromClient(long offset, string data = "", TcpFlags flags = TcpFlags.Ack, long ack = 1, int missing = 0) =>
        Tcp(Client, Server, _clientInitial + (uint)offset, _serverInitial + (uint)ack, flags, Encoding.Latin1.GetBytes(data), missing);

    /// <summary>A segment from the server.</summary>
    public Playbook FromServer(long offset, string data = "", TcpFlags flags = TcpFlags.Ack, long ack = 1, int missing = 0) =>
        Tcp(Server, Client, _serverInitial + (uint)offset, _clientInitial + (uint)ack, flags, Encoding.Latin1.GetBytes(data), missing);

    public Playbook Handshake() =>
        FromClient(0, flags: TcpFlags.Syn, ack: 0).FromServer(0, flags: TcpFlags.Syn | TcpFlags.Ack).FromClient(1);

    public Playbook Tcp(Endpoint from, Endpoint to, uint sequence, uint acknowledgment, TcpFlags flags, ReadOnlySpan<byte> payload, int missing = 0, ushort vlan = 0)
    {
        var packet = Packet(TransportProtocol.Tcp, from, to, payload, missing, vlan);
        (packet.Sequence, packet.Acknowledgment, packet.Flags) = (sequence, acknowledgment, flags);
        return Play(packet);
    }

    public Playbook Udp(Endpoint from, Endpoint to, string data) => Play(Packet(TransportProtocol.Udp, from, to, Encoding.Latin1.GetBytes(data), 0, 0));

    /// <summary>Packets of other traffic, which let the capture go on.</summary>
    public Playbook Others(int count)
    {
        for (var i = 0; i < count; i++) Play(Packet(TransportProtocol.None, Client, Server, [], 0, 0));
        return this;
    }

    public Playbook Wait(double milliseconds)
    {
        _now += (long)(milliseconds * Millisecond);
        return this;
    }

    /// <summary>Time in which only other traffic is captured.</summary>
    public Playbook Pass(double milliseconds)
    {
        for (var i = 0; i < 40; i++) Wait(milliseconds / 40).Others(1);
        return this;
    }

    public Playbook Finish()
    {
        Table.Finish();
        return this;
    }

    public Playbook Advance()
    {
        Table.AdvanceTo(new Timestamp(_now));
        return this;
    }

    public long Lost(string reason) => Losses.Counters.Single(c => c.Reason == reason).Count;

    public Playbook Play(in DecodedPacket packet)
    {
        _now += Millisecond / 100;
        Table.OnPacket(packet, new Timestamp(_now));
        return this;
    }

    private static DecodedPacket Packet(TransportProtocol transport, Endpoint from, Endpoint to, ReadOnlySpan<byte> payload, int missing, ushort vlan) => new()
    {
        Transport = transport,
        Source = from.Address,
        SourcePort = from.Port,
        Destination = to.Address,
        DestinationPort = to.Port,
        Payload = payload,
        MissingPayload = missing,
        Vlan = vlan,
    };

    private sealed class Script(Playbook book, long number) : IFlowHandler
    {
        private readonly string _prefix = number == 1 ? "" : $"#{number} ";

        public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp) =>
            Write($"{Arrow(direction)}{Encoding.Latin1.GetString(data)}");

        public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp) => Write($"{Arrow(direction)}gap {length} {reason}");

        public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) =>
            Write($"{Arrow(direction)}datagram {Encoding.Latin1.GetString(data)}{(missing > 0 ? $" -{missing}" : "")}");

        public void OnDirectionEnd(Direction direction, Timestamp timestamp) => Write($"{Arrow(direction)}end");

        public void OnEnd(FlowEnd end, Timestamp timestamp) => Write($"{end}");

        private static string Arrow(Direction direction) => direction == Direction.Forward ? ">" : "<";

        private void Write(string line) => book.Events.Add(_prefix + line);
    }
}
