using System.Buffers.Binary;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>The requests of one connection that wait for their response, and what tells the client's next request from other bytes.</summary>
internal sealed class KafkaConversation : IPendingOwner
{
    /// <summary>How far correlation ids may be apart before and behind missing bytes.</summary>
    private const uint FarthestCorrelation = 1 << 20;

    /// <summary>Bytes of a possible request that are looked at while the first one is searched, and how often: a peer may make every position look like one.</summary>
    private const int MostChecked = 512;
    private const int MostChecks = 1024;
    private static readonly ItemError NoRequest = ItemError.PairNotFound("The request was not found in the stream, so the response's payload cannot be read.");
    private static readonly ItemError Unfinished = ItemError.Connection("The stream ended before the message was complete.");
    private readonly FlowContext _context;
    private readonly KeyedPairing<KafkaMessage> _waiting;
    private byte[]? _clientId;
    private int _correlationId;
    private int _checks;

    public KafkaConversation(FlowContext context)
    {
        _context = context;
        _waiting = new KeyedPairing<KafkaMessage>(context, (request, because) => Emit(request, null, request.Error ?? because));
    }

    /// <summary>Whether a message was taken.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>Whether authentication tokens without header may come: behind a SASL handshake of version 0, up to the next request.</summary>
    public bool ExpectsTokens { get; private set; }

    /// <summary>Whether a request with this correlation id waits.</summary>
    public bool IsWaiting(int correlationId) => _waiting.Find(correlationId) is not null;

    /// <summary>A request's header came.</summary>
    public void NoteRequest(KafkaRequestHeader header, ReadOnlyMemory<byte> frame)
    {
        ExpectsTokens = header is { Key: KafkaApis.SaslHandshake, Version: 0 };
        var clientId = header.ClientId(frame.Span);
        if (_clientId is null || !clientId.SequenceEqual(_clientId)) _clientId = clientId.ToArray();
        _correlationId = header.CorrelationId;
    }

    /// <summary>A message whose end is still to come is kept.</summary>
    public void Hold(KafkaMessage message)
    {
        message.Owner = this;
        _context.Memory.ReportMessage(message, message.Held);
    }

    /// <summary>A message is complete, or nothing more of it comes.</summary>
    public void Complete(KafkaMessage message, bool isRequest)
    {
        HasBegun = true;
        Release(message);
        if (!message.IsWhole) message.Error ??= Unfinished;
        if (!isRequest) Answer(message);
        else if (message.WantsNoResponse()) Emit(message, null, message.Error);
        else _waiting.Add(message.CorrelationId, message);
    }

    /// <summary>The stream is over: whoever waits leaves.</summary>
    public void End(FlowEnd? end) => _waiting.Flush(end);

    /// <summary>
    /// Where the next request begins that continues the client's, by its id and correlation ids; the length of <paramref name="data"/> where none does.
    /// <paramref name="needed"/> is how many bytes from there tell, where there are too few.
    /// </summary>
    public int FindRequest(ReadOnlySpan<byte> data, out int needed)
    {
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            var isHeader = KafkaRequestHeader.TryRead(rest, out var header, out needed);
            if (!isHeader && needed > rest.Length) return at;
            if (!isHeader) continue;
            needed = 0;
            if (_clientId is not null)
            {
                if (header.ClientId(rest).SequenceEqual(_clientId) && (uint)(header.CorrelationId - _correlationId) < FarthestCorrelation) return at;
                continue;
            }

            if (at > 0 && _checks++ > MostChecks) continue;
            var likeness = KafkaRequestCheck.Check(rest[..Math.Min(rest.Length, MostChecked)]);
            if (likeness == KafkaLikeness.NeedMore) needed = rest.Length + 1;
            if (likeness is KafkaLikeness.NeedMore or KafkaLikeness.Whole || (likeness == KafkaLikeness.Header && at == 0)) return at;
        }

        needed = 0;
        return data.Length;
    }

    /// <summary>Where the next response begins: one to a request that waits, or whole ones that fill <paramref name="data"/>. As <see cref="FindRequest"/>.</summary>
    public int FindResponse(ReadOnlySpan<byte> data, out int needed)
    {
        needed = 0;
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            if (rest.Length < KafkaMessage.ResponseHeadLength)
            {
                needed = KafkaMessage.ResponseHeadLength;
                return at;
            }

            if (BinaryPrimitives.ReadInt32BigEndian(rest) is < 4 or > KafkaRequestHeader.MostBytes) continue;
            if (IsWaiting(KafkaMessage.CorrelationOf(rest)) || (at == 0 && AreWhole(rest))) return at;
        }

        return data.Length;
    }

    /// <summary>Whether the sizes of responses add up to <paramref name="data"/>.</summary>
    public static bool AreWhole(ReadOnlySpan<byte> data)
    {
        while (data.Length >= KafkaMessage.ResponseHeadLength)
        {
            var size = BinaryPrimitives.ReadInt32BigEndian(data);
            if (size < 4 || size > data.Length - KafkaRequestHeader.SizeLength || KafkaMessage.CorrelationOf(data) < 0) return false;
            data = data[(size + KafkaRequestHeader.SizeLength)..];
        }

        return data.IsEmpty;
    }

    /// <inheritdoc/>
    public void Leave(PendingMessage message, ItemError because)
    {
        // Memory has run out: the message keeps nothing but its header, and goes on when its end comes.
        var kept = (KafkaMessage)message;
        kept.Data = kept.Data[..Math.Min(kept.Data.Length, Math.Max(kept.HeadLength, KafkaMessage.ResponseHeadLength))].ToArray();
        Release(kept);
    }

    private void Release(KafkaMessage message)
    {
        if (message.Owner != this) return;
        message.Owner = null;
        _context.Memory.ReportMessage(message, 0);
    }

    private void Answer(KafkaMessage response)
    {
        var request = _waiting.Take(response.CorrelationId);
        Emit(request, response, request is null ? response.Error ?? NoRequest : request.Error ?? response.Error);
    }

    private void Emit(KafkaMessage? request, KafkaMessage? response, ItemError? error) =>
        _context.Emit(new KafkaItem(_context, request, response) { Error = error });
}
