using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>The functions that change their array.</summary>
internal static partial class ArrayPrototype
{
    private static void InstallMutators(BuiltinObject prototype) => prototype
        .Method("push", 1, Push)
        .Method("pop", 0, Pop)
        .Method("shift", 0, Shift)
        .Method("unshift", 1, Unshift)
        .Method("reverse", 0, Reverse)
        .Method("sort", 1, ArraySort.Sort)
        .Method("splice", 2, Splice)
        .Method("fill", 1, Fill)
        .Method("copyWithin", 2, CopyWithin);

    private static JsValue Push(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        foreach (ref readonly var argument in arguments)
            ArrayLike.Set(o, length++, argument);
        if (o is not JsArray array || array.Length != length || arguments.IsEmpty)
            ArrayLike.SetLength(o, length);
        return JsValue.From(length);
    }

    private static JsValue Pop(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length == 0)
        {
            ArrayLike.SetLength(o, 0);
            return default;
        }
        var last = ArrayLike.Get(o, length - 1);
        ArrayLike.Delete(o, length - 1);
        ArrayLike.SetLength(o, length - 1);
        return last;
    }

    private static JsValue Shift(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (length == 0)
        {
            ArrayLike.SetLength(o, 0);
            return default;
        }
        var first = ArrayLike.Get(o, 0);
        if (TryGetMovable(o, length, out var elements))
        {
            engine.Tick(elements.Length >> 6);
            elements[1..].CopyTo(elements);
        }
        else
        {
            MoveDown(engine, o, 1, 0, length - 1);
            ArrayLike.Delete(o, length - 1);
        }
        ArrayLike.SetLength(o, length - 1);
        return first;
    }

    private static JsValue Unshift(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (arguments.Length > 0)
        {
            CheckGrowth(engine, length + arguments.Length);
            if (!TryInsertDense(engine, o, 0, 0, arguments))
            {
                MoveUp(engine, o, 0, arguments.Length, length);
                for (int i = 0; i < arguments.Length; i++)
                    ArrayLike.Set(o, i, arguments[i]);
            }
        }
        ArrayLike.SetLength(o, length + arguments.Length);
        return JsValue.From(length + arguments.Length);
    }

    private static JsValue Splice(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double start = ArrayLike.RelativeIndex(arguments.At(0), length, 0);
        double removed = arguments.Length switch
        {
            0 => 0,
            1 => length - start,
            _ => Math.Clamp(TypeConversion.ToInteger(arguments[1]), 0, length - start),
        };
        var added = arguments.Length > 2 ? arguments[2..] : default;
        CheckGrowth(engine, length - removed + added.Length);
        var result = Copy(engine, o, start, removed);
        if (!TryInsertDense(engine, o, start, removed, added))
        {
            ShiftTail(engine, o, start, removed, added.Length, length);
            for (int i = 0; i < added.Length; i++)
                ArrayLike.Set(o, start + i, added[i]);
        }
        ArrayLike.SetLength(o, length - removed + added.Length);
        return JsValue.From(result);
    }

    private static void ShiftTail(JsEngine engine, JsObject o, double start, double removed, int added, double length)
    {
        double tail = length - start - removed;
        if (added < removed)
        {
            MoveDown(engine, o, start + removed, start + added, tail);
            for (double i = length; i > length - removed + added; i--)
            {
                engine.Tick();
                ArrayLike.Delete(o, i - 1);
            }
        }
        else if (added > removed)
        {
            MoveUp(engine, o, start + removed, start + added, tail);
        }
    }

    private static JsValue Reverse(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        if (TryGetMovable(o, length, out var elements))
        {
            engine.Tick(elements.Length >> 6);
            elements.Reverse();
            return JsValue.From(o);
        }
        for (double low = 0, high = length - 1; low < high; low++, high--)
        {
            engine.Tick(2);
            bool hasLow = ArrayLike.TryGet(o, low, out var lowValue);
            bool hasHigh = ArrayLike.TryGet(o, high, out var highValue);
            if (hasHigh)
                ArrayLike.Set(o, low, highValue);
            else if (hasLow)
                ArrayLike.Delete(o, low);
            if (hasLow)
                ArrayLike.Set(o, high, lowValue);
            else if (hasHigh)
                ArrayLike.Delete(o, high);
        }
        return JsValue.From(o);
    }

    private static JsValue Fill(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double start = ArrayLike.RelativeIndex(arguments.At(1), length, 0);
        double end = ArrayLike.RelativeIndex(arguments.At(2), length, length);
        for (double i = start; i < end; i++)
        {
            engine.Tick();
            ArrayLike.Set(o, i, arguments.At(0));
        }
        return JsValue.From(o);
    }

    private static JsValue CopyWithin(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        double target = ArrayLike.RelativeIndex(arguments.At(0), length, 0);
        double start = ArrayLike.RelativeIndex(arguments.At(1), length, 0);
        double end = ArrayLike.RelativeIndex(arguments.At(2), length, length);
        double count = Math.Min(end - start, length - target);
        if (count <= 0)
            return JsValue.From(o);
        if (start < target && target < start + count)
            MoveUp(engine, o, start, target, count);
        else
            MoveDown(engine, o, start, target, count);
        return JsValue.From(o);
    }

    /// <summary>Moves elements to lower indices, from the first to the last.</summary>
    private static void MoveDown(JsEngine engine, JsObject o, double from, double to, double count)
    {
        for (double i = 0; i < count; i++)
        {
            engine.Tick();
            ArrayLike.Move(o, from + i, to + i);
        }
    }

    /// <summary>Moves elements to higher indices, from the last to the first.</summary>
    private static void MoveUp(JsEngine engine, JsObject o, double from, double to, double count)
    {
        for (double i = count - 1; i >= 0; i--)
        {
            engine.Tick();
            ArrayLike.Move(o, from + i, to + i);
        }
    }

    /// <summary>The elements of an array in one block whose holes can be moved like values.</summary>
    private static bool TryGetMovable(JsObject o, double length, out Span<JsValue> elements)
    {
        elements = default;
        return o is JsArray array && array.HasPlainPrototypes && array.TryGetDense(out elements) && elements.Length == length;
    }

    private static bool TryInsertDense(JsEngine engine, JsObject o, double start, double removed, ReadOnlySpan<JsValue> added)
    {
        if (o is not JsArray array || !TryGetMovable(o, array.Length, out var elements) || !array.HasWritableLength)
            return false;
        engine.Tick(elements.Length >> 6);
        array.SpliceDense((int)start, (int)removed, added);
        return true;
    }

    private static void CheckGrowth(JsEngine engine, double length)
    {
        if (length > 9007199254740991)
            throw engine.TypeError("Pushing elements past 2 ** 53 - 1");
    }
}
