using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>
/// One ECMAScript realm: a global object shared by all its scripts, the built-ins, and the guards. Single-threaded; one thread at a time may use
/// it, with a stack large enough for <see cref="JsLimits.StackDepth"/> nested calls.
/// </summary>
public sealed partial class JsEngine
{
    private readonly Dictionary<HostShape, Shape> _hostShapes = new(ReferenceEqualityComparer.Instance);

    /// <summary>Creates a realm with all built-ins.</summary>
    /// <param name="host">Clock, time zone and randomness.</param>
    /// <param name="limits">What scripts may use; the defaults of <see cref="JsLimits"/> when null.</param>
    /// <param name="tracer">Sees what scripts do, step by step; null for nobody, at no cost.</param>
    public JsEngine(JsHost host, JsLimits? limits = null, JsTracer? tracer = null)
    {
        Tracer = tracer;
        Host = host ?? throw new ArgumentNullException(nameof(host));
        Limits = limits ?? new JsLimits();
        _ = new Intrinsics(this, intrinsics => Intrinsics = intrinsics);
        Global = new JsObject(Intrinsics.ObjectRoot);
        Global.RootForChildren(ShapeKind.Ordinary);
        InstallEval();
        Library.Builtins.Install(this);
        MeasureBuiltins();
        _allocationCheckpoint = FirstMemoryCheck;
        _allocated = 0;
    }

    /// <summary>The global object.</summary>
    public JsObject Global { get; }

    /// <summary>What the engine may use. May be changed between calls.</summary>
    public JsLimits Limits { get; }

    /// <summary>Where clock, time zone and randomness come from.</summary>
    public JsHost Host { get; }

    /// <summary>Sees what scripts do, if anyone.</summary>
    internal JsTracer? Tracer { get; }

    internal Intrinsics Intrinsics { get; private set; } = null!;

    /// <summary>Creates a function written in C#.</summary>
    public JsFunction NewFunction(string name, int length, NativeFunction code) => new NativeFunctionObject(this, name, length, code);

    /// <summary>Creates an empty object.</summary>
    public JsObject NewObject() => new(Intrinsics.ObjectRoot);

    /// <summary>Creates an empty object for names that come from outside, such as headers: it has no shape to share.</summary>
    public JsObject NewDictionary(int capacity = 4) =>
        new(Shape.CreateTable(this, Intrinsics.ObjectPrototype, ShapeKind.Ordinary, capacity));

    /// <summary>Creates an object with another prototype, or none.</summary>
    internal JsObject NewObject(JsObject? prototype) =>
        new(prototype is null ? Intrinsics.NullPrototypeRoot(ShapeKind.Ordinary) : prototype.RootForChildren(ShapeKind.Ordinary));

    /// <summary>Creates an array of the given elements.</summary>
    public JsArray NewArray(ReadOnlySpan<JsValue> items) => new(this, items.ToArray(), (uint)items.Length);

    /// <summary>Creates an array that takes over the block of elements.</summary>
    internal JsArray NewArray(JsValue[] elements, int length) => new(this, elements, (uint)length);

    /// <summary>The object that a boolean, number or string becomes (ES5.1 §9.9).</summary>
    internal JsObject Wrap(in JsValue primitive)
    {
        if (primitive.IsString)
            return new JsStringObject(Intrinsics.StringRoot, primitive.AsString);
        return primitive.IsNumber
            ? new JsPrimitiveObject(Intrinsics.NumberRoot, "Number", primitive)
            : new JsPrimitiveObject(Intrinsics.BooleanRoot, "Boolean", primitive);
    }

    /// <summary>The prototype on which properties of a primitive are found.</summary>
    internal JsObject PrototypeOfPrimitive(in JsValue primitive)
    {
        if (primitive.IsString)
            return Intrinsics.StringPrototype;
        return primitive.IsNumber ? Intrinsics.NumberPrototype : Intrinsics.BooleanPrototype;
    }

    /// <summary>A property of any value but undefined and null.</summary>
    /// <exception cref="JsException">A TypeError for undefined and null; what a getter throws.</exception>
    internal JsValue GetProperty(in JsValue value, PropertyKey key)
    {
        if (value.IsObject)
            return value.AsObject.Get(key, value);
        if (value.IsNullOrUndefined)
            throw TypeError($"Cannot read properties of {(value.IsNull ? "null" : "undefined")} (reading '{key}')");
        if (value.IsString)
        {
            if (key.IsIndex && key.Index < (uint)value.StringLength)
                return JsValue.From(SingleCharacter.Text(value.AsString[(int)key.Index]));
            if (!key.IsIndex && key.Name == "length")
                return JsValue.From((double)value.StringLength);
        }
        return PrototypeOfPrimitive(value).Get(key, value);
    }

    /// <summary>Joins two strings, later if they are long.</summary>
    internal JsValue Concatenate(in JsValue left, in JsValue right)
    {
        int leftLength = left.StringLength;
        int rightLength = right.StringLength;
        if (leftLength == 0)
            return right;
        if (rightLength == 0)
            return left;
        long length = (long)leftLength + rightLength;
        if (length < Rope.MinimumLength)
        {
            Account(24 + (length * 2));
            return JsValue.From(string.Concat(left.AsString, right.AsString));
        }
        CheckStringLength(length);
        return JsValue.From(Rope.Join(this, left.Reference!, right.Reference!, leftLength, rightLength));
    }

    /// <summary>The walk that <c>for…of</c>, spread and array patterns make.</summary>
    /// <exception cref="JsException">A TypeError when the value is not iterable.</exception>
    internal JsIterator Iterate(in JsValue value)
    {
        var iterator = value.IsObject ? value.AsObject.GetIterator() : value.IsString ? new StringIterator(value.AsString) : null;
        return iterator ?? throw TypeError($"{Describe(value)} is not iterable");
    }

    /// <summary>String(v), without ever throwing a script error: an object that cannot be converted gives <c>[object Class]</c>.</summary>
    /// <exception cref="JsStoppedException">A guard stopped the conversion.</exception>
    public string ToDisplayString(in JsValue v)
    {
        if (!v.IsObject)
            return TypeConversion.ToText(v);
        var state = SaveState();
        try
        {
            return RunGuarded(_currentScript, v.AsObject, static (_, o) => JsValue.From(TypeConversion.ToText(JsValue.From(o)))).AsString;
        }
        catch (JsException)
        {
            RestoreState(state);
            return $"[object {v.AsObject.ClassName}]";
        }
    }

    internal Shape HostShapeFor(HostShape host)
    {
        if (!_hostShapes.TryGetValue(host, out var shape))
        {
            shape = Shape.CreateHost(this, Intrinsics.ObjectPrototype, host);
            _hostShapes.Add(host, shape);
        }
        return shape;
    }
}
