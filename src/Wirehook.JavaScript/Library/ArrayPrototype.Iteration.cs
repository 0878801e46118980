using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that call a script function for each element.</summary>
internal static partial class ArrayPrototype
{
    private static void InstallIteration(BuiltinObject prototype) => prototype
        .Method("forEach", 1, ForEach)
        .Method("map", 1, Map)
        .Method("filter", 1, Filter)
        .Method("some", 1, Some)
        .Method("every", 1, Every)
        .Method("reduce", 1, Reduce)
        .Method("reduceRight", 1, ReduceRight)
        .Method("find", 1, Find)
        .Method("findIndex", 1, FindIndex)
        .Method("findLast", 1, FindLast)
        .Method("findLastIndex", 1, FindLastIndex);

    private static JsValue ForEach(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        while (walk.MoveNext())
            walk.Call();
        return default;
    }

    private static JsValue Map(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        if (walk.Length > uint.MaxValue)
            throw engine.RangeError("Invalid array length");
        var result = ArrayConstructor.OfLength(engine, (uint)walk.Length);
        while (walk.MoveNext())
        {
            var mapped = walk.Call();
            if (!result.TrySetElement(walk.Index, mapped))
                result.DefineData(PropertyKey.FromInteger(walk.Index), mapped);
        }
        return JsValue.From(result);
    }

    private static JsValue Filter(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        var result = engine.NewArray(default);
        while (walk.MoveNext())
        {
            var value = walk.Value;
            if (TypeConversion.ToBoolean(walk.Call()))
                result.Add(value);
        }
        return JsValue.From(result);
    }

    private static JsValue Some(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        while (walk.MoveNext())
        {
            if (TypeConversion.ToBoolean(walk.Call()))
                return JsValue.True;
        }
        return JsValue.False;
    }

    private static JsValue Every(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var walk = new ElementWalk(engine, thisValue, arguments);
        while (walk.MoveNext())
        {
            if (!TypeConversion.ToBoolean(walk.Call()))
                return JsValue.False;
        }
        return JsValue.True;
    }

    private static JsValue Reduce(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Fold(engine, thisValue, arguments, fromEnd: false);

    private static JsValue ReduceRight(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Fold(engine, thisValue, arguments, fromEnd: true);

    private static JsValue Fold(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments, bool fromEnd)
    {
        // The second argument is the first value here, not a receiver.
        var walk = new ElementWalk(engine, thisValue, arguments, fromEnd, takesReceiver: false);
        JsValue accumulated;
        if (arguments.Length > 1)
            accumulated = arguments[1];
        else if (walk.MoveNext())
            accumulated = walk.Value;
        else
            throw engine.TypeError("Reduce of empty array with no initial value");
        while (walk.MoveNext())
            accumulated = walk.Call(accumulated);
        return accumulated;
    }

    private static JsValue Find(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Seek(engine, thisValue, arguments, fromEnd: false, wantsIndex: false);

    private static JsValue FindIndex(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Seek(engine, thisValue, arguments, fromEnd: false, wantsIndex: true);

    private static JsValue FindLast(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Seek(engine, thisValue, arguments, fromEnd: true, wantsIndex: false);

    private static JsValue FindLastIndex(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments) =>
        Seek(engine, thisValue, arguments, fromEnd: true, wantsIndex: true);

    private static JsValue Seek(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments, bool fromEnd, bool wantsIndex)
    {
        var walk = new ElementWalk(engine, thisValue, arguments, fromEnd, visitsHoles: true);
        while (walk.MoveNext())
        {
            var value = walk.Value;
            if (TypeConversion.ToBoolean(walk.Call()))
                return wantsIndex ? JsValue.From(walk.Index) : value;
        }
        return wantsIndex ? JsValue.From(-1) : default;
    }

    /// <summary>
    /// Walks the elements that exist when their turn comes, up to the length at the start, and calls the script function given as first argument.
    /// </summary>
    private struct ElementWalk
    {
        private readonly JsEngine _engine;
        private readonly JsObject _object;
        private readonly JsFunction _function;
        private readonly JsValue _receiver;
        private readonly bool _fromEnd;
        private readonly bool _visitsHoles;
        private readonly JsValue[] _arguments;

        internal ElementWalk(
            JsEngine engine,
            in JsValue thisValue,
            ReadOnlySpan<JsValue> arguments,
            bool fromEnd = false,
            bool visitsHoles = false,
            bool takesReceiver = true)
        {
            (_engine, _fromEnd, _visitsHoles) = (engine, fromEnd, visitsHoles);
            _object = TypeConversion.ToObject(engine, thisValue);
            Length = ArrayLike.Length(_object);
            _function = Callback.Require(engine, arguments.At(0));
            _receiver = takesReceiver ? arguments.At(1) : default;
            _arguments = new JsValue[4];
            Index = fromEnd ? Length : -1;
        }

        /// <summary>The length at the start of the walk.</summary>
        internal double Length { get; }

        /// <summary>The index of the element.</summary>
        internal double Index { get; private set; }

        /// <summary>The element.</summary>
        internal JsValue Value { get; private set; }

        internal bool MoveNext()
        {
            while (_fromEnd ? --Index >= 0 : ++Index < Length)
            {
                _engine.Tick();
                if (ArrayLike.TryGet(_object, Index, out var value) || _visitsHoles)
                {
                    Value = value;
                    return true;
                }
            }
            return false;
        }

        /// <summary>Calls the function with element, index and object.</summary>
        internal readonly JsValue Call()
        {
            Prepare();
            return _function.Call(_receiver, _arguments.AsSpan(1));
        }

        /// <summary>Calls the function with a value before them.</summary>
        internal readonly JsValue Call(in JsValue first)
        {
            Prepare();
            _arguments[0] = first;
            return _function.Call(_receiver, _arguments);
        }

        private readonly void Prepare()
        {
            _arguments[1] = Value;
            _arguments[2] = JsValue.From(Index);
            _arguments[3] = JsValue.From(_object);
        }
    }
}
