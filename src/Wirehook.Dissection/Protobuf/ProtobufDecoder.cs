using System.Globalization;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protobuf;

/// <summary>
/// Decodes one protocol buffer: fields of a known type by name, others by number with the value that is most likely. Depth and number of fields are bounded,
/// whatever the bytes promise.
/// </summary>
internal sealed class ProtobufDecoder
{
    private const int DepthLimit = 32;
    private const int FieldLimit = 10_000;
    private int _fields;

    /// <summary>Whether the limit on fields left some out.</summary>
    public bool Cut { get; private set; }

    /// <summary>The fields of <paramref name="data"/>; null where it is no protocol buffer.</summary>
    /// <param name="data">The bytes.</param>
    /// <param name="type">Its type, or null where that is not known.</param>
    public FieldMap? Decode(ReadOnlySpan<byte> data, MessageType? type)
    {
        var reader = new WireReader(data);
        var map = default(FieldMapBuilder);
        return DecodeFields(ref reader, ref map, type, 0, group: 0) ? map.Build() : null;
    }

    private bool DecodeFields(ref WireReader reader, ref FieldMapBuilder map, MessageType? type, int depth, int group)
    {
        if (depth > DepthLimit) return false;
        Dictionary<string, MapEntries>? maps = null;
        var valid = DecodeFields(ref reader, ref map, ref maps, type, depth, group);
        foreach (var (name, entries) in maps ?? []) map[name] = FieldValue.From(entries.Builder.Build());
        return valid;
    }

    private bool DecodeFields(ref WireReader reader, ref FieldMapBuilder map, ref Dictionary<string, MapEntries>? maps, MessageType? type, int depth, int group)
    {
        while (!reader.AtEnd)
        {
            if (!reader.Read()) return false;
            if (reader.Type == WireType.EndGroup) return reader.Number == group;
            if (++_fields > FieldLimit)
            {
                Cut = true;
                return true;
            }

            var field = type?.Fields.GetValueOrDefault(reader.Number);
            var valid = field switch
            {
                null => AddGuess(ref reader, ref map, depth),
                { Message: { IsMapEntry: true } entry } when reader.Type == WireType.Length => AddEntry(ref maps, field, entry, reader.Bytes, depth),
                _ => AddKnown(ref reader, ref map, field, depth),
            };
            if (!valid) return false;
        }

        return group == 0;
    }

    private bool AddGuess(ref WireReader reader, ref FieldMapBuilder map, int depth)
    {
        var number = reader.Number;
        var name = number.ToString(CultureInfo.InvariantCulture);
        if (reader.Type == WireType.StartGroup)
        {
            var inner = default(FieldMapBuilder);
            if (!DecodeFields(ref reader, ref inner, null, depth + 1, number)) return false;
            Add(ref map[name], FieldValue.From(inner.Build()), repeated: false);
            return true;
        }

        Add(ref map[name], reader.Type == WireType.Length ? GuessBytes(reader.Bytes, depth) : ProtobufScalar.Guess(reader.Type, reader.Value), repeated: false);
        return true;
    }

    /// <summary>Text where it is printable, otherwise a message where it is one, otherwise base64. A tag byte that is also a line end begins a message.</summary>
    private FieldValue GuessBytes(ReadOnlySpan<byte> bytes, int depth)
    {
        var text = ProtobufScalar.ReadText(bytes, out var printable);
        if (text is not null && printable) return FieldValue.From(text);
        var reader = new WireReader(bytes);
        var map = default(FieldMapBuilder);
        if (DecodeFields(ref reader, ref map, null, depth + 1, group: 0)) return FieldValue.From(map.Build());
        return FieldValue.From(text ?? Convert.ToBase64String(bytes));
    }

    private bool AddKnown(ref WireReader reader, ref FieldMapBuilder map, MessageField field, int depth)
    {
        if (reader.Type == WireType.StartGroup)
        {
            var inner = default(FieldMapBuilder);
            if (!DecodeFields(ref reader, ref inner, field.Message, depth + 1, field.Number)) return false;
            Add(ref map[field.Name], FieldValue.From(inner.Build()), field.Repeated);
            return true;
        }

        if (reader.Type != WireType.Length)
        {
            Add(ref map[field.Name], ProtobufScalar.Read(field, reader.Type, reader.Value), field.Repeated);
            return true;
        }

        switch (field.Type)
        {
            case FieldType.Message or FieldType.Group when field.Message is { } type:
                return AddMessage(ref map, field, type, reader.Bytes, depth);
            case FieldType.String:
                Add(ref map[field.Name], FieldValue.From(System.Text.Encoding.UTF8.GetString(reader.Bytes)), field.Repeated);
                return true;
            case FieldType.Bytes:
                Add(ref map[field.Name], FieldValue.From(Convert.ToBase64String(reader.Bytes)), field.Repeated);
                return true;
            case FieldType.Unknown or FieldType.Message or FieldType.Group:
                Add(ref map[field.Name], GuessBytes(reader.Bytes, depth), field.Repeated);
                return true;
            default:
                return AddPacked(ref map, field, reader.Bytes);
        }
    }

    private bool AddMessage(ref FieldMapBuilder map, MessageField field, MessageType type, ReadOnlySpan<byte> bytes, int depth)
    {
        var reader = new WireReader(bytes);
        var inner = default(FieldMapBuilder);
        if (!DecodeFields(ref reader, ref inner, type, depth + 1, group: 0)) return false;
        Add(ref map[field.Name], FieldValue.From(inner.Build()), field.Repeated);
        return true;
    }

    private bool AddEntry(ref Dictionary<string, MapEntries>? maps, MessageField field, MessageType type, ReadOnlySpan<byte> bytes, int depth)
    {
        var reader = new WireReader(bytes);
        var inner = default(FieldMapBuilder);
        if (!DecodeFields(ref reader, ref inner, type, depth + 1, group: 0)) return false;
        var entry = inner.Build();
        maps ??= new Dictionary<string, MapEntries>(StringComparer.Ordinal);
        if (!maps.TryGetValue(field.Name, out var entries)) maps.Add(field.Name, entries = new MapEntries());
        var value = entry.Find("value");
        entries.Builder[ProtobufScalar.ToKey(entry.Find("key"))] = value.Kind == FieldKind.Absent ? FieldValue.Null : value;
        return true;
    }

    /// <summary>Many numbers in one field.</summary>
    private bool AddPacked(ref FieldMapBuilder map, MessageField field, ReadOnlySpan<byte> bytes)
    {
        var wire = ProtobufScalar.WireTypeOf(field.Type);
        while (!bytes.IsEmpty)
        {
            if (!ProtobufScalar.TryTake(ref bytes, wire, out var value)) return false;
            if (++_fields > FieldLimit)
            {
                Cut = true;
                return true;
            }

            Add(ref map[field.Name], ProtobufScalar.Read(field, wire, value), repeated: true);
        }

        return true;
    }

    private static void Add(ref FieldValue slot, FieldValue value, bool repeated)
    {
        if (slot.Kind == FieldKind.List) ((List<FieldValue>)slot.AsList).Add(value);
        else if (slot.Kind != FieldKind.Absent) slot = FieldValue.From(new List<FieldValue> { slot, value });
        else slot = repeated ? FieldValue.From(new List<FieldValue> { value }) : value;
    }

    private sealed class MapEntries
    {
        public FieldMapBuilder Builder;
    }
}
