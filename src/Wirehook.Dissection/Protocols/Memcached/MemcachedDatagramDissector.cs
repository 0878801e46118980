using System.Buffers;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>Dissects memcached over UDP: requests and responses meet by the id of their datagrams, and a response may take many of these.</summary>
internal sealed class MemcachedDatagramDissector : DatagramDissector
{
    private const int MostAssemblies = 4;
    private const int LargestAssembly = 64 << 10;
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream.");
    private static readonly ItemError Incomplete = ItemError.Gap("Part of the message was not captured.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<MemcachedPending> _pairing;
    private readonly List<Assembly> _assemblies = [];
    private Direction? _client;

    public MemcachedDatagramDissector(FlowContext context)
    {
        _context = context;
        _pairing = new KeyedPairing<MemcachedPending>(context, (request, error) => Emit(request, default, default, request.Answering == Answering.Always ? error : request.Error));
    }

    /// <inheritdoc/>
    public override bool Dissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (TryDissect(direction, data, missing, timestamp)) return true;
        // Another module gets the flow only while nothing of it waits here.
        if (_pairing.Count == 0) return false;
        _context.Losses.RejectedDatagrams.Add();
        return true;
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd end, Timestamp timestamp)
    {
        if (_assemblies.Count > 0) _context.Losses.RejectedDatagrams.Add(_assemblies.Sum(a => a.Parts));
        _assemblies.Clear();
        _pairing.Flush(end);
    }

    private bool TryDissect(Direction direction, ReadOnlySpan<byte> data, int missing, Timestamp timestamp)
    {
        if (!DatagramHeader.TryRead(data, out var header)) return false;
        var content = data[DatagramHeader.Length..];
        if (header.Total > 1) return Assemble(direction, header, content, missing, timestamp);
        return Accept(direction, header.Id, content, data.Length + missing, missing, timestamp, timestamp);
    }

    private bool Accept(Direction direction, ushort id, ReadOnlySpan<byte> content, long size, int missing, Timestamp started, Timestamp timestamp)
    {
        var isRequest = MemcachedDetection.IsRequest(content);
        if (!isRequest && !MemcachedDetection.IsResponse(content)) return false;
        _client ??= isRequest ? direction : direction ^ Direction.Reverse;
        if (isRequest != (direction == _client)) return false;
        var (scanner, at) = (default(MemcachedScanner), 0);
        var whole = missing == 0 && scanner.Scan(content, ref at) == ScanResult.Complete;
        var message = new FramedMessage(_context.Arena.Keep(content), size, started, !whole, !whole);
        if (isRequest) OnRequest(id, message, timestamp);
        else OnResponse(id, message, timestamp);
        return true;
    }

    private void OnRequest(ushort id, in FramedMessage message, Timestamp timestamp)
    {
        var answering = MemcachedPending.AnsweringOf(message.Bytes.Span);
        var request = new MemcachedPending { Timestamp = timestamp, Size = message.Size, Message = message, Answering = answering, Error = message.Broken ? Incomplete : null };
        if (answering == Answering.Always) _pairing.Add(id, request);
        else Emit(request, default, default, request.Error);
    }

    private void OnResponse(ushort id, in FramedMessage message, Timestamp timestamp)
    {
        var request = _pairing.Find(id);
        if (request is not null && request.Fits(message.Bytes.Span)) _pairing.Take(id);
        else request = null;
        Emit(request, message, timestamp, request is null ? NoRequest : message.Broken ? Incomplete : request.Error);
    }

    /// <summary>Joins the datagrams of one message, which come in order unless some are lost; then the message is given up.</summary>
    private bool Assemble(Direction direction, in DatagramHeader header, ReadOnlySpan<byte> content, int missing, Timestamp timestamp)
    {
        var (id, total) = (header.Id, header.Total);
        var assembly = _assemblies.Find(a => a.Id == id && a.Direction == direction && a.Total == total);
        if (header.Sequence == 0)
        {
            if (assembly is not null) Drop(assembly);
            if (_assemblies.Count == MostAssemblies) Drop(_assemblies[0]);
            assembly = new Assembly(id, direction, total, timestamp);
            _assemblies.Add(assembly);
        }

        if (assembly is null || assembly.Parts != header.Sequence || assembly.Bytes.WrittenCount + content.Length > LargestAssembly)
        {
            if (assembly is not null) Drop(assembly);
            return false;
        }

        assembly.Bytes.Write(content);
        (assembly.Parts, assembly.Size, assembly.Missing) = (assembly.Parts + 1, assembly.Size + DatagramHeader.Length + content.Length + missing, assembly.Missing + missing);
        if (assembly.Parts < total) return true;
        _assemblies.Remove(assembly);
        return Accept(direction, id, assembly.Bytes.WrittenSpan, assembly.Size, assembly.Missing, assembly.Started, timestamp);
    }

    private void Drop(Assembly assembly)
    {
        _assemblies.Remove(assembly);
        _context.Losses.RejectedDatagrams.Add(assembly.Parts);
    }

    private void Emit(MemcachedPending? request, in FramedMessage response, Timestamp answered, ItemError? error) =>
        _context.Emit(new MemcachedItem(_context, _client ?? Direction.Forward, request?.Message ?? default, response)
        {
            ElapsedMilliseconds = request is null || response.IsEmpty ? 0 : Math.Max(0, answered.Since(request.Message.Started) / 1_000_000),
            Error = error,
        });

    private sealed class Assembly(ushort id, Direction direction, ushort total, Timestamp started)
    {
        public ushort Id => id;

        public Direction Direction => direction;

        public ushort Total => total;

        public Timestamp Started => started;

        public ArrayBufferWriter<byte> Bytes { get; } = new();

        public int Parts { get; set; }

        public long Size { get; set; }

        public int Missing { get; set; }
    }
}
