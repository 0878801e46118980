using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>What the server answers to one command, or sends of its own accord. Counts are kept as packets come; everything else is read when asked for.</summary>
internal sealed class MySqlReply
{
    /// <summary>Most rows of a result that are kept.</summary>
    public const int RowLimit = 20;

    /// <summary>Most bytes of the rows of an answer that are kept.</summary>
    public const int RowBytesLimit = 64 << 10;

    private const int ResultLimit = 256;
    private int _rowBytes;

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>When its latest byte was captured.</summary>
    public Timestamp Ended { get; set; }

    /// <summary>Bytes of its packets.</summary>
    public long Size { get; set; }

    /// <summary>How many packets it has.</summary>
    public int Packets { get; set; }

    /// <summary>Whether its last packet has come.</summary>
    public bool IsComplete { get; set; }

    /// <summary>Bytes that it keeps.</summary>
    public int Kept { get; set; }

    /// <summary>The capabilities under which it was sent.</summary>
    public MySqlCapabilities Capabilities { get; set; }

    /// <summary>The server's greeting, where the answer belongs to a login.</summary>
    public ReadOnlyMemory<byte> Greeting { get; set; }

    /// <summary>The latest OK or EOF packet's payload.</summary>
    public ReadOnlyMemory<byte> Ok { get; set; }

    /// <summary>The error packet's payload.</summary>
    public ReadOnlyMemory<byte> Error { get; set; }

    /// <summary>The answer to COM_STMT_PREPARE.</summary>
    public ReadOnlyMemory<byte> Prepared { get; set; }

    /// <summary>The text that answers COM_STATISTICS.</summary>
    public ReadOnlyMemory<byte> Statistics { get; set; }

    /// <summary>The file that the server asks the client for.</summary>
    public ReadOnlyMemory<byte> LocalFile { get; set; }

    /// <summary>The beginning of an event of the binary log.</summary>
    public ReadOnlyMemory<byte> BinlogEvent { get; set; }

    /// <summary>The name of the method of authentication that the server changed to.</summary>
    public ReadOnlyMemory<byte> AuthSwitch { get; set; }

    /// <summary>The results of its statements.</summary>
    public List<MySqlResult>? Results { get; private set; }

    /// <summary>The result that rows belong to now.</summary>
    public MySqlResult? Result => Results?[^1];

    /// <summary>Whether the next row's values are kept.</summary>
    public bool KeepsRows => _rowBytes < RowBytesLimit && Result is not { KeptRows: >= RowLimit };

    /// <summary>A result begins.</summary>
    public void BeginResult(int columns, bool isBinary)
    {
        Results ??= [];
        if (Results.Count < ResultLimit) Results.Add(new MySqlResult(columns, isBinary));
    }

    /// <summary>A row came; <paramref name="packet"/> is empty where it is only counted.</summary>
    public void AddRow(ReadOnlyMemory<byte> packet)
    {
        Result?.AddRow(packet);
        _rowBytes += packet.Length;
    }

    /// <summary>Rows came whose values are not kept.</summary>
    public void PassRows(int rows, int bytes, Timestamp timestamp)
    {
        Result?.PassRows(rows);
        Packets += rows;
        Size += bytes;
        Ended = timestamp;
    }

    /// <summary>Keeps bytes of a packet, as long as its share of <paramref name="limit"/> lasts.</summary>
    public ReadOnlyMemory<byte> Keep(ByteArena arena, ReadOnlySpan<byte> bytes, int limit)
    {
        if (Kept + bytes.Length > limit) return default;
        Kept += bytes.Length;
        return arena.Keep(bytes);
    }

    /// <summary>Moves what it keeps to memory of its own, so that it holds no chunk that others have long left.</summary>
    public void Detach()
    {
        (Greeting, Ok, Error, Prepared) = (ByteArena.Detach(Greeting), ByteArena.Detach(Ok), ByteArena.Detach(Error), ByteArena.Detach(Prepared));
        (Statistics, LocalFile) = (ByteArena.Detach(Statistics), ByteArena.Detach(LocalFile));
        (BinlogEvent, AuthSwitch) = (ByteArena.Detach(BinlogEvent), ByteArena.Detach(AuthSwitch));
        for (var i = 0; i < Results?.Count; i++) Results[i].Detach();
    }
}
