using System.Buffers.Binary;
using System.Globalization;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Memcached;

/// <summary>A memcached request, read from its kept bytes when a field is asked for.</summary>
internal sealed class MemcachedRequest(FramedMessage message) : Record
{
    private bool _read;
    private string _command = "";
    private string? _line;
    private FieldValue[]? _keys;
    private FieldValue[]? _metaFlags;
    private double? _flags;
    private double? _expiration;
    private double? _size;
    private string? _delta;
    private string? _cas;
    private double? _opaque;
    private string? _value;
    private bool _encoded;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("MemcachedRequest", "A memcached request.",
    [
        new("command", "string", "The command, such as `get`, `set` or `mg`; the binary protocol's operation in the same words.", static r => FieldValue.From(Of(r)._command)),
        new("format", "\"text\" | \"binary\"", "Which of the two protocols.", static r => FieldValue.From(((MemcachedRequest)r).IsBinary ? "binary" : "text")),
        new("key", "string", "The key, the first one where there are several; empty for commands without.", static r => Of(r)._keys is { Length: > 0 } keys ? keys[0] : FieldValue.From("")),
        new("keys", "string[]", "All keys of a retrieval.", static r => FieldValue.From(Of(r)._keys), Optional: true),
        new("line", "string", "The command line as sent, of the text protocol.", static r => FieldValue.From(Of(r)._line), Optional: true),
        new("flags", "number", "What the client stores beside the value.", static r => MemcachedText.Number(Of(r)._flags), Optional: true),
        new("exptime", "number", "When the item expires: seconds from now, or since 1970; 0 for never.", static r => MemcachedText.Number(Of(r)._expiration), Optional: true),
        new("size", "number", "Bytes of the value.", static r => MemcachedText.Number(Of(r)._size), Optional: true),
        new("delta", "string", "By how much to count, in decimal.", static r => FieldValue.From(Of(r)._delta), Optional: true),
        new("cas", "string", "The version of the item that must be replaced, in decimal.", static r => FieldValue.From(Of(r)._cas), Optional: true),
        new("metaFlags", "string[]", "Flags of a meta command, such as `v` or `T60`.", static r => FieldValue.From(Of(r)._metaFlags), Optional: true),
        new("opaque", "number", "What the response repeats, of the binary protocol.", static r => MemcachedText.Number(Of(r)._opaque), Optional: true),
        new("value", "string", "The value to store; text, or base64 where `encoding` says so.", static r => FieldValue.From(Of(r)._value), Optional: true),
        new("encoding", "string", "`base64` where the value is not UTF-8.", static r => FieldValue.From(Of(r)._encoded ? "base64" : null), Optional: true),
        new("noreply", "boolean", "Present and true where the server does not answer, or only some outcomes.", static r => MemcachedText.Flag(((MemcachedRequest)r).IsQuiet), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => MemcachedText.Flag(((MemcachedRequest)r).Truncated), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool IsBinary => BinaryHeader.IsMagic(message.Bytes.Span[0]);

    private bool IsQuiet => MemcachedPending.AnsweringOf(message.Bytes.Span) != Answering.Always;

    private bool Truncated => message.Truncated;

    private static MemcachedRequest Of(Record record)
    {
        var request = (MemcachedRequest)record;
        if (!request._read) request.Read();
        return request;
    }

    private void Read()
    {
        _read = true;
        if (IsBinary) ReadBinary(message.Bytes.Span);
        else ReadText(message.Bytes.Span);
    }

    private void ReadText(ReadOnlySpan<byte> bytes)
    {
        var line = MemcachedPending.LineOf(bytes);
        var kind = TextLine.KindOf(line);
        var words = new TextLine(line);
        _command = MemcachedText.Of(words.Next());
        _line = MemcachedText.Of(line);
        switch (kind)
        {
            case LineKind.Storage:
                ReadStorage(ref words, bytes, line);
                break;
            case LineKind.Retrieval:
                if (_command[1] == 'a') _expiration = NumberOf(words.Next());
                _keys = Rest(ref words);
                break;
            case LineKind.Meta:
                _keys = One(words.Next());
                _metaFlags = Rest(ref words);
                break;
            case LineKind.Command when _command is "delete" or "incr" or "decr" or "touch":
                _keys = One(words.Next());
                var argument = words.Next();
                if (_command == "touch") _expiration = NumberOf(argument);
                else if (_command != "delete") _delta = MemcachedText.Of(argument);
                break;
        }
    }

    private void ReadStorage(ref TextLine words, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> line)
    {
        _keys = One(words.Next());
        if (_command == "ms")
        {
            _size = NumberOf(words.Next());
            _metaFlags = Rest(ref words);
        }
        else
        {
            (_flags, _expiration, _size) = (NumberOf(words.Next()), NumberOf(words.Next()), NumberOf(words.Next()));
            if (_command == "cas") _cas = MemcachedText.Of(words.Next());
        }

        var start = bytes.IndexOf((byte)'\n') + 1;
        var length = TextLine.ValueLength(line, LineKind.Storage);
        if (start > 0 && length >= 0) _value = MemcachedText.Of(bytes.Slice(start, (int)Math.Min(length, bytes.Length - start)), out _encoded);
    }

    private void ReadBinary(ReadOnlySpan<byte> bytes)
    {
        if (!BinaryHeader.TryRead(bytes, out var header)) return;
        (_command, _opaque) = (BinaryOpcode.NameOf(header.Opcode), header.Opaque);
        if (header.Cas != 0) _cas = header.Cas.ToString(CultureInfo.InvariantCulture);
        var body = bytes[BinaryHeader.Length..];
        if (body.Length < header.ExtrasLength + header.KeyLength) return;
        var extras = body[..header.ExtrasLength];
        if (header.KeyLength > 0) _keys = One(body.Slice(header.ExtrasLength, header.KeyLength));
        switch (extras.Length)
        {
            case 8:
                (_flags, _expiration) = (BinaryPrimitives.ReadUInt32BigEndian(extras), BinaryPrimitives.ReadUInt32BigEndian(extras[4..]));
                break;
            case 20:
                _delta = BinaryPrimitives.ReadUInt64BigEndian(extras).ToString(CultureInfo.InvariantCulture);
                _expiration = BinaryPrimitives.ReadUInt32BigEndian(extras[16..]);
                break;
            case 4:
                _expiration = BinaryPrimitives.ReadUInt32BigEndian(extras);
                break;
        }

        var length = (long)header.BodyLength - header.ExtrasLength - header.KeyLength;
        if (length == 0 && extras.Length != 8) return;
        _size = length;
        _value = MemcachedText.Of(body[(header.ExtrasLength + header.KeyLength)..], out _encoded);
    }

    private static double? NumberOf(ReadOnlySpan<byte> word) => double.TryParse(word, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static FieldValue[] One(ReadOnlySpan<byte> key) => key.IsEmpty ? [] : [FieldValue.From(MemcachedText.Of(key))];

    private static FieldValue[] Rest(ref TextLine words)
    {
        var rest = new List<FieldValue>();
        while (words.Next() is { IsEmpty: false } word) rest.Add(FieldValue.From(MemcachedText.Of(word)));
        return [.. rest];
    }
}
