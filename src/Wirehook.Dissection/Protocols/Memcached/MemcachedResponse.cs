using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>A memcached response, read from its kept bytes when a field is asked for.</summary>
internal sealed class MemcachedResponse(FramedMessage message) : Record
{
    private bool _read;
    private string _status = "";
    private double? _code;
    private double? _opaque;
    private string? _cas;
    private string? _text;
    private List<FieldValue>? _values;
    private Dictionary<string, FieldValue>? _statistics;
    private List<FieldValue>? _metaFlags;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MemcachedResponse", "A memcached response.",
    [
        new("status", "string", "The word that says how it went, such as `STORED`, `END`, `HD` or `CLIENT_ERROR`; of the binary protocol the status in words, such as `NO_ERROR`.",
            static r => FieldValue.From(Of(r)._status)),
        new("format", "\"text\" | \"binary\"", "Which of the two protocols.", static r => FieldValue.From(((MemcachedResponse)r).IsBinary ? "binary" : "text")),
        new("code", "number", "The status as a number, of the binary protocol.", static r => MemcachedText.Number(Of(r)._code), Optional: true),
        new("opaque", "number", "What the request asked to be repeated, of the binary protocol.", static r => MemcachedText.Number(Of(r)._opaque), Optional: true),
        new("cas", "string", "Version of the item, in decimal, of the binary protocol.", static r => FieldValue.From(Of(r)._cas), Optional: true),
        new("message", "string", "The text behind the status: an error's message, the version, the new number.", static r => FieldValue.From(Of(r)._text), Optional: true),
        new("values", "MemcachedValue[]", "The values found.", static r => FieldValue.From(Of(r)._values), Optional: true),
        new("statistics", "{ [name: string]: string }", "Statistics by name.", static r => FieldValue.From(((MemcachedResponse)r).Statistics), Optional: true),
        new("metaFlags", "string[]", "Flags of a meta response.", static r => FieldValue.From(Of(r)._metaFlags), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => MemcachedText.Flag(((MemcachedResponse)r).Truncated), Optional: true),
    ], MemcachedValue.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool IsBinary => BinaryHeader.IsMagic(message.Bytes.Span[0]);

    private bool Truncated => message.Truncated;

    private FieldMap? Statistics => Of(this)._statistics is { } all ? new FieldMap([.. all.Keys], [.. all.Values]) : null;

    private static MemcachedResponse Of(Record record)
    {
        var response = (MemcachedResponse)record;
        if (!response._read) response.Read();
        return response;
    }

    private void Read()
    {
        _read = true;
        if (IsBinary) ReadBinary(message.Bytes.Span);
        else ReadText(message.Bytes.Span);
    }

    private void ReadText(ReadOnlySpan<byte> rest)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.IndexOf((byte)'\n');
            var line = MemcachedPending.LineOf(rest);
            rest = end < 0 ? default : rest[(end + 1)..];
            var kind = TextLine.KindOf(line);
            var words = new TextLine(line);
            var first = words.Next();
            var length = TextLine.ValueLength(line, kind);
            if (length >= 0 && kind is LineKind.Value or LineKind.MetaValue)
            {
                ReadValue(ref words, kind, rest[..(int)Math.Min(length, rest.Length)], length);
                rest = rest[(int)Math.Min(length + 2, rest.Length)..];
            }
            else if (kind == LineKind.Entry)
            {
                AddStatistic(words.Next(), line);
            }
            else
            {
                ReadStatus(first, line);
            }
        }
    }

    private void ReadValue(ref TextLine words, LineKind kind, ReadOnlySpan<byte> value, long size)
    {
        _values ??= [];
        if (kind == LineKind.MetaValue)
        {
            words.Next();
            _status = "VA";
            ReadMetaFlags(ref words);
            _values.Add(FieldValue.From(new MemcachedValue("", value, size)));
            return;
        }

        var key = MemcachedText.Of(words.Next());
        double? flags = words.TryNextNumber(out var number) ? number : null;
        words.Next();
        var version = words.Next();
        _values.Add(FieldValue.From(new MemcachedValue(key, value, size) { Flags = flags, Cas = version.IsEmpty ? null : MemcachedText.Of(version) }));
    }

    private void ReadStatus(ReadOnlySpan<byte> first, ReadOnlySpan<byte> line)
    {
        if (TextLine.IsNumber(first))
        {
            (_status, _text) = ("OK", MemcachedText.Of(first));
            return;
        }

        _status = MemcachedText.Of(first);
        if (first.Length == 2 && _status is "HD" or "EN" or "NS" or "EX" or "NF" or "ME")
        {
            var words = new TextLine(line);
            words.Next();
            ReadMetaFlags(ref words);
        }
        else if (line.Length > first.Length)
        {
            _text = MemcachedText.Of(line[(first.Length + 1)..]);
        }
    }

    private void ReadMetaFlags(ref TextLine words)
    {
        _metaFlags = [];
        while (words.Next() is { IsEmpty: false } word) _metaFlags.Add(FieldValue.From(MemcachedText.Of(word)));
    }

    private void AddStatistic(ReadOnlySpan<byte> name, ReadOnlySpan<byte> line)
    {
        // "STAT name value": the value may contain spaces.
        var value = line[(line.IndexOf(name) + name.Length)..].TrimStart((byte)' ');
        (_statistics ??= new Dictionary<string, FieldValue>(StringComparer.Ordinal))[MemcachedText.Of(name)] = FieldValue.From(MemcachedText.Of(value));
    }

    private void ReadBinary(ReadOnlySpan<byte> rest)
    {
        const int flagsLength = 4;
        while (BinaryHeader.TryRead(rest, out var header))
        {
            (_code, _opaque, _status) = (header.Status, header.Opaque, BinaryOpcode.StatusName(header.Status));
            if (header.Cas != 0) _cas = header.Cas.ToString(CultureInfo.InvariantCulture);
            var body = rest[BinaryHeader.Length..(int)Math.Min(header.MessageLength, rest.Length)];
            rest = rest[(int)Math.Min(header.MessageLength, rest.Length)..];
            if (body.Length < header.ExtrasLength + header.KeyLength) return;
            var extras = header.ExtrasLength;
            var key = body.Slice(extras, header.KeyLength);
            var value = body[(extras + key.Length)..];
            var size = (long)header.BodyLength - extras - key.Length;
            if (header.Opcode == BinaryOpcode.Stat && key.Length > 0) (_statistics ??= new Dictionary<string, FieldValue>(StringComparer.Ordinal))[MemcachedText.Of(key)] = FieldValue.From(MemcachedText.Of(value));
            else if (header.Opcode is 0x05 or 0x06 && header.Status == 0 && value.Length == sizeof(ulong)) _text = BinaryPrimitives.ReadUInt64BigEndian(value).ToString(CultureInfo.InvariantCulture);
            else if (header.Status == 0 && header.Opcode != BinaryOpcode.Touch && (extras == flagsLength || key.Length > 0)) AddValue(key, value, size, extras == flagsLength ? BinaryPrimitives.ReadUInt32BigEndian(body) : null, header.Cas);
            else if (value.Length > 0) _text = MemcachedText.Of(value);
        }
    }

    private void AddValue(ReadOnlySpan<byte> key, ReadOnlySpan<byte> value, long size, double? flags, ulong cas) =>
        (_values ??= []).Add(FieldValue.From(new MemcachedValue(MemcachedText.Of(key), value, size) { Flags = flags, Cas = cas == 0 ? null : cas.ToString(CultureInfo.InvariantCulture) }));
}
