using System.Runtime.CompilerServices;
using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

/// <summary>An array (ES5.1 §15.4.5). Elements lie in one block while they are plain and close together, in a table otherwise.</summary>
public sealed partial class JsArray : JsObject
{
    /// <summary>An index beyond the used part by more than this, when also more than twice as far, makes the array sparse.</summary>
    private const uint MaximumGap = 4096;

    private JsValue[] _elements;
    private bool _isSparse;
    private bool _lengthIsReadOnly;

    internal JsArray(JsEngine engine, JsValue[] elements, uint length)
        : base(engine.Intrinsics.ArrayRoot)
    {
        (_elements, Length) = (elements, length);
        engine.AccountArray(elements.Length);
    }

    internal JsArray(Shape shape)
        : base(shape)
    {
        _elements = [];
    }

    /// <inheritdoc/>
    public override string ClassName => "Array";

    /// <summary>The array's length.</summary>
    public uint Length { get; private set; }

    /// <summary>Whether the length may be changed.</summary>
    internal bool HasWritableLength => !_lengthIsReadOnly;

    /// <summary>The elements of an array that has them in one block; holes are <see cref="JsValue.Empty"/>. Do not keep it across calls into scripts.</summary>
    /// <returns>False for a sparse array.</returns>
    internal bool TryGetDense(out Span<JsValue> elements)
    {
        elements = _isSparse ? default : _elements.AsSpan(0, (int)Length);
        return !_isSparse;
    }

    /// <summary>Whether a missing index certainly reads as undefined and may be written without asking the prototypes.</summary>
    internal bool HasPlainPrototypes =>
        ReferenceEquals(Shape.Prototype, Engine.Intrinsics.ArrayPrototype) && !Engine.PrototypesHaveIndices;

    /// <summary>The element at an index when it is there in the block; the fast path of <c>a[i]</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal bool TryGetElement(double index, out JsValue value)
    {
        int i = (int)index;
        var elements = _elements;
        if (i == index && (uint)i < (uint)elements.Length && (uint)i < Length && !_isSparse)
        {
            value = elements[i];
            return !value.IsEmpty;
        }
        value = default;
        return false;
    }

    /// <summary>Overwrites or appends an element of the block; the fast path of <c>a[i] = v</c>.</summary>
    internal bool TrySetElement(double index, in JsValue value)
    {
        int i = (int)index;
        if (i != index || _isSparse)
            return false;
        if ((uint)i < Length && !_elements[i].IsEmpty)
        {
            _elements[i] = value;
            return true;
        }
        return i >= 0 && (uint)i <= Length && HasPlainPrototypes && TryStoreDense((uint)i, value);
    }

    /// <summary>Appends an element of its own, whatever the prototypes hold at the index.</summary>
    public void Add(in JsValue value)
    {
        if (!TrySetElement(Length, value))
            DefineOwnProperty(PropertyKey.FromIndex(Length), PropertyDescriptor.Data(value));
    }

    /// <inheritdoc/>
    public override bool TrySet(PropertyKey key, in JsValue value)
    {
        if (!key.IsIndex)
            return key.Name == "length" ? !_lengthIsReadOnly && SetLength(value) : base.TrySet(key, value);
        if (_isSparse)
            return TrySetSparse(key, value);
        if (key.Index < Length && !_elements[key.Index].IsEmpty)
        {
            _elements[key.Index] = value;
            return true;
        }
        if (!HasPlainPrototypes && Shape.Prototype is { } prototype && prototype.GetProperty(key, out _))
        {
            ChangeToSparse();
            return TrySetSparse(key, value);
        }
        return DefineOwnProperty(key, PropertyDescriptor.Data(value));
    }

    /// <inheritdoc/>
    public override bool HasOwnProperty(PropertyKey key)
    {
        if (!key.IsIndex)
            return key.Name == "length" || base.HasOwnProperty(key);
        return _isSparse ? base.HasOwnProperty(key) : key.Index < Length && !_elements[key.Index].IsEmpty;
    }

    /// <inheritdoc/>
    public override bool GetOwnProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        if (!key.IsIndex && key.Name == "length")
        {
            descriptor = PropertyDescriptor.Data(JsValue.From((double)Length), _lengthIsReadOnly ? PropertyAttributes.None : PropertyAttributes.Writable);
            return true;
        }
        if (!key.IsIndex || _isSparse)
            return base.GetOwnProperty(key, out descriptor);
        bool exists = key.Index < Length && !_elements[key.Index].IsEmpty;
        descriptor = exists ? PropertyDescriptor.Data(_elements[key.Index]) : default;
        return exists;
    }

    /// <inheritdoc/>
    public override bool Delete(PropertyKey key)
    {
        if (!key.IsIndex)
            return key.Name != "length" && base.Delete(key);
        if (_isSparse)
            return base.Delete(key);
        if (key.Index < Length)
            _elements[key.Index] = JsValue.Empty;
        return true;
    }

    /// <inheritdoc/>
    public override bool DefineOwnProperty(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (!key.IsIndex)
            return key.Name == "length" ? DefineLength(descriptor) : base.DefineOwnProperty(key, descriptor);
        if (key.Index >= Length && _lengthIsReadOnly)
            return false;
        if (!_isSparse)
        {
            if (IsPlain(key, descriptor) && IsNear(key.Index) && !Shape.IsPrototypeShape)
                return TryStoreDense(key.Index, descriptor.Value);
            ChangeToSparse();
        }
        if (!DefineOrdinary(key, descriptor))
            return false;
        if (key.Index >= Length)
            Length = key.Index + 1;
        return true;
    }

    /// <inheritdoc/>
    public override void PreventExtensions()
    {
        ChangeToSparse();
        base.PreventExtensions();
    }

    /// <inheritdoc/>
    public override void CollectOwnKeys(List<PropertyKey> keys)
    {
        if (!_isSparse)
        {
            for (uint i = 0; i < Length; i++)
            {
                if (!_elements[i].IsEmpty)
                    keys.Add(PropertyKey.FromIndex(i));
            }
        }
        else if (Shape.Table is { } table)
        {
            CollectSlotIndices(keys, table);
        }
        keys.Add(PropertyKey.FromIdentifier("length"));
        int start = keys.Count;
        CollectSlotKeys(keys);
        for (int i = keys.Count - 1; i >= start; i--)
        {
            if (keys[i].IsIndex)
                keys.RemoveAt(i);
        }
    }

    internal override JsIterator GetIterator() => new ArrayIterator(this);

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.VisitArray(_elements);
    }

    internal override bool TryGetOwnValue(PropertyKey key, in JsValue receiver, out JsValue value)
    {
        if (!key.IsIndex)
        {
            if (key.Name != "length")
                return base.TryGetOwnValue(key, receiver, out value);
            value = JsValue.From((double)Length);
            return true;
        }
        if (_isSparse)
            return base.TryGetOwnValue(key, receiver, out value);
        bool exists = key.Index < Length && !_elements[key.Index].IsEmpty;
        value = exists ? _elements[key.Index] : default;
        return exists;
    }

    internal override bool IsOrdinaryName(string name) => name != "length";
}

/// <summary>Walks through an array by index up to its length at each step.</summary>
internal sealed class ArrayIterator(JsArray array) : JsIterator
{
    private uint _next;

    internal override bool MoveNext(out JsValue value)
    {
        if (_next >= array.Length)
        {
            value = default;
            return false;
        }
        if (!array.TryGetElement(_next, out value))
            value = array.Get(_next);
        _next++;
        return true;
    }
}
