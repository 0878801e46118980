using Wirehook.Dissection.Engine;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>
/// One item in the making: the client's messages that belong together, such as Parse, Bind, Describe and Execute of one statement, and what the server
/// answered so far.
/// </summary>
internal sealed class PostgresExchange
{
    /// <summary>Most answers that one exchange of the extended protocol awaits.</summary>
    private const int AnswerLimit = 8;

    private ulong _awaited;
    private int _awaitedCount;
    private int _describes;

    /// <summary>The message after which it is named.</summary>
    public string Command { get; set; } = "";

    /// <summary>When its first byte was captured; of the server's first message where the client sent none.</summary>
    public Timestamp Started { get; init; }

    /// <summary>Bytes of the client's messages.</summary>
    public long Size { get; set; }

    /// <summary>How many messages the client sent.</summary>
    public int Messages { get; set; }

    /// <summary>The SQL text.</summary>
    public ReadOnlyMemory<byte> Query { get; set; }

    /// <summary>Whether the SQL text or the parameters were too long to be kept whole.</summary>
    public bool Truncated { get; set; }

    /// <summary>The statement that is executed, where it was seen when it was prepared.</summary>
    public PostgresStatement? Statement { get; set; }

    /// <summary>The prepared statement's name; null where none is named, empty for the unnamed one.</summary>
    public string? StatementName { get; set; }

    /// <summary>The portal's name; null where none is named, empty for the unnamed one.</summary>
    public string? PortalName { get; set; }

    /// <summary>The contents of Bind, FunctionCall or StartupMessage, from which fields are read when asked for.</summary>
    public ReadOnlyMemory<byte> Contents { get; set; }

    /// <summary>The limit of rows that Execute asks for; 0 for none.</summary>
    public int RowLimit { get; set; }

    /// <summary>What a number in the message means depends on the command: protocol version, process, function.</summary>
    public long Number { get; set; }

    /// <summary>What the client copied to the server.</summary>
    public PostgresCopy? Copied { get; set; }

    /// <summary>Who is logged in, as far as that is known.</summary>
    public PostgresLogin? Login { get; init; }

    /// <summary>The server's answer so far.</summary>
    public PostgresReply? Reply { get; set; }

    /// <summary>The exchange behind it in its group.</summary>
    public PostgresExchange? Next { get; set; }

    /// <summary>Whether it has left as an item.</summary>
    public bool HasLeft { get; set; }

    /// <summary>Whether an Execute is part of it.</summary>
    public bool Executes { get; private set; }

    /// <summary>Whether every answer that its messages await has come.</summary>
    public bool IsAnswered => _awaitedCount == 0;

    /// <summary>Whether a message of the extended protocol begins another exchange.</summary>
    /// <param name="type">Its type.</param>
    /// <param name="portal">Whether it concerns a portal and not a statement.</param>
    public bool Precludes(byte type, bool portal) => _awaitedCount >= AnswerLimit || (char)type switch
    {
        'P' => Executes || StatementName is not null,
        'B' => Executes || PortalName is not null,
        'E' => Executes,
        'D' => Executes || _describes >= 2,
        'C' => !(Executes && portal && Command != "Close") && Messages > 0,
        _ => false,
    };

    /// <summary>A message joins it whose answer is awaited.</summary>
    public void Await(byte type)
    {
        _awaited |= (ulong)type << (8 * _awaitedCount++);
        if (type == (byte)'E') Executes = true;
        else if (type == (byte)'D') _describes++;
    }

    /// <summary>The answer to a message of <paramref name="type"/> came: false where another one is due.</summary>
    public bool Settle(byte type)
    {
        if (_awaitedCount == 0 || (byte)_awaited != type) return false;
        _awaited >>= 8;
        _awaitedCount--;
        return true;
    }

    /// <summary>Moves what it keeps to memory of its own, so that it holds no chunk that others have long left.</summary>
    public void Detach()
    {
        (Query, Contents) = (ByteArena.Detach(Query), ByteArena.Detach(Contents));
        Reply?.Detach();
    }

    /// <summary>Whether the answer to a message of <paramref name="type"/> is due now.</summary>
    public bool IsDue(byte type) => _awaitedCount > 0 && (byte)_awaited == type;
}
