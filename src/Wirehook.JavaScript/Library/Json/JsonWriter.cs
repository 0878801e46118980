using System.Buffers;
using Wirehook.JavaScript.Library.Numbers;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Library.Json;

/// <summary>JSON.stringify (ES5.1 §15.12.3). Untouched host records write themselves; plain objects are read slot by slot.</summary>
internal sealed class JsonWriter
{
    private static readonly SearchValues<char> Escaped = SearchValues.Create(CreateEscaped(withSurrogates: false));
    private static readonly SearchValues<char> EscapedOrSurrogate = SearchValues.Create(CreateEscaped(withSurrogates: true));

    private readonly JsEngine _engine;
    private readonly TextBuilder _output;
    private readonly JsFunction? _replacer;
    private readonly List<PropertyKey>? _allowed;
    private readonly string _gap;
    private readonly List<JsObject> _path = [];
    private int _indent;

    private JsonWriter(JsEngine engine, JsFunction? replacer, List<PropertyKey>? allowed, string gap)
    {
        (_engine, _replacer, _allowed, _gap) = (engine, replacer, allowed, gap);
        // A toJSON function may come back here while the buffer is in use.
        _output = new TextBuilder(engine, engine.BuiltinState.TakeBuffer());
    }

    /// <summary>The JSON of a value, or undefined when it has none.</summary>
    internal static JsValue Write(JsEngine engine, in JsValue value, JsFunction? replacer, List<PropertyKey>? allowed, string gap)
    {
        var writer = new JsonWriter(engine, replacer, allowed, gap);
        JsObject? holder = null;
        if (replacer is not null)
        {
            holder = engine.NewObject();
            holder.DefineData("", value);
        }
        var prepared = writer.Prepare(holder, "", value);
        if (!HasJson(prepared))
            return default;
        writer.WriteValue(prepared);
        var json = JsValue.From(writer._output.ToString());
        engine.BuiltinState.ReturnBuffer(writer._output.Inner);
        return json;
    }

    /// <summary>The value after <c>toJSON</c>, the replacer and unwrapping (the abstract operation Str, steps 2 to 4).</summary>
    private JsValue Prepare(JsObject? holder, PropertyKey key, in JsValue value)
    {
        var result = value;
        if (result.IsObject)
        {
            // A field of an untouched host record is data, so only its prototype can have the function.
            var o = result.AsObject;
            var source = o is HostRecord { IsUntouched: true } ? o.Prototype! : o;
            if (source.Get(PropertyKey.FromIdentifier("toJSON"), result).AsFunction is { } toJson)
                result = toJson.Call(result, [key.ToValue()]);
        }
        if (_replacer is not null)
            result = _replacer.Call(JsValue.From(holder), [key.ToValue(), result]);
        if (!result.IsObject)
            return result;
        return result.AsObject switch
        {
            JsStringObject => JsValue.From(TypeConversion.ToText(result)),
            JsPrimitiveObject { PrimitiveValue.IsNumber: true } => JsValue.From(TypeConversion.ToNumber(result)),
            JsPrimitiveObject { PrimitiveValue: { IsBoolean: true } boolean } => boolean,
            _ => result,
        };
    }

    private static bool HasJson(in JsValue value) => !value.IsUndefined && !value.IsCallable;

    private void WriteValue(in JsValue value)
    {
        _engine.Tick();
        if (value.IsString)
            WriteString(value.AsString);
        else if (value.IsNumber)
            WriteNumber(value.AsNumber);
        else if (value.IsObject)
            WriteObject(value.AsObject);
        else
            _output.Append(value.IsNull ? "null" : value.IsTrue ? "true" : "false");
    }

    private void WriteNumber(double value)
    {
        if (!double.IsFinite(value))
        {
            _output.Append("null");
            return;
        }
        Span<char> buffer = stackalloc char[NumberText.MaxLength];
        _output.Append(buffer[..NumberText.Write(value, buffer)]);
    }

    private void WriteObject(JsObject o)
    {
        if (o is HostRecord { IsUntouched: true } record && TryWriteRecord(record))
            return;
        if (_path.Contains(o))
            throw _engine.TypeError(CircularText.Of(_path, o));
        _path.Add(o);
        _engine.EnterNative();
        if (o is JsArray array)
            WriteElements(array);
        else
            WriteProperties(o);
        _engine.LeaveNative();
        _path.RemoveAt(_path.Count - 1);
    }

    private bool TryWriteRecord(HostRecord record)
    {
        if (_replacer is not null || _allowed is not null || _gap.Length > 0)
            return false;
        int start = _output.Length;
        if (record.TryWriteJson(_output.Inner))
        {
            _output.Check();
            return true;
        }
        _output.Inner.Length = start;
        return false;
    }

    private void WriteElements(JsArray array)
    {
        uint length = array.Length;
        if (length == 0)
        {
            _output.Append("[]");
            return;
        }
        _output.Append('[');
        _indent++;
        for (uint i = 0; i < length; i++)
        {
            if (i > 0)
                _output.Append(',');
            WriteLineBreak();
            if (!array.TryGetElement(i, out var element))
                element = array.Get(i);
            if (element.IsObject || _replacer is not null)
                element = Prepare(array, PropertyKey.FromIndex(i), element);
            WriteValue(HasJson(element) ? element : JsValue.Null);
        }
        _indent--;
        WriteLineBreak();
        _output.Append(']');
    }

    private void WriteProperties(JsObject o)
    {
        _output.Append('{');
        _indent++;
        bool any = false;
        if (_allowed is not null)
        {
            foreach (var key in _allowed)
                WriteProperty(o, key, o.Get(key), ref any);
        }
        else if (o.GetType() == typeof(JsObject) && o.Shape is { Table: null, IsLazy: false } shape)
        {
            WriteSlots(o, shape, ref any);
        }
        else if (o is HostRecord record && o.Shape.Host is { } host)
        {
            WriteFields(record, host, ref any);
        }
        else
        {
            var keys = new List<PropertyKey>();
            o.CollectOwnKeys(keys);
            _engine.AccountArray(keys.Count);
            foreach (var key in keys)
            {
                if (o.IsOwnEnumerable(key))
                    WriteProperty(o, key, o.Get(key), ref any);
            }
        }
        _indent--;
        if (any)
            WriteLineBreak();
        _output.Append('}');
    }

    /// <summary>
    /// Walks the names of the shape that the object has at the start. Slots are read as long as it keeps that shape; when script code changes the
    /// object on the way, the names left are looked up as the standard has it.
    /// </summary>
    private void WriteSlots(JsObject o, Shape shape, ref bool any)
    {
        for (int i = 0; i < shape.Count; i++)
        {
            var attributes = shape.AttributesAt(i);
            if ((attributes & PropertyAttributes.Enumerable) == 0)
                continue;
            var key = PropertyKey.FromIdentifier(shape.NameAt(i));
            bool isSlot = ReferenceEquals(o.Shape, shape) && (attributes & PropertyAttributes.Accessor) == 0;
            WriteProperty(o, key, isSlot ? o.Slots[i] : o.Get(key), ref any);
        }
    }

    /// <summary>The same for the fields of a host record, which is an ordinary object from the moment script code changes it.</summary>
    private void WriteFields(HostRecord record, HostShape host, ref bool any)
    {
        for (int i = 0; i < host.Properties.Length; i++)
        {
            var key = PropertyKey.FromIdentifier(host.Properties[i].Name);
            var value = record.IsUntouched ? record.ReadField(host, i) : record.Get(key);
            if (!value.IsEmpty)
                WriteProperty(record, key, value, ref any);
        }
    }

    private void WriteProperty(JsObject holder, PropertyKey key, in JsValue value, ref bool any)
    {
        var prepared = value.IsObject || _replacer is not null ? Prepare(holder, key, value) : value;
        if (!HasJson(prepared))
            return;
        if (any)
            _output.Append(',');
        any = true;
        WriteLineBreak();
        WriteString(key.ToString());
        _output.Append(_gap.Length > 0 ? ": " : ":");
        WriteValue(prepared);
    }

    private void WriteLineBreak()
    {
        if (_gap.Length == 0)
            return;
        _output.Append('\n');
        for (int i = 0; i < _indent; i++)
            _output.Append(_gap);
    }

    /// <summary>The abstract operation Quote; lone surrogates are escaped, so that the text is always well-formed.</summary>
    private void WriteString(string text)
    {
        _output.Append('"');
        var rest = text.AsSpan();
        // The search for the few ASCII characters is the faster one by far, and nearly every text gets by with it.
        var special = rest.ContainsAnyInRange('\uD800', '\uDFFF') ? EscapedOrSurrogate : Escaped;
        while (true)
        {
            int plain = rest.IndexOfAny(special);
            if (plain < 0)
                break;
            if (char.IsSurrogate(rest[plain]) && plain + 1 < rest.Length && char.IsSurrogatePair(rest[plain], rest[plain + 1]))
            {
                _output.Append(rest[..(plain + 2)]);
                rest = rest[(plain + 2)..];
                continue;
            }
            _output.Append(rest[..plain]);
            WriteEscape(rest[plain]);
            rest = rest[(plain + 1)..];
        }
        _output.Append(rest);
        _output.Append('"');
    }

    private void WriteEscape(char c)
    {
        const string Hex = "0123456789abcdef";
        switch (c)
        {
            case '"': _output.Append("\\\""); break;
            case '\\': _output.Append("\\\\"); break;
            case '\b': _output.Append("\\b"); break;
            case '\f': _output.Append("\\f"); break;
            case '\n': _output.Append("\\n"); break;
            case '\r': _output.Append("\\r"); break;
            case '\t': _output.Append("\\t"); break;
            default: _output.Append(['\\', 'u', Hex[c >> 12], Hex[(c >> 8) & 15], Hex[(c >> 4) & 15], Hex[c & 15]]); break;
        }
    }

    private static char[] CreateEscaped(bool withSurrogates)
    {
        var escaped = new List<char> { '"', '\\' };
        for (char c = '\0'; c < ' '; c++)
            escaped.Add(c);
        for (int c = 0xD800; withSurrogates && c <= 0xDFFF; c++)
            escaped.Add((char)c);
        return [.. escaped];
    }
}
