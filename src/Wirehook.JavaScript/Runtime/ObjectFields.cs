namespace Wirehook.JavaScript.Runtime;

/// <summary>The enumerable properties of an object by position, for showing some of them without listing all.</summary>
internal static class ObjectFields
{
    /// <summary>Positions to ask for; some may be empty.</summary>
    internal static int Count(JsObject o) => o.Shape.Host is { } host ? host.Properties.Length : o.Shape.Table is { } table ? table.SlotCount : o.Shape.Count;

    /// <summary>The property at a position; false where there is none to show.</summary>
    internal static bool TryGet(JsObject o, int position, out string name, out JsValue value, out bool isAccessor)
    {
        isAccessor = false;
        if (o.Shape.Host is { } host && o is HostRecord record)
        {
            name = host.Properties[position].Name;
            value = record.ReadField(host, position);
            return !value.IsEmpty;
        }
        value = o.Slots[position];
        PropertyAttributes attributes;
        if (o.Shape.Table is not { } table)
        {
            (name, attributes) = (o.Shape.NameAt(position), o.Shape.AttributesAt(position));
        }
        else
        {
            bool isUsed = table.TryGetEntry(position, out var key, out attributes);
            name = isUsed ? key.ToString() : "";
            if (!isUsed)
                return false;
        }
        isAccessor = (attributes & PropertyAttributes.Accessor) != 0;
        return (attributes & PropertyAttributes.Enumerable) != 0;
    }
}
