namespace Wirehook.JavaScript.Runtime;

/// <summary>The objects of ES5.1 §15 that the engine itself refers to, and the root shapes of the objects it makes.</summary>
internal sealed class Intrinsics
{
    private readonly Shape _noPrototype;
    private readonly JsEngine _engine;
    private readonly JsObject[] _errorPrototypes = new JsObject[(int)JsErrorKind.UriError + 1];

    /// <summary>Creates the prototypes; the built-ins fill them. The engine's property is set at once, because functions look their shapes up there.</summary>
    internal Intrinsics(JsEngine engine, Action<Intrinsics> publish)
    {
        publish(this);
        _engine = engine;
        _noPrototype = Shape.CreateRoot(engine, null, ShapeKind.Ordinary);
        ObjectPrototype = new JsObject(_noPrototype);
        ObjectRoot = ObjectPrototype.RootForChildren(ShapeKind.Ordinary);
        HostRoot = ObjectPrototype.RootForChildren(ShapeKind.Host);

        LazyFunctionRoot = Shape.CreateRoot(engine, ObjectPrototype, ShapeKind.Function, lazy: true);
        FunctionRoot = ObjectPrototype.RootForChildren(ShapeKind.Function);
        FunctionPrototype = new NativeFunctionObject(engine, "", 0, static (_, in _, _) => default);
        FunctionRoot = FunctionPrototype.RootForChildren(ShapeKind.Function);
        LazyFunctionRoot = Shape.CreateRoot(engine, FunctionPrototype, ShapeKind.Function, lazy: true);

        ArrayPrototype = new JsArray(ObjectPrototype.RootForChildren(ShapeKind.Array));
        ArrayRoot = ArrayPrototype.RootForChildren(ShapeKind.Array);
        ArgumentsRoot = ObjectPrototype.RootForChildren(ShapeKind.Arguments);
        StringPrototype = new JsStringObject(ObjectPrototype.RootForChildren(ShapeKind.StringObject), "");
        StringRoot = StringPrototype.RootForChildren(ShapeKind.StringObject);
        NumberPrototype = new JsPrimitiveObject(ObjectRoot, "Number", JsValue.Zero);
        NumberRoot = NumberPrototype.RootForChildren(ShapeKind.Ordinary);
        BooleanPrototype = new JsPrimitiveObject(ObjectRoot, "Boolean", JsValue.False);
        BooleanRoot = BooleanPrototype.RootForChildren(ShapeKind.Ordinary);
        DatePrototype = new JsObject(ObjectRoot);
        RegExpPrototype = new JsObject(ObjectRoot);
        MapPrototype = new JsObject(ObjectRoot);
        SetPrototype = new JsObject(ObjectRoot);
        CreateErrorPrototypes();
        ThrowTypeError = new NativeFunctionObject(engine, "", 0, static (e, in _, _) =>
            throw e.TypeError("'caller', 'callee', and 'arguments' properties may not be accessed on strict mode functions "
                + "or the arguments objects for calls to them"));
        ThrowTypeError.PreventExtensions();
    }

    internal JsObject ObjectPrototype { get; }

    internal JsFunction FunctionPrototype { get; }

    internal JsArray ArrayPrototype { get; }

    internal JsObject StringPrototype { get; }

    internal JsObject NumberPrototype { get; }

    internal JsObject BooleanPrototype { get; }

    internal JsObject DatePrototype { get; }

    internal JsObject RegExpPrototype { get; }

    internal JsObject MapPrototype { get; }

    internal JsObject SetPrototype { get; }

    /// <summary>The function that the poisoned properties of strict code call (ES5.1 §13.2.3).</summary>
    internal JsFunction ThrowTypeError { get; }

    /// <summary>The root shape of plain objects.</summary>
    internal Shape ObjectRoot { get; }

    /// <summary>The root shape of host records that have become ordinary objects.</summary>
    internal Shape HostRoot { get; }

    /// <summary>The root shape of functions whose own properties exist.</summary>
    internal Shape FunctionRoot { get; }

    /// <summary>The shape of functions whose own properties do not exist yet.</summary>
    internal Shape LazyFunctionRoot { get; }

    internal Shape ArrayRoot { get; }

    internal Shape ArgumentsRoot { get; }

    internal Shape StringRoot { get; }

    internal Shape NumberRoot { get; }

    internal Shape BooleanRoot { get; }

    /// <summary>The prototype of a kind of error (ES5.1 §15.11).</summary>
    internal JsObject ErrorPrototype(JsErrorKind kind) => _errorPrototypes[(int)kind];

    /// <summary>The root shape of objects without a prototype.</summary>
    internal Shape NullPrototypeRoot(ShapeKind kind) => kind == ShapeKind.Ordinary ? _noPrototype : Shape.CreateRoot(_engine, null, kind);

    private void CreateErrorPrototypes()
    {
        var error = new JsObject(ObjectRoot);
        _errorPrototypes[(int)JsErrorKind.Error] = error;
        for (var kind = JsErrorKind.Error + 1; kind <= JsErrorKind.UriError; kind++)
            _errorPrototypes[(int)kind] = new JsObject(error.RootForChildren(ShapeKind.Ordinary));
    }
}
