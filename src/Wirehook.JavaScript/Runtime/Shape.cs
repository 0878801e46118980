namespace Wirehook.JavaScript.Runtime;

/// <summary>
/// Which objects a shape may belong to. Objects with own properties beyond their slots have shapes of their own kind, so that a cache never mixes them.
/// </summary>
internal enum ShapeKind : byte
{
    Ordinary,
    Array,
    Function,
    StringObject,
    Arguments,
    Host,
}

/// <summary>
/// The layout of objects: prototype, property names with their slots and attributes. Objects built alike share one shape, so a cache that remembers a
/// shape knows slot and prototype by a single comparison. An object with many, deleted, indexed or reconfigured properties has a shape of its own with a table.
/// </summary>
internal sealed class Shape
{
    /// <summary>An object with more named properties keeps them in a table.</summary>
    internal const int MaximumProperties = 64;

    private const int MaximumTransitions = 128;
    private const int LinearSearchLimit = 8;

    private readonly string[] _names;
    private readonly PropertyAttributes[] _attributes;
    private Dictionary<string, int>? _slotsByName;
    private Dictionary<string, Shape>? _plainTransitions;
    private List<Shape>? _otherTransitions;
    private (string? Name, PropertyAttributes Attributes, Shape? Next) _lastTransition;
    private Shape?[]? _childRoots;

    private Shape(JsEngine engine, JsObject? prototype, ShapeKind kind, string[] names, PropertyAttributes[] attributes)
    {
        (Engine, Prototype, Kind, _names, _attributes) = (engine, prototype, kind, names, attributes);
    }

    internal JsEngine Engine { get; }

    /// <summary>The prototype of every object of this shape. Changes only for a shape with a table, which belongs to one object.</summary>
    internal JsObject? Prototype { get; private set; }

    internal ShapeKind Kind { get; }

    /// <summary>The properties of an object in dictionary mode, or null.</summary>
    internal PropertyTable? Table { get; private init; }

    /// <summary>The fields of an untouched host record, or null.</summary>
    internal HostShape? Host { get; private init; }

    /// <summary>Whether the object's own properties are made on first use: an untouched function or host record.</summary>
    internal bool IsLazy { get; private init; }

    /// <summary>Whether properties may be added. Only a shape with a table says no.</summary>
    internal bool IsExtensible { get; private set; } = true;

    /// <summary>Whether the one object of this shape is somebody's prototype.</summary>
    internal bool IsPrototypeShape { get; private set; }

    internal int Count => _names.Length;

    internal string NameAt(int slot) => _names[slot];

    internal PropertyAttributes AttributesAt(int slot) => _attributes[slot];

    internal static Shape CreateRoot(JsEngine engine, JsObject? prototype, ShapeKind kind, bool lazy = false) =>
        new(engine, prototype, kind, [], []) { IsLazy = lazy };

    internal static Shape CreateHost(JsEngine engine, JsObject prototype, HostShape host) =>
        new(engine, prototype, ShapeKind.Host, [], []) { IsLazy = true, Host = host };

    internal static Shape CreateTable(JsEngine engine, JsObject? prototype, ShapeKind kind, int capacity = 4) =>
        new(engine, prototype, kind, [], []) { Table = new PropertyTable(capacity) };

    /// <summary>The slot of a name in a shape without a table, or −1.</summary>
    internal int Find(string name)
    {
        var names = _names;
        if (names.Length > LinearSearchLimit)
            return (_slotsByName ??= Index()).TryGetValue(name, out int slot) ? slot : -1;
        for (int i = 0; i < names.Length; i++)
        {
            if (ReferenceEquals(names[i], name))
                return i;
        }
        for (int i = 0; i < names.Length; i++)
        {
            if (names[i].Length == name.Length && string.Equals(names[i], name))
                return i;
        }
        return -1;
    }

    /// <summary>The shape with one more property, or null when the object should change to a table.</summary>
    internal Shape? Add(string name, PropertyAttributes attributes)
    {
        if (ReferenceEquals(_lastTransition.Name, name) && _lastTransition.Attributes == attributes)
            return _lastTransition.Next;
        if (FindTransition(name, attributes) is not { } known)
            return CreateTransition(name, attributes);
        _lastTransition = (name, attributes, known);
        return known;
    }

    /// <summary>The root shape of the given kind for objects whose prototype has this shape; the owner must be in dictionary mode.</summary>
    internal Shape ChildRoot(JsObject owner, ShapeKind kind)
    {
        var roots = _childRoots ??= new Shape?[(int)ShapeKind.Host + 1];
        return roots[(int)kind] ??= CreateRoot(Engine, owner, kind);
    }

    internal void MarkAsPrototype() => IsPrototypeShape = true;

    internal void PreventExtensions() => IsExtensible = false;

    internal void ChangePrototype(JsObject? prototype) => Prototype = prototype;

    // Nearly all properties are plain ones; the few others are looked for one by one.
    private Shape? FindTransition(string name, PropertyAttributes attributes)
    {
        if (attributes == PropertyAttributes.All)
            return _plainTransitions?.GetValueOrDefault(name);
        if (_otherTransitions is null)
            return null;
        foreach (var next in _otherTransitions)
        {
            if (next._attributes[^1] == attributes && next._names[^1] == name)
                return next;
        }
        return null;
    }

    private Shape? CreateTransition(string name, PropertyAttributes attributes)
    {
        int transitions = (_plainTransitions?.Count ?? 0) + (_otherTransitions?.Count ?? 0);
        if (_names.Length >= MaximumProperties || transitions >= MaximumTransitions || !Engine.TryCountShape())
            return null;
        var next = new Shape(Engine, Prototype, Kind, [.. _names, name], [.. _attributes, attributes]);
        if (attributes == PropertyAttributes.All)
            (_plainTransitions ??= new Dictionary<string, Shape>(StringComparer.Ordinal)).Add(name, next);
        else
            (_otherTransitions ??= []).Add(next);
        _lastTransition = (name, attributes, next);
        return next;
    }

    private Dictionary<string, int> Index()
    {
        var index = new Dictionary<string, int>(_names.Length, StringComparer.Ordinal);
        for (int i = 0; i < _names.Length; i++)
            index[_names[i]] = i;
        return index;
    }
}
