using System.Globalization;
using System.Runtime.CompilerServices;

namespace Wirehook.JavaScript;

/// <summary>The name of a property: an array index (ES5.1 §15.4, 0 to 2³²−2) or any other string. Equal names always have equal keys.</summary>
public readonly struct PropertyKey : IEquatable<PropertyKey>
{
    private const uint MaximumIndex = uint.MaxValue - 1;

    private readonly string? _name;
    private readonly uint _index;

    /// <summary>The key of a name; a canonical array index text becomes an index key.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public PropertyKey(string name)
    {
        if (name.Length > 0 && (uint)(name[0] - '0') <= 9 && TryParseIndex(name, out _index))
            _name = null;
        else
            (_name, _index) = (name, 0);
    }

    private PropertyKey(string? name, uint index)
    {
        (_name, _index) = (name, index);
    }

    /// <summary>Whether the key is an array index.</summary>
    public bool IsIndex
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _name is null;
    }

    /// <summary>The array index. Ask <see cref="IsIndex"/> first.</summary>
    public uint Index => _index;

    /// <summary>The name of a key that is no index. Ask <see cref="IsIndex"/> first.</summary>
    public string Name => _name!;

    /// <summary>The key of an array index; 2³²−1 is a plain name.</summary>
    public static PropertyKey FromIndex(uint index) =>
        index <= MaximumIndex ? new(null, index) : new("4294967295", 0);

    /// <summary>The key of a whole number from 0 to 2⁵³, as the generic array functions count (ES5.1 §15.4.4).</summary>
    public static PropertyKey FromInteger(double integer) =>
        integer >= 0 && integer <= MaximumIndex ? new(null, (uint)integer) : new PropertyKey(Runtime.TypeConversion.NumberToString(integer));

    /// <summary>The key of a name that is known not to start with a digit.</summary>
    internal static PropertyKey FromIdentifier(string name) => new(name, 0);

    /// <summary>The key of a name.</summary>
    public static implicit operator PropertyKey(string name) => new(name);

    /// <summary>Whether both are the same name.</summary>
    public static bool operator ==(PropertyKey a, PropertyKey b) => a.Equals(b);

    /// <summary>Whether the names differ.</summary>
    public static bool operator !=(PropertyKey a, PropertyKey b) => !a.Equals(b);

    /// <inheritdoc/>
    public bool Equals(PropertyKey other) => _index == other._index && string.Equals(_name, other._name);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is PropertyKey other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _name is null ? (int)_index : _name.GetHashCode();

    /// <summary>The name as text.</summary>
    public override string ToString() => _name ?? Runtime.TypeConversion.NumberToString(_index);

    /// <summary>The name as a script value.</summary>
    public JsValue ToValue() => JsValue.From(ToString());

    private static bool TryParseIndex(string name, out uint index)
    {
        index = 0;
        if (name.Length > 10 || (name[0] == '0' && name.Length > 1))
            return false;
        return uint.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out index) && index <= MaximumIndex || Reset(out index);
    }

    private static bool Reset(out uint index)
    {
        index = 0;
        return false;
    }
}
