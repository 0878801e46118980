using Wirehook.Dissection.Contract;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>A message as far as it is wanted.</summary>
internal readonly ref struct PostgresMessage
{
    /// <summary>Its type.</summary>
    public required byte Type { get; init; }

    /// <summary>All of it, or its first bytes.</summary>
    public required ReadOnlySpan<byte> Raw { get; init; }

    /// <summary>Its contents, or the first bytes of them.</summary>
    public ReadOnlySpan<byte> Body => Raw[(Type == 0 ? PostgresStartup.HeaderLength : PostgresCheck.HeaderLength)..];

    /// <summary>Its bytes on the wire, type and length included.</summary>
    public required int Size { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>When the last byte of <see cref="Raw"/> was captured.</summary>
    public required Timestamp Ended { get; init; }

    /// <summary>Whether <see cref="Raw"/> is not all of it.</summary>
    public bool IsCut => Raw.Length < Size;
}

/// <summary>
/// Cuts one side's bytes into messages. What nobody wants of a long message is passed over as it comes. Behind a gap within a message the length tells where the
/// next one starts; otherwise it is looked for.
/// </summary>
internal sealed class PostgresReader(PostgresDissector dissector, FlowContext context, bool server)
{
    private const int LongestAwaited = 16 << 10;
    private const long ResyncLimit = 128 << 10;
    private Timestamp? _partial;
    private long _skip;
    private long _searched;
    private bool _lost = !context.AtStart;

    /// <summary>Digests bytes of the side.</summary>
    public StreamStep Read(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (_skip > 0) return Skip(data.Length, timestamp);
        if (!server && data[0] == 0) return ReadStartup(data, timestamp);
        if (_lost) return Resynchronise(data, timestamp);
        if (server && dissector.PassRows(data, timestamp) is var passed and > 0)
        {
            _partial = null;
            return StreamStep.Consume(passed);
        }

        if (!PostgresMessages.IsKnown(data[0], server)) return Lose(data, timestamp);
        if (data.Length < PostgresCheck.HeaderLength) return Await(PostgresCheck.HeaderLength, timestamp);
        return PostgresCheck.TryReadLength(data, server, out var length) ? ReadMessage(data, length, timestamp) : Lose(data, timestamp);
    }

    /// <summary>Bytes are missing behind <paramref name="undigested"/>.</summary>
    public void OnGap(ReadOnlySpan<byte> undigested, long length)
    {
        _partial = null;
        if (_skip == 0 && !_lost && PostgresCheck.TryReadLength(undigested, server, out var whole)) _skip = whole - undigested.Length;
        _lost = length <= 0 || length > _skip;
        _skip = _lost ? 0 : _skip - length;
        _searched = 0;
    }

    private StreamStep Await(int total, Timestamp timestamp)
    {
        _partial ??= timestamp;
        return StreamStep.NeedMore(total);
    }

    private StreamStep Skip(int available, Timestamp timestamp)
    {
        var count = (int)Math.Min(_skip, available);
        _skip -= count;
        dissector.OnSkipped(server, timestamp);
        return StreamStep.Consume(count);
    }

    private StreamStep ReadMessage(ReadOnlySpan<byte> data, int length, Timestamp timestamp)
    {
        var wanted = Math.Min(length, PostgresCheck.HeaderLength + dissector.WantedOf(data[0], server));
        if (data.Length < wanted) return Await(wanted, timestamp);
        dissector.OnMessage(server, new PostgresMessage
        {
            Type = data[0],
            Raw = data[..wanted],
            Size = length,
            Started = _partial ?? timestamp,
            Ended = timestamp,
        });
        _partial = null;
        _skip = Math.Max(0, length - data.Length);
        return StreamStep.Consume(Math.Min(length, data.Length));
    }

    private StreamStep ReadStartup(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (data.Length < PostgresStartup.HeaderLength) return Await(PostgresStartup.HeaderLength, timestamp);
        // In the middle of a message, a length and a code may stand by chance: there only the whole packet is believed.
        if (_lost && PostgresStartup.Detect(data) == Detection.No) return Resynchronise(data, timestamp);
        if (!PostgresStartup.TryRead(data, out var kind, out var length)) return Lose(data, timestamp);
        if (data.Length < length) return Await(length, timestamp);
        var message = new PostgresMessage { Type = 0, Raw = data[..length], Size = length, Started = _partial ?? timestamp, Ended = timestamp };
        var protocol = new Version(data[5], data[7]);
        (_partial, _lost) = (null, false);
        dissector.OnStartup(kind, protocol, message);
        return StreamStep.Consume(length);
    }

    /// <summary>The bytes are no message: another protocol's, or something was lost that nobody noticed.</summary>
    private StreamStep Lose(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        if (!dissector.Accepted && context.AtStart) return Reject();
        dissector.OnLost(server);
        (_lost, _partial) = (true, null);
        return Resynchronise(data, timestamp);
    }

    private StreamStep Reject()
    {
        dissector.Discard();
        return StreamStep.Reject("not-postgresql");
    }

    /// <summary>Looks for bytes that can only be messages.</summary>
    private StreamStep Resynchronise(ReadOnlySpan<byte> data, Timestamp timestamp)
    {
        var at = FindMessage(data, out var incomplete);
        if (at > 0)
        {
            (_searched, _partial) = (_searched + at, null);
            return _searched > ResyncLimit && !dissector.Accepted ? Reject() : StreamStep.Resync(at);
        }

        if (incomplete) return Await(data.Length + 1, timestamp);
        (_lost, _searched) = (false, 0);
        return Read(data, timestamp);
    }

    private int FindMessage(ReadOnlySpan<byte> data, out bool incomplete)
    {
        incomplete = false;
        for (var at = 0; at < data.Length; at++)
        {
            var rest = data[at..];
            if (!server && rest[0] == 0 && PostgresStartup.Detect(rest) == Detection.Certain) return at;
            if (!PostgresMessages.IsKnown(rest[0], server)) continue;
            var weight = PostgresCheck.Weigh(rest, server, out incomplete);
            if (weight >= PostgresCheck.Strong)
            {
                incomplete = false;
                return at;
            }

            if (!incomplete) continue;
            if (!PostgresCheck.TryReadLength(rest, server, out var length) || length <= LongestAwaited) return at;
            incomplete = false;
        }

        return data.Length;
    }
}
