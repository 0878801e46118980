using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>Reads one field of a host record; <see cref="JsValue.Empty"/> says that an optional field is absent.</summary>
public delegate JsValue HostGetter(HostRecord record);

/// <summary>A field of a host record.</summary>
/// <param name="Name">The field's name in scripts.</param>
/// <param name="Get">Reads the field. Called when a script first reads it, on the engine's thread; must not throw.</param>
public readonly record struct HostProperty(string Name, HostGetter Get);

/// <summary>The fields of a kind of host record, in the order in which scripts enumerate them. Shared by all its records and by engines.</summary>
public sealed class HostShape
{
    /// <summary>The most fields a host record can have.</summary>
    public const int MaximumFields = 64;

    private readonly Dictionary<string, int> _fields;
    private readonly Dictionary<string, int> _aliases = new(StringComparer.Ordinal);
    private Shape? _lastShape;

    /// <summary>Declares a kind of record.</summary>
    /// <exception cref="ArgumentException">Two fields have one name, a name is an array index, or there are more than <see cref="MaximumFields"/>.</exception>
    public HostShape(string name, params ReadOnlySpan<HostProperty> properties)
    {
        if (properties.Length > MaximumFields)
            throw new ArgumentException($"A host record has at most {MaximumFields} fields.", nameof(properties));
        Name = name;
        Properties = properties.ToArray();
        _fields = new Dictionary<string, int>(properties.Length, StringComparer.Ordinal);
        for (int i = 0; i < Properties.Length; i++)
        {
            if (new PropertyKey(Properties[i].Name).IsIndex || !_fields.TryAdd(Properties[i].Name, i))
                throw new ArgumentException($"'{Properties[i].Name}' cannot be a field.", nameof(properties));
            if (char.IsAsciiLetter(Properties[i].Name[0]))
                _aliases.TryAdd(string.Concat([(char)(Properties[i].Name[0] ^ 0x20)], Properties[i].Name.AsSpan(1)), i);
        }
    }

    /// <summary>The kind's name.</summary>
    public string Name { get; }

    internal HostProperty[] Properties { get; }

    /// <summary>The position of a field, or −1.</summary>
    internal int Find(string name) => _fields.TryGetValue(name, out int field) ? field : -1;

    /// <summary>The position of the field that a name means when the other case of its first letter is read, or −1.</summary>
    internal int FindAlias(string name) => _aliases.TryGetValue(name, out int field) ? field : -1;

    /// <summary>The engine's shape of untouched records of this kind.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal Shape ShapeFor(JsEngine engine) =>
        _lastShape is { } last && ReferenceEquals(last.Engine, engine) ? last : FindShape(engine);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private Shape FindShape(JsEngine engine) => _lastShape = engine.HostShapeFor(this);
}
