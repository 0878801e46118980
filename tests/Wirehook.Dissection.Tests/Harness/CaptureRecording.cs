using Wirehook.Dissection.Secrets;
using Wirehook.Packets;
using Wirehook.Packets.Decoding;
using Wirehook.Packets.Files;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Tests.Harness;

/// <summary>A capture reduced to its flows and what their followers are told, in order.</summary>
internal sealed class CaptureRecording : IFlowObserver
{
    private readonly List<Flow> _flows = [];
    private readonly List<FlowCall> _calls = [];

    private CaptureRecording(string path)
    {
        Path = path;
        Read(File.ReadAllBytes(path));
        Keys = ReadKeys([path]);
    }

    /// <summary>The capture's file.</summary>
    public string Path { get; }

    /// <summary>The secrets that lie beside the capture as NAME.keys; null where there are none.</summary>
    public KeyLog? Keys { get; }

    public IReadOnlyList<Flow> Flows => _flows;

    public IReadOnlyList<FlowCall> Calls => _calls;

    public static CaptureRecording Of(string path) => new(path);

    /// <summary>The secrets beside captures, together; null where there are none.</summary>
    public static KeyLog? ReadKeys(IEnumerable<string> captures)
    {
        var files = captures.Select(c => System.IO.Path.ChangeExtension(c, ".keys")).Where(File.Exists).ToArray();
        if (files.Length == 0) return null;
        var keys = new KeyLog();
        foreach (var file in files)
        {
            var reader = new KeyLogReader(keys);
            reader.Append(File.ReadAllBytes(file));
            reader.Complete();
        }

        return keys;
    }

    public IFlowHandler? OnFlowStarted(Flow flow)
    {
        _flows.Add(flow);
        return new Recorder(_flows.Count - 1, _calls);
    }

    private void Read(ReadOnlySpan<byte> capture)
    {
        var ledger = new LossLedger();
        var (file, packets, flows) = (new CaptureFileDecoder(), new PacketDecoder(ledger), new FlowTable(new FlowOptions(), this, ledger));
        while (file.TryRead(capture, endOfInput: true, out var consumed, out var header, out var frame) == CaptureReadStatus.Packet)
        {
            capture = capture[consumed..];
            var packet = default(DecodedPacket);
            if (packets.Decode(header, frame, ref packet) == DecodeStatus.Transport) flows.OnPacket(packet, header.Timestamp);
        }

        packets.Complete();
        flows.Finish();
    }

    private sealed class Recorder(int flow, List<FlowCall> calls) : IFlowHandler
    {
        public void OnData(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp) =>
            calls.Add(new FlowCall(flow, FlowCallKind.Data, direction, data.ToArray(), 0, default, timestamp));

        public void OnGap(Direction direction, long length, GapReason reason, Timestamp timestamp) =>
            calls.Add(new FlowCall(flow, FlowCallKind.Gap, direction, [], length, default, timestamp));

        public void OnDatagram(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp) =>
            calls.Add(new FlowCall(flow, FlowCallKind.Datagram, direction, data.ToArray(), missing, default, timestamp));

        public void OnDirectionEnd(Direction direction, Timestamp timestamp) =>
            calls.Add(new FlowCall(flow, FlowCallKind.DirectionEnd, direction, [], 0, default, timestamp));

        public void OnEnd(FlowEnd end, Timestamp timestamp) =>
            calls.Add(new FlowCall(flow, FlowCallKind.End, Direction.Forward, [], 0, end, timestamp));
    }
}
