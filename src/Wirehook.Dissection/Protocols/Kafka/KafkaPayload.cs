using System.Text;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>Reads the body of a message by its schema.</summary>
internal ref struct KafkaPayload
{
    private readonly ReadOnlyMemory<byte> _data;
    private readonly short _version;
    private readonly bool _flexible;
    private readonly KafkaBudget _budget;
    private KafkaReader _reader;

    private KafkaPayload(ReadOnlyMemory<byte> data, KafkaSchema schema, short version, KafkaBudget budget)
    {
        (_data, _version, _budget) = (data, version, budget);
        _flexible = version >= schema.FirstFlexible;
        _reader = new KafkaReader(data.Span);
    }

    private KafkaPayload(KafkaPayload outer, ReadOnlyMemory<byte> data)
    {
        (_data, _version, _flexible, _budget) = (data, outer._version, outer._flexible, outer._budget);
        _reader = new KafkaReader(data.Span);
    }

    /// <summary>The values by name; of a body that is damaged or not all there, what comes before that.</summary>
    /// <param name="data">The body, behind the message's header.</param>
    /// <param name="schema">Its fields.</param>
    /// <param name="version">The version.</param>
    /// <param name="budget">What it may cost.</param>
    /// <param name="fit">How well the body fits.</param>
    public static FieldMap Read(ReadOnlyMemory<byte> data, KafkaSchema schema, short version, KafkaBudget budget, out KafkaFit fit)
    {
        var payload = new KafkaPayload(data, schema, version, budget);
        var map = payload.ReadStruct(schema.Fields);
        fit = payload._reader switch { { IsAtEnd: true } => KafkaFit.Exact, { Invalid: true } or { Ok: true } => KafkaFit.No, _ => KafkaFit.Beginning };
        return map;
    }

    private FieldMap ReadStruct(KafkaField[] fields)
    {
        var names = new List<string>(fields.Length);
        var values = new List<FieldValue>(fields.Length);
        foreach (var field in fields)
        {
            if (field.Tag >= 0 || !field.IsIn(_version)) continue;
            if (!_reader.Ok || !_budget.TakeValue()) break;
            values.Add(Read(field));
            names.Add(field.Name);
        }

        if (_flexible && _reader.Ok) ReadTagged(fields, names, values);
        return new FieldMap([.. names], [.. values]);
    }

    /// <summary>The tagged fields at the end of a struct (KIP-482): those that are known, each within its own length.</summary>
    private void ReadTagged(KafkaField[] fields, List<string> names, List<FieldValue> values)
    {
        var count = _reader.UnsignedVarint();
        for (ulong i = 0; i < count && _reader.Ok && _budget.TakeValue(); i++)
        {
            var tag = _reader.UnsignedVarint();
            var length = _reader.UnsignedVarint();
            var start = _reader.Position;
            var content = _reader.Bytes((int)Math.Min(length, int.MaxValue));
            var field = FindTagged(fields, tag, _version);
            if (field is null || content.IsEmpty || names.Contains(field.Name)) continue;
            var tagged = new KafkaPayload(this, _data.Slice(start, content.Length));
            values.Add(tagged.Read(field));
            names.Add(field.Name);
            if (!tagged._reader.IsAtEnd) _reader.Refuse();
        }
    }

    private static KafkaField? FindTagged(KafkaField[] fields, ulong tag, short version) =>
        Array.Find(fields, f => f.Tag >= 0 && (ulong)f.Tag == tag && f.IsIn(version));

    private FieldValue Read(KafkaField field) => field.IsArray ? ReadArray(field) : ReadOne(field);

    private FieldValue ReadOne(KafkaField field)
    {
        switch (field.Type)
        {
            case KafkaType.Bool: return FieldValue.From(_reader.Byte() != 0);
            case KafkaType.Int8: return FieldValue.From((sbyte)_reader.Byte());
            case KafkaType.Int16: return FieldValue.From(_reader.Int16());
            case KafkaType.Int32: return FieldValue.From(_reader.Int32());
            case KafkaType.Int64: return FieldValue.From(_reader.Int64());
            case KafkaType.Uuid: return FieldValue.From(UuidText(_reader.Bytes(16)));
            case KafkaType.String: return ReadString();
            case KafkaType.Bytes: return FieldValue.From(Convert.ToBase64String(_reader.Bytes(Math.Max(0, _reader.Length(_flexible, wide: true)))));
            case KafkaType.Records: return ReadRecords();
            default: return FieldValue.From(ReadStruct(field.Fields));
        }
    }

    private FieldValue ReadString()
    {
        var bytes = _reader.Bytes(Math.Max(0, _reader.Length(_flexible, wide: false)));
        return FieldValue.From(Encoding.UTF8.GetString(bytes));
    }

    private FieldValue ReadArray(KafkaField field)
    {
        var count = _reader.Length(_flexible, wide: true);
        if (count < 0) return FieldValue.Null;
        var elements = new List<FieldValue>();
        for (var i = 0; i < count && _reader.Ok && _budget.TakeValue(); i++) elements.Add(ReadOne(field));
        return field.FirstName is null ? FieldValue.From(elements) : FirstOf(field.FirstName, elements, count);
    }

    /// <summary>The shape of the seed system for arrays of which it shows the first element only; the others stand behind it.</summary>
    private static FieldValue FirstOf(string name, List<FieldValue> elements, int count)
    {
        string[] names = elements.Count > 1 ? ["length", name, "more"] : ["length", name];
        FieldValue[] values = [FieldValue.From(count), elements.Count > 0 ? elements[0] : FieldValue.Null, FieldValue.From(elements.Skip(1).ToList())];
        return FieldValue.From(new FieldMap(names, values[..names.Length]));
    }

    /// <summary>Records: those that are there, where the message is cut.</summary>
    private FieldValue ReadRecords()
    {
        var length = Math.Max(0, _reader.Length(_flexible, wide: true));
        var start = _reader.Position;
        var records = _reader.Bytes(length);
        if (_reader.Ended) records = _reader.TakeRest();
        return FieldValue.From(new KafkaRecordSet(_data.Slice(start, records.Length), _budget));
    }

    /// <summary>As Kafka's own tools print it: base64 for URLs, without padding.</summary>
    private static string UuidText(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
