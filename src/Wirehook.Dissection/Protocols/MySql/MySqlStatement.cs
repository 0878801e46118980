namespace Wirehook.Dissection.Protocols.MySql;

/// <summary>A prepared statement, as far as its preparation was seen. Its bytes are its own: it may live as long as the connection.</summary>
internal sealed class MySqlStatement
{
    /// <summary>The SQL text.</summary>
    public required byte[] Query { get; init; }

    /// <summary>How many parameters it has; -1 until the server said so.</summary>
    public int Parameters { get; set; } = -1;

    /// <summary>The types of the parameters of its latest execution that told them.</summary>
    public byte[] Types { get; set; } = [];

    /// <summary>The definitions of its columns, packet after packet, where they were sent at its preparation only.</summary>
    public byte[] Columns { get; set; } = [];

    /// <summary>Parameters whose values the client has sent ahead, a bit each.</summary>
    public ulong LongData { get; set; }
}
