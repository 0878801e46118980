using System.Globalization;

namespace Wirehook.Dissection.Protobuf;

/// <summary>
/// Reads what a <c>.proto</c> file declares (Protocol Buffers Language Specification, proto2 and proto3): messages, enums, maps, oneofs, groups, services. Options,
/// imports, extensions and reserved names are passed over.
/// </summary>
internal sealed class ProtoParser(ProtobufSchema schema, string text)
{
    private const int DepthLimit = 32;

    private static readonly Dictionary<string, FieldType> Scalars = new(StringComparer.Ordinal)
    {
        ["double"] = FieldType.Double,
        ["float"] = FieldType.Float,
        ["int64"] = FieldType.Int64,
        ["uint64"] = FieldType.UInt64,
        ["int32"] = FieldType.Int32,
        ["fixed64"] = FieldType.Fixed64,
        ["fixed32"] = FieldType.Fixed32,
        ["bool"] = FieldType.Bool,
        ["string"] = FieldType.String,
        ["bytes"] = FieldType.Bytes,
        ["uint32"] = FieldType.UInt32,
        ["sfixed32"] = FieldType.SFixed32,
        ["sfixed64"] = FieldType.SFixed64,
        ["sint32"] = FieldType.SInt32,
        ["sint64"] = FieldType.SInt64,
    };

    private readonly ProtoTokens _tokens = new(text);
    private string _package = "";
    private string? _error;

    /// <summary>Adds the declarations to the schema. Returns the line and what is wrong there, or null.</summary>
    public string? Parse()
    {
        while (_error is null && _tokens.Peek().Length > 0)
        {
            switch (_tokens.Take())
            {
                case "package":
                    _package = _tokens.Take();
                    Expect(";");
                    break;
                case "message":
                    ReadMessage(_package, 0);
                    break;
                case "enum":
                    ReadEnum(_package);
                    break;
                case "service":
                    ReadService();
                    break;
                case ";":
                    break;
                case "syntax" or "edition" or "import" or "option" or "extend":
                    SkipStatement();
                    break;
                default:
                    Fail("a declaration such as message, enum or service is expected");
                    break;
            }
        }

        return _error;
    }

    private void ReadMessage(string scope, int depth)
    {
        var message = new MessageType(Join(scope, _tokens.Take()));
        schema.AddMessage(message);
        ReadFields(message, depth);
    }

    private void ReadFields(MessageType message, int depth)
    {
        if (depth > DepthLimit) _error ??= $"{_tokens.LatestLine}: messages are nested too deeply.";
        Expect("{");
        while (_error is null && !_tokens.TryTake("}"))
        {
            if (_tokens.Peek().Length == 0) Expect("}");
            else ReadMember(message, depth);
        }
    }

    private void ReadMember(MessageType message, int depth)
    {
        var word = _tokens.Take();
        switch (word)
        {
            case ";":
                break;
            case "message" when _tokens.Peek() != "=":
                ReadMessage(message.FullName, depth + 1);
                break;
            case "enum":
                ReadEnum(message.FullName);
                break;
            case "oneof":
                _tokens.Take();
                ReadFields(message, depth + 1);
                break;
            case "option" or "reserved" or "extensions" or "extend":
                SkipStatement();
                break;
            case "map" when _tokens.TryTake("<"):
                ReadMap(message);
                break;
            case "repeated" or "optional" or "required":
                ReadField(message, _tokens.Take(), word == "repeated", depth);
                break;
            default:
                ReadField(message, word, repeated: false, depth);
                break;
        }
    }

    private void ReadField(MessageType message, string type, bool repeated, int depth)
    {
        var name = _tokens.Take();
        Expect("=");
        if (!int.TryParse(_tokens.Take(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) Fail("the number of a field is expected");
        if (type == "group")
        {
            if (_tokens.Peek() == "[") SkipBrackets();
            var group = new MessageType(Join(message.FullName, name));
            schema.AddMessage(group);
            message.Fields[number] = new MessageField(name.ToLowerInvariant(), number, FieldType.Group, name, repeated);
            ReadFields(group, depth + 1);
            return;
        }

        message.Fields[number] = Field(type, name, number, repeated);
        EndField();
    }

    private void ReadMap(MessageType message)
    {
        var key = _tokens.Take();
        Expect(",");
        var value = _tokens.Take();
        Expect(">");
        var name = _tokens.Take();
        Expect("=");
        if (!int.TryParse(_tokens.Take(), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) Fail("the number of a field is expected");
        var entry = new MessageType(Join(message.FullName, name + "Entry")) { IsMapEntry = true };
        entry.Fields[1] = Field(key, "key", 1, repeated: false);
        entry.Fields[2] = Field(value, "value", 2, repeated: false);
        schema.AddMessage(entry);
        message.Fields[number] = new MessageField(name, number, FieldType.Message, "." + entry.FullName, repeated: true);
        EndField();
    }

    private static MessageField Field(string type, string name, int number, bool repeated) =>
        Scalars.TryGetValue(type, out var scalar) ? new MessageField(name, number, scalar, "", repeated) : new MessageField(name, number, FieldType.Unknown, type, repeated);

    private void EndField()
    {
        if (_tokens.Peek() == "[") SkipBrackets();
        Expect(";");
    }

    private void ReadEnum(string scope)
    {
        var name = _tokens.Take();
        var names = new Dictionary<int, string>();
        Expect("{");
        while (_error is null && !_tokens.TryTake("}"))
        {
            var word = _tokens.Take();
            if (word is "option" or "reserved")
            {
                SkipStatement();
                continue;
            }

            if (word == ";") continue;
            Expect("=");
            names.TryAdd(ReadInteger(_tokens.Take()), word);
            EndField();
        }

        schema.AddEnum(Join(scope, name), names);
    }

    private int ReadInteger(string token)
    {
        var digits = token.TrimStart('-', '+');
        var isHex = digits.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        var style = isHex ? NumberStyles.HexNumber : NumberStyles.None;
        if (!long.TryParse(isHex ? digits[2..] : digits, style, CultureInfo.InvariantCulture, out var value)) Fail("the number of an enum value is expected");
        return (int)(token.StartsWith('-') ? -value : value);
    }

    private void ReadService()
    {
        var service = Join(_package, _tokens.Take());
        Expect("{");
        while (_error is null && !_tokens.TryTake("}"))
        {
            if (_tokens.TryTake(";")) continue;
            if (!_tokens.TryTake("rpc"))
            {
                if (_tokens.Take() == "option") SkipStatement();
                else Fail("rpc or option is expected");
                continue;
            }

            var method = _tokens.Take();
            var input = ReadMethodType();
            Expect("returns");
            schema.AddMethod(service, method, input, ReadMethodType());
            if (_tokens.Peek() == "{") SkipBraces();
            else Expect(";");
        }
    }

    private string ReadMethodType()
    {
        Expect("(");
        var type = _tokens.Take();
        if (type == "stream" && _tokens.Peek() != ")") type = _tokens.Take();
        Expect(")");
        return type;
    }

    private void SkipStatement()
    {
        while (_tokens.Peek().Length > 0)
        {
            if (_tokens.Peek() == "{")
            {
                SkipBraces();
                _tokens.TryTake(";");
                return;
            }

            if (_tokens.Take() == ";") return;
        }
    }

    private void SkipBraces() => SkipPair("{", "}");

    private void SkipBrackets() => SkipPair("[", "]");

    private void SkipPair(string open, string close)
    {
        var depth = 0;
        while (_tokens.Peek().Length > 0)
        {
            var token = _tokens.Take();
            if (token == open) depth++;
            if (token == close && --depth == 0) return;
        }

        Expect(close);
    }

    private void Expect(string token)
    {
        if (!_tokens.TryTake(token)) _error ??= $"{_tokens.NextLine}: {token} is expected, not \"{_tokens.Peek()}\".";
    }

    /// <summary>The latest token is wrong.</summary>
    private void Fail(string what) => _error ??= $"{_tokens.LatestLine}: {what}, not \"{_tokens.Latest}\".";

    private static string Join(string scope, string name) => scope.Length == 0 ? name : scope + "." + name;
}
