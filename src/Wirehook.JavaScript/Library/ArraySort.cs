using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library;

/// <summary>
/// Array.prototype.sort (ES5.1 §15.4.4.11): stable, undefined behind all values and holes behind those. Any comparison function, however
/// inconsistent, ends after n log n calls.
/// </summary>
internal static class ArraySort
{
    private delegate int Comparison(in JsValue a, in JsValue b);

    /// <summary>The comparison function that was given, if any.</summary>
    /// <exception cref="JsException">A TypeError for anything else.</exception>
    internal static JsFunction? ReadComparison(JsEngine engine, ReadOnlySpan<JsValue> arguments) => arguments.At(0).IsUndefined
        ? null
        : arguments[0].AsFunction ?? throw engine.TypeError("The comparison function must be either a function or undefined");

    internal static JsValue Sort(JsEngine engine, in JsValue thisValue, ReadOnlySpan<JsValue> arguments)
    {
        var function = ReadComparison(engine, arguments);
        var o = TypeConversion.ToObject(engine, thisValue);
        double length = ArrayLike.Length(o);
        var values = Collect(engine, o, length, out double undefinedCount);
        if (function is not null)
            Merge(engine, values, ByFunction(function));
        else
            SortByText(engine, values);
        WriteBack(engine, o, length, values, undefinedCount);
        return JsValue.From(o);
    }

    private static JsValue[] Collect(JsEngine engine, JsObject o, double length, out double undefinedCount)
    {
        undefinedCount = 0;
        var values = new List<JsValue>();
        int accounted = 1024;
        for (double i = 0; i < length; i++)
        {
            engine.Tick();
            if (!ArrayLike.TryGet(o, i, out var value))
                continue;
            if (value.IsUndefined)
                undefinedCount++;
            else
                values.Add(value);
            if (values.Count > accounted)
                engine.AccountArray(accounted *= 2);
        }
        engine.AccountArray(values.Count * 2L);
        return [.. values];
    }

    private static void WriteBack(JsEngine engine, JsObject o, double length, JsValue[] values, double undefinedCount)
    {
        double at = 0;
        foreach (ref readonly var value in values.AsSpan())
            ArrayLike.Set(o, at++, value);
        for (; undefinedCount > 0; undefinedCount--)
            ArrayLike.Set(o, at++, default);
        for (; at < length; at++)
        {
            engine.Tick();
            if (o.HasOwnProperty(PropertyKey.FromInteger(at)))
                ArrayLike.Delete(o, at);
        }
    }

    private static Comparison ByFunction(JsFunction function)
    {
        var pair = new JsValue[2];
        return (in a, in b) =>
        {
            (pair[0], pair[1]) = (a, b);
            double order = TypeConversion.ToNumber(function.Call(default, pair));
            return order > 0 ? 1 : order < 0 ? -1 : 0;
        };
    }

    /// <summary>Each value is converted once; the text sorts and takes its value along.</summary>
    private static void SortByText(JsEngine engine, JsValue[] values)
    {
        var texts = new JsValue[values.Length];
        bool converted = false;
        for (int i = 0; i < values.Length; i++)
        {
            engine.Tick();
            converted |= !values[i].IsString;
            texts[i] = values[i].IsString ? values[i] : JsValue.From(TypeConversion.ToText(values[i]));
        }
        if (!converted)
        {
            Merge(engine, values, ByOrdinal);
            return;
        }
        var order = new JsValue[values.Length];
        for (int i = 0; i < order.Length; i++)
            order[i] = JsValue.From((double)i);
        Merge(engine, order, (in a, in b) => ByOrdinal(texts[(int)a.AsNumber], texts[(int)b.AsNumber]));
        var sorted = new JsValue[values.Length];
        for (int i = 0; i < order.Length; i++)
            sorted[i] = values[(int)order[i].AsNumber];
        sorted.CopyTo(values, 0);
    }

    private static int ByOrdinal(in JsValue a, in JsValue b) => string.CompareOrdinal(a.AsString, b.AsString);

    /// <summary>Bottom-up merge sort.</summary>
    private static void Merge(JsEngine engine, JsValue[] values, Comparison compare)
    {
        var from = values;
        var to = new JsValue[values.Length];
        for (long width = 1; width < values.Length; width *= 2)
        {
            for (long start = 0; start < values.Length; start += 2 * width)
            {
                int middle = (int)Math.Min(start + width, values.Length);
                int end = (int)Math.Min(start + 2 * width, values.Length);
                MergeRuns(engine, from, to, ((int)start, middle, end), compare);
            }
            (from, to) = (to, from);
        }
        if (!ReferenceEquals(from, values))
            from.CopyTo(values, 0);
    }

    private static void MergeRuns(JsEngine engine, JsValue[] from, JsValue[] to, (int Start, int Middle, int End) run, Comparison compare)
    {
        engine.Tick(run.End - run.Start);
        int left = run.Start;
        int right = run.Middle;
        for (int at = run.Start; at < run.End; at++)
        {
            bool takesLeft = left < run.Middle && (right >= run.End || compare(from[left], from[right]) <= 0);
            to[at] = takesLeft ? from[left++] : from[right++];
        }
    }
}
