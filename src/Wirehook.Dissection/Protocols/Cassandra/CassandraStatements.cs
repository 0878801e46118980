namespace Wirehook.Dissection.Protocols.Cassandra;

/// <summary>A prepared statement, as far as its preparation was seen. Its bytes are its own.</summary>
/// <param name="Query">The CQL text.</param>
/// <param name="Prepared">The body of the RESULT that answered PREPARE, from the statement's id on: types of variables and columns.</param>
/// <param name="Version">The protocol's version, on which the form of that body depends.</param>
internal sealed record CassandraStatement(byte[] Query, byte[] Prepared, byte Version);

/// <summary>
/// Prepared statements of all connections: their ids are made of the text, so that a statement that was prepared on one connection of a pool is executed on
/// all of them. Bounded; the oldest leave first.
/// </summary>
internal sealed class CassandraStatements
{
    private const int EntryLimit = 4096;
    private const long ByteLimit = 8 << 20;
    private readonly Dictionary<string, CassandraStatement> _byId = [];
    private readonly Queue<string> _order = [];
    private long _bytes;

    /// <summary>Remembers a statement under its id.</summary>
    public void Set(string id, CassandraStatement statement)
    {
        if (_byId.Remove(id, out var earlier)) _bytes -= SizeOf(earlier);
        else _order.Enqueue(id);
        _byId.Add(id, statement);
        _bytes += SizeOf(statement);
        while (_order.Count > EntryLimit || (_bytes > ByteLimit && _order.Count > 1))
        {
            if (_byId.Remove(_order.Dequeue(), out var oldest)) _bytes -= SizeOf(oldest);
        }
    }

    /// <summary>The statement with an id, or null.</summary>
    public CassandraStatement? Find(string id) => _byId.GetValueOrDefault(id);

    private static int SizeOf(CassandraStatement statement) => statement.Query.Length + statement.Prepared.Length;
}
