using System.Buffers.Binary;
using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Mqtt;

/// <summary>Dissects one connection: packets by their length, acknowledgements paired with what they acknowledge.</summary>
internal sealed class MqttDissector : StreamDissector
{
    /// <summary>What is kept of a packet that is too long to wait for.</summary>
    private const int KeptOfLongest = 16 << 10;

    private const int Level5 = 5;
    private static readonly ItemError CutByGap = ItemError.Gap("Part of the packet was not captured.");
    private static readonly ItemError CutByEnd = ItemError.Connection("The connection ended inside the packet.");
    private static readonly ItemError Invalid = ItemError.Dissection("The packet's type or flags are not allowed.");
    private static readonly ItemError NoRequest = ItemError.PairNotFound("What the packet acknowledges was not found in the stream.");
    private static readonly ItemError Unsure = ItemError.Gap("Whether the packet was acknowledged is unknown, because part of the stream was not captured.");
    private readonly FlowContext _context;
    private readonly MqttSide _forward = new();
    private readonly MqttSide _reverse = new();
    private KeyedPairing<MqttPending>? _pairing;
    private int _level;
    private bool _isLevelKnown;
    private bool _emitted;
    private int _gaps;

    public MqttDissector(FlowContext context) => _context = context;

    private KeyedPairing<MqttPending> Pairing => _pairing ??= new KeyedPairing<MqttPending>(_context, EmitUnanswered);

    /// <inheritdoc/>
    public override StreamStep Dissect(Direction direction, ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining > 0) return Pass(side, direction, data.Length, timestamp);
        if (side.IsLost && !MqttEvidence.IsChain(data, expected: false) && !Acknowledges(direction, data)) return StreamStep.Resync(data.Length);
        side.IsLost = false;
        side.Started ??= timestamp;
        var read = MqttFixedHeader.TryRead(data, out var header);
        if (read is null) return StreamStep.NeedMore();
        if (read == false || (!_emitted && !header.IsValid)) return Lose(side, data.Length);
        if (header.PacketLength > data.Length) return Await(side, header, data);
        Accept(side, direction, header, data.Slice(header.Length, header.RemainingLength), header.IsValid ? null : Invalid, timestamp);
        return StreamStep.Consume(header.PacketLength);
    }

    /// <inheritdoc/>
    /// <remarks>Where the gap ends inside the packet that it interrupts, the length says where the next one begins.</remarks>
    public override void OnGap(Direction direction, ReadOnlySpan<byte> undigested, long length, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining == 0 && !side.IsLost && MqttFixedHeader.TryRead(undigested, out var header) == true && header.IsValid)
        {
            side.Passed = header;
            side.Kept = _context.Arena.Keep(undigested[header.Length..]);
            side.Remaining = header.PacketLength - undigested.Length;
        }

        if (side.Remaining > 0) EndPassage(side, direction, CutByGap, timestamp);
        side.IsLost = length == 0 || length > side.Remaining;
        side.Remaining = side.IsLost ? 0 : side.Remaining - length;
        (side.Passed, side.Started) = (null, null);
        // What is missing may have given an alias another topic.
        side.Aliases?.Clear();
        ForgetReusable(direction);
    }

    /// <inheritdoc/>
    public override void OnDirectionEnd(Direction direction, ReadOnlySpan<byte> undigested, Timestamp timestamp)
    {
        var side = SideOf(direction);
        if (side.Remaining > 0) EndPassage(side, direction, CutByEnd, timestamp);
        else if (!side.IsLost && _emitted && MqttFixedHeader.TryRead(undigested, out var header) == true && header.IsValid)
            EmitBroken(side, direction, header, _context.Arena.Keep(undigested[header.Length..]), CutByEnd, timestamp);
        (side.Remaining, side.Passed, side.Started) = (0, null, null);
    }

    /// <inheritdoc/>
    public override void OnEnd(FlowEnd? end, Timestamp timestamp)
    {
        OnDirectionEnd(Direction.Forward, default, timestamp);
        OnDirectionEnd(Direction.Reverse, default, timestamp);
        _pairing?.Flush(end);
        _forward.Aliases?.Clear();
        _reverse.Aliases?.Clear();
    }

    /// <summary>
    /// Whether <paramref name="data"/>, behind lost bytes, are packets to their very end, the first of which acknowledges one that waits. The other side of one that only
    /// publishes may send nothing but acknowledgements, in which no topic shows that packets begin here.
    /// </summary>
    private bool Acknowledges(Direction direction, ReadOnlySpan<byte> data)
    {
        if (_pairing is null || MqttFixedHeader.TryRead(data, out var header) != true || header.PacketLength > data.Length) return false;
        var answered = MqttPacketTypes.AnsweredBy(header.Type);
        if (answered == MqttPacketType.Reserved || !MqttEvidence.IsChain(data, expected: true)) return false;
        return _pairing.Find(KeyOf(direction ^ Direction.Reverse, answered, Identifier(header, data.Slice(header.Length, header.RemainingLength)))) is not null;
    }

    private static long KeyOf(Direction requester, MqttPacketType request, int identifier) => ((long)requester << 32) | ((long)request << 16) | (uint)identifier;

    /// <summary>
    /// An identifier is free again when its acknowledgement has come: where both directions miss bytes, an acknowledgement and the next use of its identifier
    /// may be among them, so whoever waits leaves.
    /// </summary>
    private void ForgetReusable(Direction direction)
    {
        _gaps |= 1 << (int)direction;
        if (_gaps != 3) return;
        _gaps = 0;
        _pairing?.LeaveAll(Unsure);
    }

    private StreamStep Lose(MqttSide side, int length)
    {
        if (!_emitted) return StreamStep.Reject("not-mqtt");
        (side.IsLost, side.Started) = (true, null);
        return StreamStep.Resync(length);
    }

    /// <summary>Waits for the whole packet, or passes over one that is longer than may wait.</summary>
    private StreamStep Await(MqttSide side, in MqttFixedHeader header, ReadOnlySpan<byte> data)
    {
        if (header.PacketLength <= _context.Options.BufferLimit) return StreamStep.NeedMore(header.PacketLength);
        var kept = header.Length + KeptOfLongest;
        if (data.Length < kept) return StreamStep.NeedMore(kept);
        side.Passed = header;
        side.Kept = _context.Arena.Keep(data[header.Length..kept]);
        side.Remaining = header.PacketLength - kept;
        return StreamStep.Consume(kept);
    }

    private StreamStep Pass(MqttSide side, Direction direction, int available, Timestamp timestamp)
    {
        var count = (int)Math.Min(side.Remaining, available);
        side.Remaining -= count;
        if (side.Remaining == 0) EndPassage(side, direction, null, timestamp);
        return StreamStep.Consume(count);
    }

    /// <summary>The packet that was passed over is complete, or cut. One that a gap cut before has its item already.</summary>
    private void EndPassage(MqttSide side, Direction direction, ItemError? error, Timestamp timestamp)
    {
        if (side.Passed is { } header)
        {
            if (error is null) Accept(side, direction, header, side.Kept.Span, null, timestamp);
            else EmitBroken(side, direction, header, side.Kept, error, timestamp);
        }

        (side.Passed, side.Kept, side.Started) = (null, default, null);
    }

    /// <summary>A whole packet has come.</summary>
    private void Accept(MqttSide side, Direction direction, in MqttFixedHeader header, ReadOnlySpan<byte> body, ItemError? error, Timestamp timestamp)
    {
        _emitted = true;
        NoteLevel(header, body);
        var packet = Keep(side, header, body);
        var started = side.Started ?? timestamp;
        side.Started = null;
        var answered = error is null ? MqttPacketTypes.AnsweredBy(header.Type) : MqttPacketType.Reserved;
        if (answered != MqttPacketType.Reserved) Answer(direction, header, packet, answered, Identifier(header, body), started, timestamp);
        else if (error is null && MqttPacketTypes.IsAnswered(header.Type, header.Qos)) Wait(direction, header, packet, Identifier(header, body), started, timestamp);
        else _context.Emit(new MqttItem(_context, direction, started, packet, null) { RequestSize = header.PacketLength, Error = error });
    }

    /// <summary>CONNECT names the level. Without it the first packet that tells decides, until a PUBLISH has no properties where level 5 has them.</summary>
    private void NoteLevel(in MqttFixedHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type == MqttPacketType.Connect) (_level, _isLevelKnown) = (LevelOf(body), true);
        else if (!_isLevelKnown && (_level == 0 || (_level == Level5 && header.Type == MqttPacketType.Publish))) _level = MqttLevels.Guess(header, body);
    }

    private void Wait(Direction direction, in MqttFixedHeader header, MqttPacket packet, int identifier, Timestamp started, Timestamp timestamp) =>
        Pairing.Add(KeyOf(direction, header.Type, identifier), new MqttPending { Packet = packet, Direction = direction, Started = started, Timestamp = timestamp, Size = header.PacketLength });

    private void Answer(Direction direction, in MqttFixedHeader header, MqttPacket packet, MqttPacketType answered, int identifier, Timestamp started, Timestamp timestamp)
    {
        var requester = direction ^ Direction.Reverse;
        var request = _pairing?.Take(KeyOf(requester, answered, identifier));
        _context.Emit(new MqttItem(_context, requester, request?.Started ?? started, request?.Packet, packet)
        {
            RequestSize = request?.Size ?? 0,
            ResponseSize = header.PacketLength,
            ElapsedMilliseconds = request is null ? 0 : timestamp.Since(request.Started) / 1_000_000,
            Error = request is null ? NoRequest : null,
        });
    }

    private void EmitUnanswered(MqttPending request, ItemError error) =>
        _context.Emit(new MqttItem(_context, request.Direction, request.Started, request.Packet, null) { RequestSize = request.Size, Error = error });

    private void EmitBroken(MqttSide side, Direction direction, in MqttFixedHeader header, ReadOnlyMemory<byte> body, ItemError error, Timestamp timestamp)
    {
        _emitted = true;
        var packet = new MqttPacket(header, body, _level);
        var isResponse = MqttPacketTypes.AnsweredBy(header.Type) != MqttPacketType.Reserved;
        var requester = isResponse ? direction ^ Direction.Reverse : direction;
        _context.Emit(new MqttItem(_context, requester, side.Started ?? timestamp, isResponse ? null : packet, isResponse ? packet : null)
        {
            IsBroken = true,
            RequestSize = isResponse ? 0 : header.PacketLength,
            ResponseSize = isResponse ? header.PacketLength : 0,
            Error = error,
        });
    }

    /// <summary>Keeps a packet as far as the limit allows, with the topic that its alias stands for.</summary>
    private MqttPacket Keep(MqttSide side, in MqttFixedHeader header, ReadOnlySpan<byte> body)
    {
        var kept = body[..Math.Min(body.Length, _context.Options.BodyLimit)];
        if (kept.Length < header.RemainingLength) _context.Losses.BodyBytes.Add(header.RemainingLength - kept.Length);
        var topic = header.Type == MqttPacketType.Publish && _level == Level5 ? ResolveTopic(side, header.Qos, kept) : null;
        return new MqttPacket(header, _context.Arena.Keep(kept), _level) { AliasedTopic = topic };
    }

    private string? ResolveTopic(MqttSide side, int qos, ReadOnlySpan<byte> body)
    {
        var reader = new MqttReader(body);
        var topic = reader.ReadBytes();
        if (qos > 0) reader.Take(2);
        if (!MqttProperties.TrySkip(ref reader, out var alias) || alias == 0) return null;
        if (topic.IsEmpty) return side.Aliases?.Find(alias);
        side.Aliases ??= new Remembered<int, string>(_context);
        side.Aliases.Set(alias, Encoding.UTF8.GetString(topic), topic.Length * sizeof(char));
        return null;
    }

    private static int LevelOf(ReadOnlySpan<byte> body)
    {
        var reader = new MqttReader(body);
        reader.ReadBytes();
        return reader.ReadByte();
    }

    private static int Identifier(in MqttFixedHeader header, ReadOnlySpan<byte> body)
    {
        if (header.Type == MqttPacketType.Publish)
        {
            var reader = new MqttReader(body);
            reader.ReadBytes();
            return reader.ReadUInt16();
        }

        return MqttPacketTypes.BeginsWithIdentifier(header.Type) && body.Length >= 2 ? BinaryPrimitives.ReadUInt16BigEndian(body) : 0;
    }

    private MqttSide SideOf(Direction direction) => direction == Direction.Forward ? _forward : _reverse;
}
