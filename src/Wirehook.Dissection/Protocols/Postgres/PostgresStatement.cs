namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>A prepared statement, as far as its preparation was seen. Its bytes are its own: it may live as long as the connection.</summary>
internal sealed class PostgresStatement
{
    /// <summary>The SQL text.</summary>
    public required byte[] Query { get; init; }

    /// <summary>Whether the text was too long to be kept whole.</summary>
    public bool Truncated { get; init; }

    /// <summary>The parameters' types as the client gave them: object ids of four bytes each, 0 for unspecified ones.</summary>
    public required byte[] ParameterTypes { get; init; }

    /// <summary>The parameters' types as the server described them; empty until then.</summary>
    public byte[] DescribedTypes { get; set; } = [];

    /// <summary>The contents of RowDescription; empty until the server described the statement.</summary>
    public byte[] Columns { get; set; } = [];
}

/// <summary>A named portal: a statement with values for its parameters.</summary>
/// <param name="Statement">The statement, where it is known.</param>
/// <param name="Bind">The contents of Bind; empty where they are long.</param>
internal sealed record PostgresPortal(PostgresStatement? Statement, byte[] Bind);

/// <summary>Who is logged in, from StartupMessage.</summary>
/// <param name="User">The user.</param>
/// <param name="Database">The database; the user's name where the client gave none.</param>
internal sealed record PostgresLogin(string User, string Database);
