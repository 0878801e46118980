using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>What a message asks for or answers.</summary>
internal enum MongoOpcode
{
    /// <summary>Documents, in answer to a query (before MongoDB 5.1).</summary>
    Reply = 1,

    /// <summary>Change documents.</summary>
    Update = 2001,

    /// <summary>Add documents.</summary>
    Insert = 2002,

    /// <summary>Find documents, or run a command on <c>$cmd</c>.</summary>
    Query = 2004,

    /// <summary>More documents of a cursor.</summary>
    GetMore = 2005,

    /// <summary>Remove documents.</summary>
    Delete = 2006,

    /// <summary>Close cursors.</summary>
    KillCursors = 2007,

    /// <summary>A command between members of a cluster (MongoDB 3.2).</summary>
    Command = 2010,

    /// <summary>Its answer.</summary>
    CommandReply = 2011,

    /// <summary>Another message, compressed.</summary>
    Compressed = 2012,

    /// <summary>A command or its answer.</summary>
    Message = 2013,
}

/// <summary>The 16 bytes in front of every message, all numbers little-endian.</summary>
/// <param name="MessageLength">Bytes of the message, these included.</param>
/// <param name="RequestId">The message's number, chosen by its sender.</param>
/// <param name="ResponseTo">The number of the message that it answers; 0 in requests.</param>
/// <param name="Opcode">What it is.</param>
internal readonly record struct MongoHeader(int MessageLength, int RequestId, int ResponseTo, MongoOpcode Opcode)
{
    /// <summary>Bytes of the header.</summary>
    public const int Length = 16;

    /// <summary>OP_MSG: another message follows, to which the peer does not reply.</summary>
    public const uint MoreToCome = 1 << 1;

    /// <summary>The largest message that a server accepts.</summary>
    private const int LargestMessage = 48_000_000 + (16 << 10);

    /// <summary>Reads a header whose length and opcode the protocol allows.</summary>
    public static bool TryRead(ReadOnlySpan<byte> data, out MongoHeader header)
    {
        header = default;
        if (data.Length < Length) return false;
        header = new MongoHeader(
            BinaryPrimitives.ReadInt32LittleEndian(data), BinaryPrimitives.ReadInt32LittleEndian(data[4..]),
            BinaryPrimitives.ReadInt32LittleEndian(data[8..]), (MongoOpcode)BinaryPrimitives.ReadInt32LittleEndian(data[12..]));
        return header.MessageLength is > Length and <= LargestMessage && (int)header.Opcode is 1 or (>= 2000 and < 3000);
    }

    /// <summary>Whether only clients send such messages.</summary>
    public bool IsClients => Opcode is MongoOpcode.Update or MongoOpcode.Insert or MongoOpcode.Query or MongoOpcode.GetMore or MongoOpcode.Delete or MongoOpcode.KillCursors or MongoOpcode.Command;

    /// <summary>Whether only servers send such messages.</summary>
    public bool IsServers => Opcode is MongoOpcode.Reply or MongoOpcode.CommandReply;

    /// <summary>Whether the message answers none; some old drivers say -1.</summary>
    public bool AnswersNone => ResponseTo is 0 or -1;

    /// <summary>Whether the protocol has this opcode.</summary>
    public bool IsKnown => Opcode == MongoOpcode.Message || Opcode == MongoOpcode.Compressed || IsClients || IsServers;

    /// <summary>An opcode's name, such as <c>OP_MSG</c>.</summary>
    public static string NameOf(MongoOpcode opcode) => opcode switch
    {
        MongoOpcode.Reply => "OP_REPLY",
        MongoOpcode.Update => "OP_UPDATE",
        MongoOpcode.Insert => "OP_INSERT",
        MongoOpcode.Query => "OP_QUERY",
        MongoOpcode.GetMore => "OP_GET_MORE",
        MongoOpcode.Delete => "OP_DELETE",
        MongoOpcode.KillCursors => "OP_KILL_CURSORS",
        MongoOpcode.Command => "OP_COMMAND",
        MongoOpcode.CommandReply => "OP_COMMANDREPLY",
        MongoOpcode.Compressed => "OP_COMPRESSED",
        MongoOpcode.Message => "OP_MSG",
        _ => "OP_" + ((int)opcode).ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
