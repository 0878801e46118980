using System.Globalization;
using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>Turns the kept bytes of a message into the values of its record.</summary>
internal ref struct RedisContentReader
{
    private const int DeepestList = 32;
    private RespReader _reader;
    private bool _encoded;
    private List<FieldValue>? _attributes;

    /// <summary>Reads a message.</summary>
    public static RedisContent Read(in RedisBytes bytes, bool isRequest)
    {
        if (bytes.Inline) return ReadInline(bytes.Bytes.Span);
        var reader = new RedisContentReader { _reader = new RespReader(bytes.Bytes.Span) };
        var content = new RedisContent();
        if (!reader.TryReadValue(out var token)) return content;
        content.TypeName = NameOf(token.Kind);
        content.IsNull = token.IsNull;
        if (token.IsAggregate) reader.ReadAggregate(content, token, isRequest);
        else reader.ReadScalar(content, token);
        content.Attributes = reader._attributes;
        content.IsEncoded = reader._encoded;
        return content;
    }

    private static RedisContent ReadInline(ReadOnlySpan<byte> line)
    {
        var encoded = false;
        var words = RespReader.ToText(line.TrimEnd("\r\n"u8), ref encoded).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var content = new RedisContent { TypeName = "Inline", IsEncoded = encoded };
        SetCommand(content, [.. words.Select(w => FieldValue.From(w))]);
        return content;
    }

    private static void SetCommand(RedisContent content, FieldValue[] words)
    {
        if (words.Length > 0) content.Command = TextOf(words[0]).ToUpperInvariant();
        if (words.Length > 1) content.Key = TextOf(words[1]);
        if (words.Length == 3) content.Value = TextOf(words[2]);
        else if (words.Length > 3) content.Value = JoinFrom(words, 2);
        content.Arguments = words.Length == 0 ? [] : [.. words.Skip(1).Select(w => w.Kind == FieldKind.String ? w : FieldValue.From(TextOf(w)))];
    }

    private static string NameOf(byte kind) => kind switch
    {
        (byte)'+' => "Simple String",
        (byte)'-' => "Error",
        (byte)':' => "Integer",
        (byte)'$' => "Bulk String",
        (byte)'*' => "Array",
        (byte)'_' => "Null",
        (byte)'#' => "Boolean",
        (byte)',' => "Double",
        (byte)'(' => "Big Number",
        (byte)'!' => "Bulk Error",
        (byte)'=' => "Verbatim String",
        (byte)'%' => "Map",
        (byte)'~' => "Set",
        (byte)'>' => "Push",
        _ => "",
    };

    private static string TextOf(in FieldValue value) => value.Kind switch
    {
        FieldKind.String => value.AsString,
        FieldKind.Number => JsonNotation.EcmaNumber(value.AsNumber),
        FieldKind.Boolean => value.AsBoolean ? "true" : "false",
        FieldKind.List => JoinFrom(value.AsList, 0),
        _ => "nil",
    };

    private static string JoinFrom(IReadOnlyList<FieldValue> values, int start)
    {
        var text = new StringBuilder("[");
        for (var i = start; i < values.Count; i++) text.Append(i > start ? ", " : "").Append(TextOf(values[i]));
        return text.Append(']').ToString();
    }

    /// <summary>An error's text as the reference names it: its class before what the server sent.</summary>
    private static string NameError(string text)
    {
        var code = text.Split(' ', 2)[0];
        var name = code switch
        {
            "MOVED" => "MovedDataError",
            "ASK" => "AskDataError",
            "CLUSTERDOWN" => "ClusterDownError",
            "BUSY" => "BusyError",
            "NOSCRIPT" => "NoScriptError",
            _ => "DataError",
        };
        return name + ": " + text;
    }

    private void ReadScalar(RedisContent content, in RespToken token)
    {
        if (token.IsNull) return;
        var text = RespReader.ToText(token.Text, ref _encoded);
        switch (token.Kind)
        {
            case (byte)'+' when text.ToUpperInvariant() is "OK" or "PONG" or "QUEUED":
                content.Keyword = text.ToUpperInvariant();
                break;
            case (byte)'-' or (byte)'!':
                (content.Value, content.ErrorCode) = (NameError(text), text.Split(' ', 2)[0]);
                break;
            case (byte)'#':
                content.Value = text == "t" ? "true" : "false";
                break;
            default:
                content.Value = text;
                break;
        }
    }

    private void ReadAggregate(RedisContent content, in RespToken header, bool isRequest)
    {
        var values = ReadList(header.Count, 0);
        if (isRequest) SetCommand(content, [.. values]);
        else if (header.Kind == '>' || RedisPushes.IsPush(values)) SetCommand(content, [.. values]);
        else (content.Value, content.Elements) = (JoinFrom(values, 0), values);
    }

    private List<FieldValue> ReadList(long count, int depth)
    {
        var values = new List<FieldValue>();
        for (var i = 0L; count < 0 || i < count; i++)
        {
            if (!TryReadValue(out var token, depth + 1) || token.Kind == '.') break;
            values.Add(token.IsAggregate ? depth < DeepestList ? FieldValue.From(ReadList(token.Count, depth + 1)) : SkipList(token.Count) : ToValue(token));
        }

        return values;
    }

    /// <summary>Passes over a list that lies too deep, without recursion.</summary>
    private FieldValue SkipList(long count)
    {
        var open = count == RespToken.Open ? 1 : 0;
        for (var left = Math.Max(count, 0); (left > 0 || open > 0) && _reader.TryRead(out var token);)
        {
            if (token.Kind == '.') open--;
            else if (token.Kind != '|') left--;
            if (token.IsAggregate && token.Count == RespToken.Open) open++;
            else if (token.IsAggregate) left += token.Count;
        }

        return FieldValue.From("…");
    }

    private FieldValue ToValue(in RespToken token)
    {
        if (token.IsNull) return FieldValue.Null;
        if (token.Kind == '#') return FieldValue.From(token.Text is [(byte)'t']);
        var text = RespReader.ToText(token.Text, ref _encoded);
        const long exact = 1L << 53;
        if (token.Kind == ':' && long.TryParse(text, CultureInfo.InvariantCulture, out var integer) && integer is > -exact and < exact) return FieldValue.From(integer);
        if (token.Kind == ',' && double.TryParse(text, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)) return FieldValue.From(number);
        return FieldValue.From(text);
    }

    /// <summary>The next token that is no attribute; attributes before the reply as a whole are kept, those within are passed over.</summary>
    private bool TryReadValue(out RespToken token, int depth = 0)
    {
        while (_reader.TryRead(out token))
        {
            if (token.Kind != '|') return true;
            if (depth == 0) _attributes = ReadList(token.Count, 1);
            else SkipList(token.Count);
        }

        return false;
    }
}
