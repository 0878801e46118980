using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript.Evaluation;

/// <summary>The <c>arguments</c> of a sloppy function with plain parameters: elements and parameters share their values (ES5.1 §10.6).</summary>
internal sealed class MappedArguments : JsObject
{
    private readonly JsValue[] _environment;
    private readonly int[] _places;

    /// <param name="engine">The engine.</param>
    /// <param name="environment">The environment with the parameters.</param>
    /// <param name="places">For each element the place of its parameter in the environment, or 0 when it is not shared.</param>
    internal MappedArguments(JsEngine engine, JsValue[] environment, int[] places)
        : base(engine.Intrinsics.ArgumentsRoot)
    {
        (_environment, _places) = (environment, places);
    }

    public override string ClassName => "Arguments";

    public override bool TrySet(PropertyKey key, in JsValue value)
    {
        if (!IsMapped(key))
            return base.TrySet(key, value);
        _environment[_places[key.Index]] = value;
        return base.TrySet(key, value);
    }

    public override bool GetOwnProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        if (!base.GetOwnProperty(key, out descriptor))
            return false;
        if (IsMapped(key))
            descriptor = descriptor with { Value = _environment[_places[key.Index]] };
        return true;
    }

    public override bool Delete(PropertyKey key)
    {
        if (!base.Delete(key))
            return false;
        if (IsMapped(key))
            _places[key.Index] = 0;
        return true;
    }

    public override bool DefineOwnProperty(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (!IsMapped(key))
            return base.DefineOwnProperty(key, descriptor);
        int place = _places[key.Index];
        bool fixes = (descriptor.Present & PropertyAttributes.Writable) != 0 && !descriptor.IsWritable;
        var effective = fixes && !descriptor.HasValue ? descriptor with { Value = _environment[place], HasValue = true } : descriptor;
        if (!base.DefineOwnProperty(key, effective))
            return false;
        if (!descriptor.IsAccessor && descriptor.HasValue)
            _environment[place] = descriptor.Value;
        if (descriptor.IsAccessor || fixes)
            _places[key.Index] = 0;
        return true;
    }

    internal override JsIterator GetIterator() => new ArgumentsIterator(this);

    internal override bool TryGetOwnValue(PropertyKey key, in JsValue receiver, out JsValue value)
    {
        if (!IsMapped(key))
            return base.TryGetOwnValue(key, receiver, out value);
        value = _environment[_places[key.Index]];
        return true;
    }

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.VisitArray(_environment);
    }

    private bool IsMapped(PropertyKey key) => key.IsIndex && key.Index < (uint)_places.Length && _places[key.Index] != 0;
}

/// <summary>The <c>arguments</c> of a strict function or one with defaults, patterns or rest: shares nothing.</summary>
internal sealed class UnmappedArguments(JsEngine engine) : JsObject(engine.Intrinsics.ArgumentsRoot)
{
    public override string ClassName => "Arguments";

    internal override JsIterator GetIterator() => new ArgumentsIterator(this);
}

/// <summary>Walks through an arguments object up to its length at each step.</summary>
internal sealed class ArgumentsIterator(JsObject arguments) : JsIterator
{
    private uint _next;

    internal override bool MoveNext(out JsValue value)
    {
        value = default;
        if (_next >= TypeConversion.ToUint32(arguments.Get(PropertyKey.FromIdentifier("length"))))
            return false;
        value = arguments.Get(_next++);
        return true;
    }
}
