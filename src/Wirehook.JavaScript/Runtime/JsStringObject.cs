namespace Wirehook.JavaScript.Runtime;

/// <summary>A String object (ES5.1 §15.5.5): its characters and length are own properties.</summary>
internal sealed class JsStringObject(Shape shape, string value) : JsObject(shape)
{
    public override string ClassName => "String";

    internal string PrimitiveValue { get; } = value;

    public override bool TrySet(PropertyKey key, in JsValue value) => !IsOwnCharacter(key) && base.TrySet(key, value);

    public override bool HasOwnProperty(PropertyKey key) => IsOwnCharacter(key) || base.HasOwnProperty(key);

    public override bool GetOwnProperty(PropertyKey key, out PropertyDescriptor descriptor)
    {
        if (!IsOwnCharacter(key))
            return base.GetOwnProperty(key, out descriptor);
        descriptor = key.IsIndex
            ? PropertyDescriptor.Data(Character(key.Index), PropertyAttributes.Enumerable)
            : PropertyDescriptor.Data(JsValue.From((double)PrimitiveValue.Length), PropertyAttributes.None);
        return true;
    }

    public override bool Delete(PropertyKey key) => !IsOwnCharacter(key) && base.Delete(key);

    public override bool DefineOwnProperty(PropertyKey key, in PropertyDescriptor descriptor)
    {
        if (!IsOwnCharacter(key))
            return base.DefineOwnProperty(key, descriptor);
        GetOwnProperty(key, out var current);
        return MayRedefine(current, descriptor);
    }

    public override void CollectOwnKeys(List<PropertyKey> keys)
    {
        for (int i = 0; i < PrimitiveValue.Length; i++)
            keys.Add(PropertyKey.FromIndex((uint)i));
        if (Shape.Table is { } table)
            CollectSlotIndices(keys, table);
        keys.Add("length");
        int start = keys.Count;
        CollectSlotKeys(keys);
        for (int i = keys.Count - 1; i >= start; i--)
        {
            if (keys[i].IsIndex)
                keys.RemoveAt(i);
        }
    }

    internal override JsIterator GetIterator() => new StringIterator(PrimitiveValue);

    internal override bool TryGetOwnValue(PropertyKey key, in JsValue receiver, out JsValue value)
    {
        if (!IsOwnCharacter(key))
            return base.TryGetOwnValue(key, receiver, out value);
        value = key.IsIndex ? Character(key.Index) : JsValue.From((double)PrimitiveValue.Length);
        return true;
    }

    internal override bool IsOrdinaryName(string name) => name != "length";

    internal override void Trace(MemoryTracer tracer)
    {
        base.Trace(tracer);
        tracer.VisitString(PrimitiveValue);
    }

    private bool IsOwnCharacter(PropertyKey key) => key.IsIndex ? key.Index < (uint)PrimitiveValue.Length : key.Name == "length";

    private JsValue Character(uint index) => JsValue.From(SingleCharacter.Text(PrimitiveValue[(int)index]));
}

/// <summary>Walks through a string by code points, as <c>for…of</c> does.</summary>
internal sealed class StringIterator(string text) : JsIterator
{
    private int _position;

    internal override bool MoveNext(out JsValue value)
    {
        value = default;
        if (_position >= text.Length)
            return false;
        int length = _position + 1 < text.Length && char.IsSurrogatePair(text[_position], text[_position + 1]) ? 2 : 1;
        value = JsValue.From(length == 1 ? SingleCharacter.Text(text[_position]) : text.Substring(_position, 2));
        _position += length;
        return true;
    }
}

/// <summary>Strings of one character; those of Latin-1 are shared.</summary>
internal static class SingleCharacter
{
    private static readonly string[] Latin = CreateLatin();

    internal static string Text(char c) => c < Latin.Length ? Latin[c] : c.ToString();

    private static string[] CreateLatin()
    {
        var texts = new string[256];
        for (int i = 0; i < texts.Length; i++)
            texts[i] = string.Intern(((char)i).ToString());
        return texts;
    }
}
