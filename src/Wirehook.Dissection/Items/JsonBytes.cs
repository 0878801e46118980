using System.Buffers;
using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>
/// Writes records as JSON in UTF-8 straight into the output's memory: names are encoded once per type, unchanging records once per record, and bodies go to
/// base64 without a text in between. A lone surrogate becomes a <c>\u</c> escape, because UTF-8 has no form for it.
/// </summary>
internal ref struct JsonBytes(IBufferWriter<byte> output)
{
    private const int SmallestPart = 4096;
    private Span<byte> _room;
    private int _used;

    public static byte[] Encode(Record record)
    {
        var output = new ArrayBufferWriter<byte>(SmallestPart);
        var json = new JsonBytes(output);
        json.WriteFields(record);
        json.Flush();
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Hands what was written to the output; called once, at the end.</summary>
    public void Flush()
    {
        output.Advance(_used);
        _room = default;
        _used = 0;
    }

    public void WriteRecord(Record record)
    {
        var constant = record.ConstantJson;
        if (constant.IsEmpty) WriteFields(record);
        else Write(constant);
    }

    private void WriteFields(Record record)
    {
        var type = record.Type;
        var fields = type.Declared;
        var keys = type.Keys;
        var start = 1;
        Write((byte)'{');
        for (var i = 0; i < fields.Length; i++)
        {
            var field = fields[i];
            if (field.Base64 is { } bytes)
            {
                var content = bytes(record).Span;
                if (content.IsEmpty) continue;
                Write(keys[i].AsSpan(start));
                WriteBase64(content);
            }
            else
            {
                var value = field.Get(record);
                if (value.Kind == FieldKind.Absent) continue;
                Write(keys[i].AsSpan(start));
                WriteValue(value);
            }

            start = 0;
        }

        Write((byte)'}');
    }

    private void WriteValue(in FieldValue value)
    {
        switch (value.Kind)
        {
            case FieldKind.Boolean:
                Write(value.AsBoolean ? "true"u8 : "false"u8);
                break;
            case FieldKind.Number:
                WriteNumber(value.AsNumber);
                break;
            case FieldKind.String:
                WriteString(value.AsString);
                break;
            case FieldKind.Record:
                WriteRecord(value.AsRecord);
                break;
            case FieldKind.List:
                WriteList(value.AsList);
                break;
            case FieldKind.Map:
                WriteMap(value.AsMap);
                break;
            default:
                Write("null"u8);
                break;
        }
    }

    private void WriteList(IReadOnlyList<FieldValue> list)
    {
        Write((byte)'[');
        for (var i = 0; i < list.Count; i++)
        {
            if (i > 0) Write((byte)',');
            WriteValue(list[i]);
        }

        Write((byte)']');
    }

    private void WriteMap(FieldMap map)
    {
        Write((byte)'{');
        for (var i = 0; i < map.Names.Length; i++)
        {
            if (i > 0) Write((byte)',');
            WriteString(map.Names[i]);
            Write((byte)':');
            WriteValue(map.Values[i]);
        }

        Write((byte)'}');
    }

    private void WriteNumber(double number)
    {
        const int longest = 32;
        if (Math.Abs(number) >= 1L << 53 || number != (long)number)
        {
            WriteText(double.IsFinite(number) ? JsonNotation.EcmaNumber(number) : "null");
            return;
        }

        MakeRoom(longest);
        Utf8Formatter.TryFormat((long)number, _room[_used..], out var length);
        _used += length;
    }

    private void WriteBase64(ReadOnlySpan<byte> bytes)
    {
        MakeRoom(Base64.GetMaxEncodedToUtf8Length(bytes.Length) + 2);
        _room[_used++] = (byte)'"';
        Base64.EncodeToUtf8(bytes, _room[_used..], out _, out var length);
        _used += length;
        _room[_used++] = (byte)'"';
    }

    private void WriteString(ReadOnlySpan<char> text)
    {
        Write((byte)'"');
        int at;
        while ((at = text.IndexOfAny(JsonNotation.Escaped)) >= 0)
        {
            WriteText(text[..at]);
            WriteText(JsonNotation.Escape(text[at]));
            text = text[(at + 1)..];
        }

        WriteText(text);
        Write((byte)'"');
    }

    /// <summary>Writes text in which nothing needs escaping but lone surrogates.</summary>
    private void WriteText(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            MakeRoom(Encoding.UTF8.GetMaxByteCount(text.Length));
            var status = Utf8.FromUtf16(text, _room[_used..], out var read, out var written, replaceInvalidSequences: false);
            _used += written;
            if (status == OperationStatus.Done) return;
            Write(Encoding.ASCII.GetBytes(JsonNotation.UnicodeEscape(text[read])));
            text = text[(read + 1)..];
        }
    }

    private void Write(byte value)
    {
        if (_used == _room.Length) MakeRoom(1);
        _room[_used++] = value;
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        if (_room.Length - _used < bytes.Length) MakeRoom(bytes.Length);
        bytes.CopyTo(_room[_used..]);
        _used += bytes.Length;
    }

    private void MakeRoom(int length)
    {
        if (_room.Length - _used >= length) return;
        output.Advance(_used);
        _room = output.GetSpan(Math.Max(length, SmallestPart));
        _used = 0;
    }
}
