using System.Text;

namespace Wirehook.Dissection.Records;

/// <summary>Gathers the entries of a <see cref="FieldMap"/>. Few names are compared one by one; many, which only an attacker sends, by hash.</summary>
internal struct FieldMapBuilder
{
    private const int FewNames = 32;

    /// <summary>Characters up to which a repeated value is joined at once; a longer one grows in a buffer, so that many repetitions do not copy it each time.</summary>
    private const int ShortText = 512;

    private string[]? _names;
    private FieldValue[]? _values;
    private Dictionary<string, int>? _index;
    private Dictionary<int, StringBuilder>? _long;
    private int _count;

    /// <summary>The value of <paramref name="name"/>, added as absent where it is new. Valid until the next call.</summary>
    public ref FieldValue this[string name]
    {
        get
        {
            var at = Find(name);
            if (at < 0) at = Add(name);
            return ref _values![at];
        }
    }

    /// <summary>Adds a text; one of a name that is there already is joined to what it has.</summary>
    /// <param name="name">The name.</param>
    /// <param name="text">The text.</param>
    /// <param name="separator">What stands between two texts of one name.</param>
    public void Append(string name, string text, string separator = ",")
    {
        ref var slot = ref this[name];
        if (slot.Kind == FieldKind.Absent)
        {
            slot = FieldValue.From(text);
        }
        else if (_long is null && slot.AsString.Length + text.Length <= ShortText)
        {
            slot = FieldValue.From(slot.AsString + separator + text);
        }
        else
        {
            var at = Find(name);
            _long ??= [];
            if (!_long.TryGetValue(at, out var joined)) _long.Add(at, joined = new StringBuilder(slot.AsString));
            joined.Append(separator).Append(text);
        }
    }

    /// <summary>The map. Ends the use of the builder, whose arrays it takes.</summary>
    public FieldMap Build()
    {
        if (_count == 0) return FieldMap.Empty;
        if (_long is not null) TakeLong(_long);
        Array.Resize(ref _names, _count);
        Array.Resize(ref _values, _count);
        return new FieldMap(_names!, _values!);
    }

    private readonly void TakeLong(Dictionary<int, StringBuilder> texts)
    {
        foreach (var (at, text) in texts) _values![at] = FieldValue.From(text.ToString());
    }

    private int Find(string name)
    {
        if (_index is not null) return _index.GetValueOrDefault(name, -1);
        for (var i = 0; i < _count; i++)
        {
            if (string.Equals(_names![i], name)) return i;
        }

        return -1;
    }

    private int Add(string name)
    {
        _names ??= new string[8];
        _values ??= new FieldValue[8];
        if (_count == _names.Length)
        {
            Array.Resize(ref _names, _count * 2);
            Array.Resize(ref _values, _count * 2);
        }

        if (_count == FewNames) StartIndex();
        _index?.Add(name, _count);
        _names[_count] = name;
        return _count++;
    }

    private void StartIndex()
    {
        _index = new Dictionary<string, int>(FewNames * 2, StringComparer.Ordinal);
        for (var i = 0; i < _count; i++) _index.Add(_names![i], i);
    }
}
