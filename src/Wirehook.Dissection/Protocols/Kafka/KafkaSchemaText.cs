using System.Globalization;

namespace Wirehook.Dissection.Protocols.Kafka;

/// <summary>
/// Reads the notation of <see cref="KafkaSchemas"/>: fields separated by spaces, each <c>name:type</c>, <c>name:type[]</c>, <c>name[fields]</c> for an array of
/// structs, <c>name&lt;fields&gt;</c> for a struct, or <c>name{first fields}</c> for an array that items show by its first element; behind it, <c>#tag</c> and the
/// versions <c>@1</c> (from 1 on) or <c>@1-4</c>.
/// </summary>
internal ref struct KafkaSchemaText(string text)
{
    private ReadOnlySpan<char> _rest = text;

    /// <summary>The fields of <paramref name="text"/>.</summary>
    public static KafkaField[] Parse(string text) => new KafkaSchemaText(text).ReadFields();

    private KafkaField[] ReadFields()
    {
        var fields = new List<KafkaField>();
        while (true)
        {
            _rest = _rest.TrimStart();
            if (_rest.IsEmpty || _rest[0] is ']' or '>' or '}') return [.. fields];
            fields.Add(ReadVersions(ReadTag(ReadField())));
        }
    }

    private KafkaField ReadField()
    {
        var name = ReadWord();
        var kind = _rest[0];
        _rest = _rest[1..];
        if (kind == ':')
        {
            var type = Enum.Parse<KafkaType>(ReadWord(), ignoreCase: true);
            var isArray = _rest.StartsWith("[]");
            if (isArray) _rest = _rest[2..];
            return new KafkaField { Name = name, Type = type, IsArray = isArray };
        }

        var first = kind == '{' ? ReadWord() : null;
        var fields = ReadFields();
        _rest = _rest[1..];
        return new KafkaField { Name = name, Type = KafkaType.Struct, IsArray = kind != '<', Fields = fields, FirstName = first };
    }

    private KafkaField ReadTag(KafkaField field)
    {
        if (_rest.IsEmpty || _rest[0] != '#') return field;
        _rest = _rest[1..];
        return field with { Tag = int.Parse(ReadWord(), CultureInfo.InvariantCulture) };
    }

    private KafkaField ReadVersions(KafkaField field)
    {
        if (_rest.IsEmpty || _rest[0] != '@') return field;
        _rest = _rest[1..];
        var from = short.Parse(ReadWord(), CultureInfo.InvariantCulture);
        if (_rest.IsEmpty || _rest[0] != '-') return field with { MinVersion = from };
        _rest = _rest[1..];
        return field with { MinVersion = from, MaxVersion = short.Parse(ReadWord(), CultureInfo.InvariantCulture) };
    }

    private string ReadWord()
    {
        var length = 0;
        while (length < _rest.Length && char.IsAsciiLetterOrDigit(_rest[length])) length++;
        var word = _rest[..length].ToString();
        _rest = _rest[length..];
        return word;
    }
}
