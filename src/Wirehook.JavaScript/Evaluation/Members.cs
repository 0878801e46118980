using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary><c>object.name</c></summary>
internal sealed class MemberRead(Operation target, string name, int position) : Operation
{
    private readonly Operand _target = new(target);
    private ReadSite _site = new(name);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = _target.Evaluate(ref frame);
        return ReadFrom(ref frame, value);
    }

    /// <summary>Reads the member of a value; a call evaluates the value itself to keep it as <c>this</c>.</summary>
    internal JsValue ReadFrom(ref Frame frame, JsValue value) =>
        value.IsObject && _site.TryRead(value.AsObject, out var found) ? found : ReadSlowly(ref frame, value);

    internal JsValue EvaluateTarget(ref Frame frame) => _target.Evaluate(ref frame);

    internal Operand Target => _target;

    internal string Name => _site.Name;

    internal int Position => position;

    [MethodImpl(MethodImplOptions.NoInlining)]
    private JsValue ReadSlowly(ref Frame frame, JsValue value)
    {
        frame.Mark(position);
        if (value.IsObject)
            return _site.Read(value.AsObject, value);
        if (value.IsNullOrUndefined)
            throw frame.Engine.TypeError($"Cannot read properties of {(value.IsNull ? "null" : "undefined")} (reading '{Name}')");
        if (value.IsString && Name == "length")
            return JsValue.From((double)value.StringLength);
        var prototype = frame.Engine.PrototypeOfPrimitive(value);
        return _site.TryRead(prototype, out var found) ? found : _site.Read(prototype, value);
    }
}

/// <summary><c>object[key]</c></summary>
internal sealed class IndexRead(Operation target, Operation key, int position) : Operation
{
    private readonly Operand _target = new(target);
    private readonly Operand _key = new(key);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var value = _target.Evaluate(ref frame);
        return ReadFrom(ref frame, value);
    }

    internal JsValue ReadFrom(ref Frame frame, JsValue value)
    {
        int pushed = frame.Engine.Push(value);
        var name = _key.Evaluate(ref frame);
        frame.Engine.StackTop = pushed;
        return ReadElement(ref frame, value, name, position);
    }

    internal JsValue EvaluateTarget(ref Frame frame) => _target.Evaluate(ref frame);

    internal int Position => position;

    internal static JsValue ReadElement(ref Frame frame, in JsValue value, in JsValue name, int position)
    {
        if (name.IsNumber && value.Reference is JsArray array && array.TryGetElement(name.Number, out var element))
            return element;
        frame.Mark(position);
        return PropertyAccess.Read(frame.Engine, value, name);
    }
}

/// <summary><c>object.name = value</c></summary>
internal sealed class MemberWrite(Operand target, string name, Operation value, bool isStrict, int position) : Operation
{
    private readonly Operand _target = target;
    private readonly Operand _value = new(value);
    private WriteSite _site = new(name);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var o = _target.Evaluate(ref frame);
        int pushed = frame.Engine.Push(o);
        var assigned = _value.Evaluate(ref frame);
        frame.Engine.StackTop = pushed;
        if (!o.IsObject || !_site.TryWrite(o.AsObject, assigned))
        {
            frame.Mark(position);
            _site.Write(frame.Engine, o, assigned, isStrict);
        }
        return assigned;
    }
}

/// <summary><c>object[key] = value</c></summary>
internal sealed class IndexWrite(Operation target, Operation key, Operation value, bool isStrict, int position) : Operation
{
    private readonly Operand _target = new(target);
    private readonly Operand _key = new(key);
    private readonly Operand _value = new(value);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var o = _target.Evaluate(ref frame);
        int pushed = engine.Push(o);
        var name = _key.Evaluate(ref frame);
        engine.Push(name);
        var assigned = _value.Evaluate(ref frame);
        engine.StackTop = pushed;
        WriteElement(ref frame, o, name, assigned, isStrict, position);
        return assigned;
    }

    internal static void WriteElement(ref Frame frame, in JsValue o, in JsValue name, in JsValue value, bool isStrict, int position)
    {
        if (name.IsNumber && o.Reference is JsArray array && array.TrySetElement(name.Number, value))
            return;
        frame.Mark(position);
        PropertyAccess.Write(frame.Engine, o, name, value, isStrict);
    }
}

/// <summary><c>object.name op= value</c></summary>
internal sealed class MemberUpdate(MemberRead read, BinaryOperation op, Operation value, bool isStrict) : Operation
{
    private WriteSite _site = new(read.Name);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var o = read.EvaluateTarget(ref frame);
        int pushed = engine.Push(o);
        var old = read.ReadFrom(ref frame, o);
        engine.Push(old);
        var operand = value.Evaluate(ref frame);
        engine.StackTop = pushed;
        var result = op.Apply(ref frame, old, operand);
        Write(ref frame, o, result);
        return result;
    }

    private void Write(ref Frame frame, in JsValue o, in JsValue result)
    {
        if (o.IsObject && _site.TryWrite(o.AsObject, result))
            return;
        frame.Mark(read.Position);
        _site.Write(frame.Engine, o, result, isStrict);
    }
}

/// <summary><c>object[key] op= value</c></summary>
internal sealed class IndexUpdate(Operation target, Operation key, BinaryOperation op, Operation value, bool isStrict, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var o = target.Evaluate(ref frame);
        int pushed = engine.Push(o);
        var name = ElementName.Of(ref frame, o, key.Evaluate(ref frame), position);
        engine.Push(name);
        var old = IndexRead.ReadElement(ref frame, o, name, position);
        engine.Push(old);
        var operand = value.Evaluate(ref frame);
        engine.StackTop = pushed;
        var result = op.Apply(ref frame, old, operand);
        IndexWrite.WriteElement(ref frame, o, name, result, isStrict, position);
        return result;
    }
}

/// <summary>The key of an element that is read and then written: converted once.</summary>
internal static class ElementName
{
    internal static JsValue Of(ref Frame frame, in JsValue target, in JsValue key, int position)
    {
        if (!key.IsObject || target.IsNullOrUndefined)
            return key;
        frame.Mark(position);
        return JsValue.From(TypeConversion.ToText(key));
    }
}

/// <summary><c>object.name++</c>, <c>--object[key]</c> and the like.</summary>
internal sealed class PropertyIncrement(Operation target, Operation key, double step, bool isPrefix, bool isStrict, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var o = target.Evaluate(ref frame);
        int pushed = engine.Push(o);
        var name = ElementName.Of(ref frame, o, key.Evaluate(ref frame), position);
        engine.StackTop = pushed;
        var old = TypeConversion.ToNumber(IndexRead.ReadElement(ref frame, o, name, position));
        var result = JsValue.From(old + step);
        IndexWrite.WriteElement(ref frame, o, name, result, isStrict, position);
        return isPrefix ? result : JsValue.From(old);
    }
}

/// <summary><c>object.name++</c> and the like, with caches.</summary>
internal sealed class MemberIncrement(MemberRead read, double step, bool isPrefix, bool isStrict) : Operation
{
    private WriteSite _site = new(read.Name);

    internal override JsValue Evaluate(ref Frame frame)
    {
        var o = read.EvaluateTarget(ref frame);
        var old = TypeConversion.ToNumber(read.ReadFrom(ref frame, o));
        var result = JsValue.From(old + step);
        if (!o.IsObject || !_site.TryWrite(o.AsObject, result))
        {
            frame.Mark(read.Position);
            _site.Write(frame.Engine, o, result, isStrict);
        }
        return isPrefix ? result : JsValue.From(old);
    }
}

/// <summary><c>delete object[key]</c> (ES5.1 §11.4.1).</summary>
internal sealed class PropertyDelete(Operation target, Operation key, bool isStrict, int position) : Operation
{
    internal override JsValue Evaluate(ref Frame frame)
    {
        var engine = frame.Engine;
        var value = target.Evaluate(ref frame);
        int pushed = engine.Push(value);
        var name = key.Evaluate(ref frame);
        engine.StackTop = pushed;
        frame.Mark(position);
        if (value.IsNullOrUndefined)
            throw engine.TypeError("Cannot convert undefined or null to object");
        var o = TypeConversion.ToObject(engine, value);
        var propertyKey = TypeConversion.ToPropertyKey(name);
        if (isStrict)
            o.DeleteOrThrow(propertyKey);
        else
            return JsValue.From(o.Delete(propertyKey));
        return JsValue.True;
    }
}

/// <summary><c>delete name</c></summary>
internal sealed class NameDelete(DynamicName name) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(name.Resolve(ref frame).Delete(name.Name));
}

/// <summary><c>delete name</c> of a name that can only be a global property.</summary>
internal sealed class GlobalDelete(string name) : Operation
{
    internal override JsValue Evaluate(ref Frame frame) => JsValue.From(frame.Engine.Global.Delete(name));
}
