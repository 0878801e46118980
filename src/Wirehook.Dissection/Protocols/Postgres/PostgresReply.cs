using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>What the server answers to one exchange, or sends of its own accord. Counts are kept as messages come; everything else is read when asked for.</summary>
internal sealed class PostgresReply
{
    /// <summary>Most rows of a result that are kept.</summary>
    public const int RowLimit = 20;

    /// <summary>Most bytes of the rows of an answer that are kept.</summary>
    public const int RowBytesLimit = 64 << 10;

    private const int NoticeLimit = 16;
    private const int ParameterLimit = 64;
    private const int ResultLimit = 256;
    private int _rowBytes;

    /// <summary>Bytes of messages that it keeps.</summary>
    public int Kept { get; set; }

    /// <summary>When its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>When its latest byte was captured.</summary>
    public Timestamp Ended { get; set; }

    /// <summary>Bytes of its messages.</summary>
    public long Size { get; set; }

    /// <summary>How many messages it has.</summary>
    public int Messages { get; set; }

    /// <summary>Whether its last message has come.</summary>
    public bool IsComplete { get; set; }

    /// <summary>The results of its statements.</summary>
    public List<PostgresResult>? Results { get; private set; }

    /// <summary>The contents of ErrorResponse.</summary>
    public ReadOnlyMemory<byte> Error { get; set; }

    /// <summary>The contents of NoticeResponse messages.</summary>
    public List<ReadOnlyMemory<byte>>? Notices { get; private set; }

    /// <summary>The contents of ParameterStatus messages.</summary>
    public List<ReadOnlyMemory<byte>>? Parameters { get; private set; }

    /// <summary>The contents of NotificationResponse.</summary>
    public ReadOnlyMemory<byte> Notification { get; set; }

    /// <summary>The contents of FunctionCallResponse.</summary>
    public ReadOnlyMemory<byte> FunctionResult { get; set; }

    /// <summary>The contents of CopyData of the replication protocol.</summary>
    public ReadOnlyMemory<byte> Replication { get; set; }

    /// <summary>How the server wants the user to prove who it is; null where it does not ask.</summary>
    public string? Authentication { get; set; }

    /// <summary>The server's process, from BackendKeyData; -1 where it is not told.</summary>
    public long Process { get; set; } = -1;

    /// <summary>The transaction status of ReadyForQuery; 0 where that is not part of it.</summary>
    public byte Status { get; set; }

    /// <summary>The answer to a request for encryption: <c>S</c>, <c>G</c> or <c>N</c>; 0 otherwise.</summary>
    public byte Encryption { get; set; }

    /// <summary>What is copied.</summary>
    public PostgresCopy? Copied { get; set; }

    /// <summary>The result that rows belong to now; a new one where the last is complete.</summary>
    public PostgresResult Result
    {
        get
        {
            Results ??= [];
            if (Results.Count > 0 && (!Results[^1].IsComplete || Results.Count >= ResultLimit)) return Results[^1];
            var result = new PostgresResult();
            Results.Add(result);
            return result;
        }
    }

    /// <summary>Whether the next row's values are kept.</summary>
    public bool KeepsRows => _rowBytes < RowBytesLimit && (Results is null || Results[^1] is { IsComplete: true } or { KeptRows: < RowLimit });

    /// <summary>Whether rows are coming whose values are not kept.</summary>
    public bool PassesRows => !KeepsRows && Results is { } results && !results[^1].IsComplete;

    /// <summary>Rows came whose values are not kept.</summary>
    public void PassRows(int rows, int bytes, Timestamp timestamp)
    {
        Result.PassRows(rows);
        Messages += rows;
        Size += bytes;
        Ended = timestamp;
    }

    /// <summary>A result begins: its columns are told.</summary>
    public void BeginResult(ReadOnlyMemory<byte> columns)
    {
        if (Results is { Count: > 0 } && !Results[^1].IsComplete && Results[^1].RowCount == 0) Results[^1].Columns = columns;
        else Result.Columns = columns;
    }

    /// <summary>A row came; <paramref name="values"/> is empty where it is only counted.</summary>
    public void AddRow(ReadOnlyMemory<byte> values)
    {
        Result.AddRow(values);
        _rowBytes += values.Length;
    }

    /// <summary>A statement is done.</summary>
    public void CompleteResult(ReadOnlyMemory<byte> tag, PostgresStatement? statement, ReadOnlyMemory<byte> bind)
    {
        if (Results is not { Count: >= ResultLimit } || !Results[^1].IsComplete) Result.Complete(tag, statement, bind);
    }

    /// <summary>A notice came.</summary>
    public void AddNotice(ReadOnlyMemory<byte> contents)
    {
        Notices ??= [];
        if (Notices.Count < NoticeLimit) Notices.Add(contents);
    }

    /// <summary>The server told the value of one of its parameters.</summary>
    public void AddParameter(ReadOnlyMemory<byte> contents)
    {
        Parameters ??= [];
        if (Parameters.Count < ParameterLimit) Parameters.Add(contents);
    }

    /// <summary>Moves what it keeps to memory of its own, so that it holds no chunk that others have long left.</summary>
    public void Detach()
    {
        (Error, Notification) = (ByteArena.Detach(Error), ByteArena.Detach(Notification));
        (FunctionResult, Replication) = (ByteArena.Detach(FunctionResult), ByteArena.Detach(Replication));
        Detach(Notices);
        Detach(Parameters);
        for (var i = 0; i < Results?.Count; i++) Results[i].Detach();
    }

    private static void Detach(List<ReadOnlyMemory<byte>>? pieces)
    {
        for (var i = 0; i < pieces?.Count; i++) pieces[i] = ByteArena.Detach(pieces[i]);
    }
}
