using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>A command of the client (or its login) that waits for the server's answer, with what came of that so far.</summary>
internal sealed class MySqlExchange : PendingMessage
{
    private const int Overhead = 768;
    private const int ReportStep = 4096;
    private int _reported;
    private readonly int _kept;

    /// <summary>An exchange that begins with <paramref name="packet"/>, of whose payload <paramref name="payload"/> is kept.</summary>
    public MySqlExchange(in MySqlPacket packet, ReadOnlyMemory<byte> payload)
    {
        (Started, Payload, _kept) = (packet.Started, payload, payload.Length);
        (Bytes, Packets, Sequence, Truncated) = (packet.Size, 1, packet.Sequence, packet.IsCut);
    }

    /// <summary>The command's name.</summary>
    public required string Command { get; init; }

    /// <summary>The command's number; 0 for a login.</summary>
    public byte Code { get; init; }

    /// <summary>When its first byte was captured.</summary>
    public Timestamp Started { get; }

    /// <summary>Bytes of the client's packets.</summary>
    public long Bytes { get; private set; }

    /// <summary>How many packets the client sent.</summary>
    public int Packets { get; private set; }

    /// <summary>The sequence number of the exchange's latest packet, of either side.</summary>
    public byte Sequence { get; set; }

    /// <summary>The payload, or the beginning of a long one.</summary>
    public ReadOnlyMemory<byte> Payload { get; private set; }

    /// <summary>Whether the payload is not kept whole.</summary>
    public bool Truncated { get; }

    /// <summary>What was agreed on when it was sent.</summary>
    public MySqlCapabilities Capabilities { get; init; }

    /// <summary>The user and the database of the session, as far as they are known.</summary>
    public string? User { get; init; }

    /// <summary>The database that was in use when it was sent.</summary>
    public string? Database { get; init; }

    /// <summary>The client's first packet, where that is what it is.</summary>
    public MySqlLogin? Login { get; init; }

    /// <summary>The prepared statement concerned, where its preparation was seen.</summary>
    public MySqlStatement? Statement { get; init; }

    /// <summary>The types of an execution's parameters, two bytes each, where they were sent earlier.</summary>
    public ReadOnlyMemory<byte> EarlierTypes { get; init; }

    /// <summary>Parameters whose values came by COM_STMT_SEND_LONG_DATA, a bit each.</summary>
    public ulong LongData { get; init; }

    /// <summary>Bytes of a local file that the client sent; -1 where it was not asked for one.</summary>
    public long FileBytes { get; private set; } = -1;

    /// <summary>The answer so far.</summary>
    public MySqlReply? Reply { get; set; }

    /// <inheritdoc/>
    public override long Held => _kept + Overhead;

    /// <summary>One more packet of the client belongs to it.</summary>
    public void Join(int size, byte sequence)
    {
        Bytes += size;
        Packets++;
        Sequence = sequence;
    }

    /// <summary>The client sends a part of a local file.</summary>
    public void AddFile(int bytes) => FileBytes = Math.Max(0, FileBytes) + bytes;

    /// <summary>Its answer keeps more: tells so where that makes a difference.</summary>
    public void ReportReply(DissectionMemory memory)
    {
        if (Owner is null || Reply!.Kept - _reported < ReportStep) return;
        _reported = Reply.Kept;
        memory.ReportMessage(this, Held + _reported);
    }

    /// <inheritdoc/>
    internal override void Detach()
    {
        Payload = ByteArena.Detach(Payload);
        Reply?.Detach();
    }

    /// <summary>A long answer is no missing answer.</summary>
    internal override void Expire(Timestamp now)
    {
        if (Reply is null) base.Expire(now);
    }
}
