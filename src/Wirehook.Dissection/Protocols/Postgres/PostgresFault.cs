using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Postgres;

/// <summary>An ErrorResponse or NoticeResponse: fields behind a letter each (PostgreSQL documentation, "Error and Notice Message Fields").</summary>
internal sealed class PostgresFault(ReadOnlyMemory<byte> contents) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("PostgresFault", "An error or notice of a PostgreSQL server.",
    [
        Declare("severity", 'S', "`ERROR`, `FATAL`, `PANIC`, `WARNING`, `NOTICE`, `DEBUG`, `INFO` or `LOG`, perhaps translated."),
        Declare("code", 'C', "The SQLSTATE code, such as `42P01`."),
        Declare("message", 'M', "What is wrong."),
        Declare("detail", 'D', "More about it.", optional: true),
        Declare("hint", 'H', "What might help.", optional: true),
        Declare("position", 'P', "Where in the query, in characters from 1.", optional: true),
        Declare("internalPosition", 'p', "Where in the internal query.", optional: true),
        Declare("internalQuery", 'q', "The internal query that failed.", optional: true),
        Declare("where", 'W', "The context, such as a stack of functions.", optional: true),
        Declare("schema", 's', "The schema concerned.", optional: true),
        Declare("table", 't', "The table concerned.", optional: true),
        Declare("column", 'c', "The column concerned.", optional: true),
        Declare("dataType", 'd', "The data type concerned.", optional: true),
        Declare("constraint", 'n', "The constraint concerned.", optional: true),
        Declare("file", 'F', "The server's source file.", optional: true),
        Declare("line", 'L', "The line in it.", optional: true),
        Declare("routine", 'R', "The server's routine.", optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The value of the field behind <paramref name="letter"/>, or null.</summary>
    public static string? Read(ReadOnlySpan<byte> contents, char letter)
    {
        var cursor = new PostgresCursor(contents);
        while (!cursor.Rest.IsEmpty)
        {
            var code = (char)cursor.ReadByte();
            if (code == 0) break;
            var value = cursor.ReadText();
            if (code == letter) return PostgresText.Read(value);
        }

        return null;
    }

    /// <summary>Whether the server closes the connection behind it: its severity, untranslated where the server sends that too, is FATAL or PANIC.</summary>
    public static bool IsFatal(ReadOnlySpan<byte> contents) => (Read(contents, 'V') ?? Read(contents, 'S')) is "FATAL" or "PANIC";

    private static Field Declare(string name, char letter, string description, bool optional = false) =>
        new(name, "string", description + (optional ? " Only present where the server says so." : ""), r =>
        {
            var value = Read(((PostgresFault)r).Contents.Span, letter);
            return FieldValue.From(optional ? value : value ?? "");
        }, optional);

    private ReadOnlyMemory<byte> Contents => contents;
}
