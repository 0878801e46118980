using Wirehook.Dissection.Compression;
using Wirehook.Dissection.Contract;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>A packet as far as it is wanted.</summary>
internal readonly ref struct MySqlPacket
{
    /// <summary>All of it, or its first bytes, from the length on.</summary>
    public required ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>Its payload, or the first bytes of it.</summary>
    public ReadOnlySpan<byte> Payload => Raw[MySqlCheck.HeaderLength..];

    /// <summary>Its place in the exchange.</summary>
    public byte Sequence => Raw[3];

    /// <summary>Bytes of its payload.</summary>
    public int Length => MySqlCheck.PayloadLength(Raw);

    /// <summary>Its bytes on the wire, the header included.</summary>
    public int Size => MySqlCheck.HeaderLength + Length;

    /// <summary>The first byte of the payload; 0 where there is none.</summary>
    public byte First => Raw.Length > MySqlCheck.HeaderLength ? Raw[MySqlCheck.HeaderLength] : (byte)0;

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>When the last byte of <see cref="Raw"/> was captured.</summary>
    public required Timestamp Ended { get; init; }

    /// <summary>Whether <see cref="Raw"/> is not all of it, or the payload goes on in the next packet.</summary>
    public bool IsCut => Raw.Length < Size || Length == MySqlCheck.LongestPayload;
}

/// <summary>
/// Cuts one side's bytes into packets, behind decompression where that was agreed on. What nobody wants of a long packet is passed over as it comes. Behind a gap within a
/// packet the length tells where the next one starts; otherwise it is looked for.
/// </summary>
internal sealed class MySqlReader(MySqlDissector dissector, FlowContext context, bool server)
{
    private const int LongestAwaited = 16 << 10;
    private const long ResyncLimit = 128 << 10;
    private readonly MySqlInflated _inflated = new(context);
    private Timestamp? _partial;
    private long _skip;
    private long _skipCompressed;
    private long _searched;
    private bool _continues;
    private bool _lost = !context.AtStart;

    /// <summary>Digests bytes of the side.</summary>
    public StreamStep Read(ReadOnlySpan<byte> data, Timestamp timestamp) =>
        (dissector.Compression ?? GuessCompression(data)) is { } algorithm ? ReadCompressed(data, algorithm, timestamp) : ReadPackets(data, timestamp);

    /// <summary>Bytes are missing behind <paramref name="undigested"/>.</summary>
    public void OnGap(ReadOnlySpan<byte> undigested, long length)
    {
        if (dissector.Compression is not null)
        {
            AdvanceCompressed(undigested, length);
            Lose();
            return;
        }

        _partial = null;
        if (_skip == 0 && !_lost && undigested.Length >= MySqlCheck.HeaderLength) _skip = MySqlCheck.HeaderLength + MySqlCheck.PayloadLength(undigested) - undigested.Length;
        _lost = length <= 0 || length > _skip;
        _skip = _lost ? 0 : _skip - length;
        (_searched, _continues) = (0, _continues && !_lost);
    }

    /// <summary>The flow is over: gives back what is held.</summary>
    public void End() => _inflated.Clear();

    /// <summary>In the middle of a connection, short packets show whether it is compressed.</summary>
    private CompressionAlgorithm? GuessCompression(ReadOnlySpan<byte> data)
    {
        if (!_lost || dissector.Accepted || !MySqlCheck.WrapsPacket(data)) return null;
        var weight = MySqlCheck.Weigh(data[MySqlCheck.CompressedHeaderLength..], server, out _);
        return weight >= MySqlCheck.Strong ? dissector.AssumeCompression() : null;
    }

    private StreamStep Await(int total, Timestamp timestamp)
    {
        _partial ??= timestamp;
        return StreamStep.NeedMore(total);
    }

    private StreamStep ReadPackets(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_skip > 0)
        {
            var count = (int)Math.Min(_skip, data.Length);
            _skip -= count;
            dissector.OnSkipped(server, timestamp);
            return StreamStep.Consume(count);
        }

        if (_lost) return Resynchronise(data, timestamp);
        if (data.Length < MySqlCheck.HeaderLength) return Await(MySqlCheck.HeaderLength, timestamp);
        var length = MySqlCheck.PayloadLength(data);
        if (server && !_continues && dissector.PassRows(data, timestamp) is var passed and > 0)
        {
            _partial = null;
            return StreamStep.Consume(passed);
        }

        if (_continues) return PassContinuation(data, length, timestamp);
        if (length > 0 && data.Length == MySqlCheck.HeaderLength) return Await(MySqlCheck.HeaderLength + 1, timestamp);
        if (!dissector.Accepts(data, server)) return Reject(data, timestamp);
        var wanted = MySqlCheck.HeaderLength + Math.Min(length, dissector.WantedOf(data, server));
        if (data.Length < wanted) return Await(wanted, timestamp);
        var packet = new MySqlPacket { Raw = data[..wanted], Started = _partial ?? timestamp, Ended = timestamp };
        var whole = MySqlCheck.HeaderLength + length;
        (_partial, _continues) = (null, length == MySqlCheck.LongestPayload);
        if (dissector.OnPacket(server, packet) is { } upgrade) return StreamStep.HandOver(whole, upgrade);
        _skip = Math.Max(0, whole - data.Length);
        return StreamStep.Consume(Math.Min(whole, data.Length));
    }

    /// <summary>A payload of 16 MiB and more goes on.</summary>
    private StreamStep PassContinuation(ReadOnlySpan<byte> data, int length, Timestamp timestamp)
    {
        _continues = length == MySqlCheck.LongestPayload;
        dissector.OnContinuation(server, data[3], MySqlCheck.HeaderLength + length, timestamp);
        var count = Math.Min(data.Length, MySqlCheck.HeaderLength + length);
        _skip = MySqlCheck.HeaderLength + length - count;
        _partial = null;
        return StreamStep.Consume(count);
    }

    private StreamStep ReadCompressed(ReadOnlySpan<byte> data, CompressionAlgorithm algorithm, Timestamp timestamp)
    {
        if (_skipCompressed > 0)
        {
            var count = (int)Math.Min(_skipCompressed, data.Length);
            _skipCompressed -= count;
            return StreamStep.Consume(count);
        }

        if (data.Length < MySqlCheck.CompressedHeaderLength) return Await(MySqlCheck.CompressedHeaderLength, timestamp);
        var whole = MySqlCheck.CompressedHeaderLength + MySqlCheck.PayloadLength(data);
        if (whole > context.Options.BufferLimit / 2)
        {
            Lose();
            dissector.OnLost(server);
            context.Losses.BodyBytes.Add(whole);
            _skipCompressed = whole - data.Length;
            if (_skipCompressed < 0) _skipCompressed = 0;
            return StreamStep.Consume(Math.Min(whole, data.Length));
        }

        if (data.Length < whole) return Await(whole, timestamp);
        var started = _partial ?? timestamp;
        _partial = null;
        Inflate(data[MySqlCheck.CompressedHeaderLength..whole], MySqlCheck.PayloadLength(data[4..]), algorithm);
        ReadInflated(started, timestamp);
        return StreamStep.Consume(whole);
    }

    private void Inflate(ReadOnlySpan<byte> payload, int length, CompressionAlgorithm algorithm)
    {
        if (length == 0)
        {
            _inflated.Append(payload);
            return;
        }

        var result = Decompression.Run(algorithm, payload, Math.Min(length, context.Options.DecodedBodyLimit));
        _inflated.Append(result.Data.Span);
        if (result.IsWhole && result.Data.Length == length) return;
        ReadInflated(dissector.Now, dissector.Now);
        Lose();
        dissector.OnLost(server);
    }

    /// <summary>Reads the packets that are there; their times are those of the compressed packet.</summary>
    private void ReadInflated(Timestamp started, Timestamp ended)
    {
        while (_inflated.Length > 0)
        {
            _inflated.Partial ??= started;
            _partial = _inflated.Partial;
            var step = ReadPackets(_inflated.Span, ended);
            _partial = null;
            if (step.Kind is not (StreamStepKind.Consume or StreamStepKind.Resync)) break;
            if (step.Kind == StreamStepKind.Resync) context.Losses.ResyncBytes.Add(step.Count);
            _inflated.Drop(step.Count);
            _inflated.Partial = null;
        }

        if (_inflated.Length <= context.Options.BufferLimit) return;
        Lose();
        dissector.OnLost(server);
    }

    private void AdvanceCompressed(ReadOnlySpan<byte> undigested, long length)
    {
        if (_skipCompressed == 0 && undigested.Length >= MySqlCheck.CompressedHeaderLength) _skipCompressed = MySqlCheck.CompressedHeaderLength + MySqlCheck.PayloadLength(undigested) - undigested.Length;
        _skipCompressed = length > 0 && length <= _skipCompressed ? _skipCompressed - length : 0;
    }

    private void Lose()
    {
        _inflated.Clear();
        (_lost, _partial, _skip, _continues, _searched) = (true, null, 0, false, 0);
    }

    /// <summary>The bytes are no packet: another protocol's, or something was lost that nobody noticed.</summary>
    private StreamStep Reject(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!dissector.Accepted && context.AtStart) return Reject();
        dissector.OnLost(server);
        (_lost, _partial) = (true, null);
        return Resynchronise(data, timestamp);
    }

    private StreamStep Reject()
    {
        dissector.Discard();
        return StreamStep.Reject("not-mysql");
    }

    /// <summary>Looks for bytes that can only be packets.</summary>
    private StreamStep Resynchronise(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = FindPacket(data, out var incomplete);
        if (at > 0)
        {
            (_searched, _partial) = (_searched + at, null);
            return _searched > ResyncLimit && !dissector.Accepted ? Reject() : StreamStep.Resync(at);
        }

        if (incomplete) return Await(data.Length + 1, timestamp);
        (_lost, _searched) = (false, 0);
        return ReadPackets(data, timestamp);
    }

    private int FindPacket(ReadOnlySpan<byte> data, out bool incomplete)
    {
        incomplete = false;
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            if (rest.Length >= MySqlCheck.HeaderLength && rest[3] > 1) continue;
            if (server && rest.Length > MySqlCheck.HeaderLength && rest[3] == 0)
            {
                var length = MySqlCheck.PayloadLength(rest);
                if (!MySqlCheck.IsGreeting(rest[MySqlCheck.HeaderLength..], length)) continue;
                incomplete = rest.Length < MySqlCheck.HeaderLength + length;
                return at;
            }

            if (MySqlCheck.Weigh(rest, server, out incomplete) >= MySqlCheck.Strong)
            {
                incomplete = false;
                return at;
            }

            if (incomplete && (rest.Length < MySqlCheck.HeaderLength || MySqlCheck.PayloadLength(rest) <= LongestAwaited)) return at;
            incomplete = false;
        }

        return data.Length;
    }
}
