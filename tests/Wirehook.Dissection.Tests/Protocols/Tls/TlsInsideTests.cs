using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Tls;
using Wirehook.Dissection.Records;
using Wirehook.Dissection.Tests.Harness;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>TLS behind STARTTLS: the protocol that asked for it goes on inside, with what it kept.</summary>
public class TlsInsideTests : IItemSink
{
    private readonly List<Item> _items = [];

    void IItemSink.OnItem(Item item) => _items.Add(item);

    [Fact]
    public void What_asked_for_tls_goes_on_inside()
    {
        var recording = CaptureRecording.Of(Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "captures", "curl-tls13.pcap"));
        var engine = new DissectionEngine(new DissectionOptions { Keys = recording.Keys }, new LossLedger(), this, new ProtocolRegistry([new TlsModule(), new ToyModule()]));
        var handler = engine.OnFlowStarted(recording.Flows[0])!;
        handler.OnData(Direction.Forward, "STARTTLS\n"u8, recording.Calls[0].Timestamp);
        foreach (var call in recording.Calls) call.Make(handler);
        var log = engine.Shared<ToyLog>();
        Assert.Equal("what it kept", log.State);
        Assert.True(log.Tls);
        Assert.StartsWith("GET /one HTTP/1.1", log.Client.ToString(), StringComparison.Ordinal);
        Assert.Contains("you asked for /three", log.Server.ToString(), StringComparison.Ordinal);
        Assert.Equal("tlsx", _items.Single().Protocol.Name);
        Assert.Equal(0, engine.Memory.Bytes);
    }

    /// <summary>What the toy protocol saw inside.</summary>
    private sealed class ToyLog
    {
        public string? State { get; set; }

        public bool Tls { get; set; }

        public StringBuilder Client { get; } = new();

        public StringBuilder Server { get; } = new();
    }

    /// <summary>A protocol that is nothing but the wish for TLS, and what comes behind.</summary>
    private sealed class ToyModule : ProtocolModule
    {
        public override IReadOnlyList<Protocol> Protocols { get; } =
        [
            new() { Name = "toy", Version = "", Abbreviation = "", LongName = "", Macro = "", BackgroundColor = "", ForegroundColor = "", FontSize = 1, ReferenceLink = "", Ports = [], Layer4 = "tcp", Priority = 99 },
        ];

        public override IReadOnlyList<RecordType> ItemTypes => [];

        public override bool DissectsStreams => true;

        public override Detection Detect(in StreamOpening opening) => opening.Forward.StartsWith("STARTTLS"u8) || opening.Upgrade?.Inner == "toy" && opening.Tls ? Detection.Certain : Detection.No;

        public override StreamDissector CreateStreamDissector(FlowContext context) => new Toy(context);
    }

    private sealed class Toy(FlowContext context) : StreamDissector
    {
        public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
        {
            if (!context.Tls) return StreamStep.HandOver(data.Length, new Upgrade("tls") { Inner = "toy", State = "what it kept" });
            var log = context.Shared<ToyLog>();
            (log.State, log.Tls) = (context.Upgrade?.State as string, context.Tls);
            (direction == Direction.Forward ? log.Client : log.Server).Append(Encoding.ASCII.GetString(data));
            return StreamStep.Consume(data.Length);
        }

        public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
        {
        }

        public override void OnEnd(FlowEnd? end, Timestamp timestamp)
        {
        }
    }
}
