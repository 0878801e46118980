namespace Wirehook.Dissection.Protocols.Mongo;

/// <summary>A message taken apart: where its parts are, none of them made into values yet.</summary>
internal sealed class MongoContent
{
    /// <summary>The header.</summary>
    public MongoHeader Header { get; set; }

    /// <summary>The opcode, behind compression.</summary>
    public MongoOpcode Opcode { get; set; }

    /// <summary>How it was compressed; null where it was not.</summary>
    public string? Compressor { get; set; }

    /// <summary>Why the content cannot be shown, or not all of it.</summary>
    public string? Problem { get; set; }

    /// <summary>The flags.</summary>
    public uint Flags { get; set; }

    /// <summary>Database and collection, of the operations before OP_MSG; empty otherwise.</summary>
    public string FullName { get; set; } = "";

    /// <summary>Name of the command, of OP_COMMAND; empty otherwise.</summary>
    public string CommandName { get; set; } = "";

    /// <summary>The cursor's number, where the message has one.</summary>
    public long? CursorId { get; set; }

    /// <summary>The documents in order; the first one is the command, or its answer.</summary>
    public List<ReadOnlyMemory<byte>> Documents { get; } = [];

    /// <summary>Further documents of OP_MSG, each list with its name.</summary>
    public List<(string Name, List<ReadOnlyMemory<byte>> Documents)> Sequences { get; } = [];
}
