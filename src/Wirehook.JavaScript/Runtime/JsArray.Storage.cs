using Wirehook.JavaScript.Runtime;

namespace Wirehook.JavaScript;

public sealed partial class JsArray
{
    /// <summary>Sets the length, deleting elements from the end (§15.4.5.1 step 3).</summary>
    /// <returns>False when an element cannot be deleted; the length then ends behind it.</returns>
    internal bool TruncateOrExtend(uint length)
    {
        if (!_isSparse)
        {
            if (length < Length)
                TruncateDense(length);
            else if (length > (uint)_elements.Length && !IsNear(length - 1))
                ChangeToSparse();
            else
                FillHoles(length);
            Length = length;
            return true;
        }
        bool complete = length >= Length || DeleteSparseFrom(ref length);
        Length = length;
        return complete;
    }

    /// <summary>Replaces a part of an array whose elements lie in one block and whose length may change; the block grows ahead of its use.</summary>
    internal void SpliceDense(int start, int removed, ReadOnlySpan<JsValue> added)
    {
        int oldLength = (int)Length;
        int length = oldLength - removed + added.Length;
        var source = _elements;
        if (length > source.Length)
        {
            int size = (int)Math.Min(Math.Max(length, 4) * 2L, length + 4_000_000L);
            Engine.AccountArray(size);
            _elements = new JsValue[size];
            source.AsSpan(0, start).CopyTo(_elements);
        }
        source.AsSpan(start + removed, oldLength - start - removed).CopyTo(_elements.AsSpan(start + added.Length));
        added.CopyTo(_elements.AsSpan(start));
        if (length < oldLength)
            Array.Clear(_elements, length, oldLength - length);
        Length = (uint)length;
    }

    private bool SetLength(in JsValue value)
    {
        double number = Runtime.TypeConversion.ToNumber(value);
        uint length = Runtime.TypeConversion.ToUint32(number);
        if (length != number)
            throw Engine.RangeError("Invalid array length");
        return !_lengthIsReadOnly && TruncateOrExtend(length);
    }

    private bool DefineLength(in PropertyDescriptor descriptor)
    {
        bool makesReadOnly = (descriptor.Present & PropertyAttributes.Writable) != 0 && !descriptor.IsWritable;
        if (!descriptor.HasValue)
        {
            if (!MayRedefineLength(descriptor))
                return false;
            _lengthIsReadOnly |= makesReadOnly;
            return true;
        }
        double number = Runtime.TypeConversion.ToNumber(descriptor.Value);
        uint length = Runtime.TypeConversion.ToUint32(descriptor.Value);
        if (length != number)
            throw Engine.RangeError("Invalid array length");
        if (!MayRedefineLength(descriptor with { Value = JsValue.From((double)length) }))
            return false;
        bool done = length == Length || TruncateOrExtend(length);
        _lengthIsReadOnly |= makesReadOnly;
        return done;
    }

    private bool MayRedefineLength(in PropertyDescriptor descriptor)
    {
        GetOwnProperty(PropertyKey.FromIdentifier("length"), out var current);
        return MayRedefine(current, descriptor);
    }

    private bool IsPlain(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (descriptor.IsAccessor)
            return false;
        bool exists = key.Index < Length && !_elements[key.Index].IsEmpty;
        if (!exists)
            return descriptor.Present == PropertyAttributes.All && descriptor.Attributes == PropertyAttributes.All;
        return descriptor.HasValue && (descriptor.Attributes & descriptor.Present) == descriptor.Present;
    }

    private bool IsNear(uint index) => index < int.MaxValue / 32 && (index < (uint)_elements.Length || index <= Length + MaximumGap || index < Length * 2L);

    private bool TryStoreDense(uint index, in JsValue value)
    {
        if (_lengthIsReadOnly && index >= Length)
            return false;
        if (index >= (uint)_elements.Length)
        {
            int size = (int)Math.Max(Math.Max(index + 1, 4), Math.Min((uint)_elements.Length * 2L, index + 1 + 4_000_000));
            Engine.AccountArray(size - _elements.Length);
            Array.Resize(ref _elements, size);
        }
        if (index > Length)
            _elements.AsSpan((int)Length, (int)(index - Length)).Fill(JsValue.Empty);
        _elements[index] = value;
        if (index >= Length)
            Length = index + 1;
        return true;
    }

    private void FillHoles(uint length)
    {
        if (length > (uint)_elements.Length)
        {
            Engine.AccountArray((int)length - _elements.Length);
            Array.Resize(ref _elements, (int)length);
        }
        if (length > Length)
            _elements.AsSpan((int)Length, (int)(length - Length)).Fill(JsValue.Empty);
    }

    private void TruncateDense(uint length)
    {
        if (length == 0)
            _elements = [];
        else
            Array.Clear(_elements, (int)length, (int)(Length - length));
    }

    private bool TrySetSparse(PropertyKey key, in JsValue value)
    {
        if (key.Index >= Length && _lengthIsReadOnly)
            return false;
        if (!base.TrySet(key, value))
            return false;
        if (key.Index >= Length && base.HasOwnProperty(key))
            Length = key.Index + 1;
        return true;
    }

    private void ChangeToSparse()
    {
        if (_isSparse)
            return;
        ChangeToTable();
        var elements = _elements;
        uint length = Math.Min(Length, (uint)elements.Length);
        _isSparse = true;
        _elements = [];
        for (uint i = 0; i < length; i++)
        {
            if (!elements[i].IsEmpty)
                AddSlot(PropertyKey.FromIndex(i), elements[i], PropertyAttributes.All);
        }
    }

    private bool DeleteSparseFrom(ref uint length)
    {
        var indices = new List<uint>();
        Shape.Table!.CollectIndices(indices);
        indices.Sort();
        for (int i = indices.Count - 1; i >= 0 && indices[i] >= length; i--)
        {
            if (!base.Delete(PropertyKey.FromIndex(indices[i])))
            {
                length = indices[i] + 1;
                return false;
            }
        }
        return true;
    }
}
