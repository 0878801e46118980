using System.Collections.Frozen;
using System.Text;

namespace Wirehook.Dissection.Records;

/// <summary>Structured data that scripts, JSON and queries read field by field, each field made only when read.</summary>
public abstract class Record
{
    /// <summary>The fields that this record has.</summary>
    public abstract RecordType Type { get; }

    /// <summary>The record's JSON in UTF-8, where it never changes and many items have it; otherwise empty.</summary>
    internal virtual ReadOnlySpan<byte> ConstantJson => default;
}

/// <summary>One field of a record, declared once: the JSON shape, the TypeScript declaration, the query field and the documentation come from here.</summary>
/// <param name="Name">The JSON name.</param>
/// <param name="TypeScript">Its type in TypeScript terms, such as <c>string</c>, <c>number</c>, <c>string[]</c>, <c>HttpHeaders</c>.</param>
/// <param name="Description">A sentence for the reference, with units.</param>
/// <param name="Get">Reads the field; returns <see cref="FieldValue.Absent"/> for an optional field that is not set.</param>
/// <param name="Optional">Whether a record may lack the field.</param>
public sealed record Field(string Name, string TypeScript, string Description, Func<Record, FieldValue> Get, bool Optional = false)
{
    /// <summary>The bytes of which <see cref="Get"/> gives the base64 text, absent where they are empty; null for every other field.</summary>
    internal Func<Record, ReadOnlyMemory<byte>>? Base64 { get; init; }
}

/// <summary>The declaration of a kind of record: its fields in canonical JSON order, which is by name (ordinal), as in the seed's records.</summary>
public sealed class RecordType
{
    private readonly Field[] _declared;
    private readonly byte[][] _keys;
    private FrozenDictionary<string, int>? _index;

    /// <summary>Declares a record type.</summary>
    /// <param name="name">The TypeScript interface name.</param>
    /// <param name="description">A sentence for the reference.</param>
    /// <param name="fields">The fields, in any order; they are sorted by name.</param>
    /// <param name="references">Record types that the fields' TypeScript types name.</param>
    public RecordType(string name, string description, IEnumerable<Field> fields, params RecordType[] references)
    {
        (Name, Description, References) = (name, description, references);
        _declared = [.. fields.OrderBy(f => f.Name, StringComparer.Ordinal)];
        _keys = [.. _declared.Select(f => Encoding.UTF8.GetBytes(",\"" + f.Name + "\":"))];
        Fields = Array.AsReadOnly(_declared);
    }

    /// <summary>The TypeScript interface name.</summary>
    public string Name { get; }

    /// <summary>A sentence for the reference.</summary>
    public string Description { get; }

    /// <summary>The fields, sorted by name.</summary>
    public IReadOnlyList<Field> Fields { get; }

    /// <summary><see cref="Fields"/> as a span, for those who walk every record.</summary>
    internal ReadOnlySpan<Field> Declared => _declared;

    /// <summary>A comma, the field's quoted name and a colon, in UTF-8, for each of <see cref="Declared"/>.</summary>
    internal ReadOnlySpan<byte[]> Keys => _keys;

    /// <summary>Record types that the fields' TypeScript types name.</summary>
    public IReadOnlyList<RecordType> References { get; }

    /// <summary>The index of the field <paramref name="name"/> in <see cref="Fields"/>, or -1.</summary>
    public int IndexOf(string name) => (_index ??= Index()).TryGetValue(name, out var at) ? at : -1;

    // Made when a name is first looked up: most types of most protocols are never asked, and every start declares them all.
    private FrozenDictionary<string, int> Index() => Fields.Select((f, i) => (f.Name, i)).ToFrozenDictionary(p => p.Name, p => p.i, StringComparer.Ordinal);
}
