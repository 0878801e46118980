using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Decoding;
using Wirehook.Packets.Files;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests;

/// <summary>Reads a capture's bytes through decoding, flows and dissection, and keeps the items.</summary>
internal sealed class CaptureReplay : IItemSink
{
    // The names that `wirehook replay` uses unless configured, so that expected items are what it prints.
    private CaptureReplay(IReadOnlyCollection<string>? dissectors, long recordInterval) => Engine = new DissectionEngine(
        new DissectionOptions { Node = new Node("127.0.0.1", ""), Dissectors = dissectors, FlowRecordInterval = recordInterval }, Ledger, this);

    public LossLedger Ledger { get; } = new();

    public DissectionEngine Engine { get; }

    public List<Item> Items { get; } = [];

    public static CaptureReplay Read(string path, IReadOnlyCollection<string>? dissectors = null, long recordInterval = 10_000_000_000)
    {
        var replay = new CaptureReplay(dissectors, recordInterval);
        replay.Run(ReadCapture(path));
        return replay;
    }

    private static byte[] ReadCapture(string path)
    {
        if (!path.EndsWith(".gz", StringComparison.Ordinal)) return File.ReadAllBytes(path);
        using var unpacked = new MemoryStream();
        using (var file = File.OpenRead(path)) new System.IO.Compression.GZipStream(file, System.IO.Compression.CompressionMode.Decompress).CopyTo(unpacked);
        return unpacked.ToArray();
    }

    public void OnItem(Item item) => Items.Add(item);

    private void Run(ReadOnlySpan<byte> capture)
    {
        var (file, packets, flows) = (new CaptureFileDecoder(), new PacketDecoder(Ledger), new FlowTable(new FlowOptions(), Engine, Ledger));
        while (file.TryRead(capture, endOfInput: true, out var consumed, out var header, out var frame) == CaptureReadStatus.Packet)
        {
            capture = capture[consumed..];
            var packet = default(DecodedPacket);
            if (packets.Decode(header, frame, ref packet) == DecodeStatus.Transport) flows.OnPacket(packet, header.Timestamp);
        }

        packets.Complete();
        flows.Finish();
        Engine.Finish();
    }
}
