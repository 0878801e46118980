using System.Runtime.CompilerServices;

namespace Wirehook.Dissection.Records;

/// <summary>What kind of value a field holds.</summary>
public enum FieldKind : byte
{
    /// <summary>The record does not have this field (an optional field that is not set).</summary>
    Absent,

    /// <summary>JSON null.</summary>
    Null,

    /// <summary>A boolean.</summary>
    Boolean,

    /// <summary>A number.</summary>
    Number,

    /// <summary>Text.</summary>
    String,

    /// <summary>A nested record.</summary>
    Record,

    /// <summary>A list of values.</summary>
    List,

    /// <summary>Values by name, sorted by name (ordinal).</summary>
    Map,
}

/// <summary>The value of one field of a record, as the script, the JSON text and queries see it. Numbers and booleans do not allocate.</summary>
public readonly struct FieldValue
{
    private readonly object? _reference;
    private readonly double _number;

    private FieldValue(FieldKind kind, object? reference, double number)
    {
        (Kind, _reference, _number) = (kind, reference, number);
    }

    /// <summary>What the value is.</summary>
    public FieldKind Kind { get; }

    /// <summary>The number, or 1 and 0 for the booleans.</summary>
    public double AsNumber => _number;

    /// <summary>Whether the value is the boolean true.</summary>
    public bool AsBoolean => Kind == FieldKind.Boolean && _number != 0;

    /// <summary>The text of a value of kind String.</summary>
    public string AsString => Unsafe.As<string>(_reference!);

    /// <summary>The record of a value of kind Record.</summary>
    public Record AsRecord => Unsafe.As<Record>(_reference!);

    /// <summary>The elements of a value of kind List.</summary>
    public IReadOnlyList<FieldValue> AsList => (IReadOnlyList<FieldValue>)_reference!;

    /// <summary>The entries of a value of kind Map, sorted by name.</summary>
    public FieldMap AsMap => (FieldMap)_reference!;

    /// <summary>The field is not there.</summary>
    public static FieldValue Absent => default;

    /// <summary>JSON null.</summary>
    public static FieldValue Null => new(FieldKind.Null, null, 0);

    /// <summary>A boolean.</summary>
    public static FieldValue From(bool value) => new(FieldKind.Boolean, null, value ? 1 : 0);

    /// <summary>A number.</summary>
    public static FieldValue From(double value) => new(FieldKind.Number, null, value);

    /// <summary>Text; null reads as absent.</summary>
    public static FieldValue From(string? value) => value is null ? default : new(FieldKind.String, value, 0);

    /// <summary>A nested record; null reads as absent.</summary>
    public static FieldValue From(Record? value) => value is null ? default : new(FieldKind.Record, value, 0);

    /// <summary>A list; null reads as absent.</summary>
    public static FieldValue From(IReadOnlyList<FieldValue>? value) => value is null ? default : new(FieldKind.List, value, 0);

    /// <summary>A map; null reads as absent.</summary>
    public static FieldValue From(FieldMap? value) => value is null ? default : new(FieldKind.Map, value, 0);
}
