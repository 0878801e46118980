using System.Buffers;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Wirehook.Netlink.Families;

namespace Wirehook.Netlink.Events;

/// <summary>
/// Network events as JSON objects of one line: the common fields, <c>changed</c> (names of fields), an object named after the family with every
/// field that is present, and <c>old</c> with the former values of the changed ones. Valid JSON whatever bytes the kernel gave.
/// </summary>
public static class EventJson
{
    private const int LargestKeptBuffer = 1 << 20;
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };
    private static readonly ConditionalWeakTable<NetlinkFamily, FamilyJsonNames> Names = [];

    [ThreadStatic]
    private static LineBuffer? _line;

    /// <summary>Writes <paramref name="e"/> as one object.</summary>
    /// <param name="e">The event.</param>
    /// <param name="w">Where it goes; flushed by the caller.</param>
    public static void Write(NetworkEvent e, Utf8JsonWriter w)
    {
        w.WriteStartObject();
        WriteCommon(e, w);
        if (e.Current is { } current) WriteObject(e, current, Names.GetValue(current.Family, static f => new FamilyJsonNames(f)), w);
        w.WriteEndObject();
    }

    /// <summary>The event as UTF-8 without a line break.</summary>
    public static byte[] ToUtf8Line(NetworkEvent e) => Fill(e).WrittenSpan.ToArray();

    /// <summary>The event as text without a line break.</summary>
    public static string ToLine(NetworkEvent e) => Encoding.UTF8.GetString(Fill(e).WrittenSpan);

    /// <summary>Appends the event and a line break (NDJSON).</summary>
    public static void AppendLine(NetworkEvent e, IBufferWriter<byte> output)
    {
        output.Write(Fill(e).WrittenSpan);
        output.Write("\n"u8);
    }

    private static ArrayBufferWriter<byte> Fill(NetworkEvent e)
    {
        if (_line is not { } line || line.Bytes.Capacity > LargestKeptBuffer) _line = line = new LineBuffer();
        line.Bytes.ResetWrittenCount();
        line.Writer.Reset(line.Bytes);
        Write(e, line.Writer);
        line.Writer.Flush();
        return line.Bytes;
    }

    private static void WriteCommon(NetworkEvent e, Utf8JsonWriter w)
    {
        w.WriteNumber("sequence"u8, e.Sequence);
        w.WriteNumber("timestamp"u8, e.Timestamp.UnixMilliseconds);
        w.WriteString("event"u8, e.Event);
        WriteTexts("events"u8, e.Events, w);
        w.WriteNumber("message_type"u8, e.MessageType);
        w.WriteString("message_name"u8, e.MessageName);
        w.WriteNumber("event_type"u8, e.EventType);
        w.WriteString("interface"u8, e.Interface);
        w.WriteNumber("ifindex"u8, e.InterfaceIndex);
        w.WriteString("namespace"u8, e.Namespace);
        w.WriteNumber("nsid"u8, e.NamespaceId);
        w.WriteNumber("pid"u8, e.PortId);
        w.WriteBoolean("synthetic"u8, e.Synthetic);
        if (e.Initial) w.WriteBoolean("initial"u8, true);
        if (e.Lost != 0) w.WriteNumber("lost"u8, e.Lost);
        if (e.Detail.Length > 0) w.WriteString("detail"u8, e.Detail);
    }

    private static void WriteTexts(ReadOnlySpan<byte> name, IReadOnlyList<string> texts, Utf8JsonWriter w)
    {
        w.WriteStartArray(name);
        for (var i = 0; i < texts.Count; i++) w.WriteStringValue(texts[i]);
        w.WriteEndArray();
    }

    private static void WriteObject(NetworkEvent e, NetlinkObject current, FamilyJsonNames names, Utf8JsonWriter w)
    {
        var fields = current.Family.Fields;
        w.WriteStartArray("changed"u8);
        for (var rest = e.Changed; rest != 0; rest &= rest - 1) w.WriteStringValue(names.Fields[BitOperations.TrailingZeroCount(rest)]);
        w.WriteEndArray();
        w.WriteStartObject(names.Family);
        for (var i = 0; i < fields.Count; i++) WriteField(names.Fields[i], fields[i].Get(current), w);
        w.WriteEndObject();
        if (e.Previous is not { } previous || e.Changed == 0) return;
        w.WriteStartObject("old"u8);
        for (var rest = e.Changed; rest != 0; rest &= rest - 1)
        {
            var i = BitOperations.TrailingZeroCount(rest);
            WriteField(names.Fields[i], fields[i].Get(previous), w);
        }

        w.WriteEndObject();
    }

    private static void WriteField(JsonEncodedText name, in NetworkValue value, Utf8JsonWriter w)
    {
        switch (value.Kind)
        {
            case NetworkValueKind.Number:
                w.WriteNumber(name, value.AsNumber);
                break;
            case NetworkValueKind.Flag:
                w.WriteBoolean(name, value.AsFlag);
                break;
            case NetworkValueKind.Text:
                w.WriteString(name, value.AsText);
                break;
            case NetworkValueKind.Address:
                Span<byte> text = stackalloc byte[AddressText.MaxLength];
                w.WriteString(name, text[..AddressText.Format(value, text)]);
                break;
            case NetworkValueKind.List:
                w.WriteStartArray(name);
                foreach (var item in value.AsList) w.WriteStringValue(item);
                w.WriteEndArray();
                break;
            default:
                break;
        }
    }

    private sealed class LineBuffer
    {
        public LineBuffer()
        {
            Writer = new Utf8JsonWriter(Bytes, Options);
        }

        public ArrayBufferWriter<byte> Bytes { get; } = new(2048);

        public Utf8JsonWriter Writer { get; }
    }

    /// <summary>The names of a family and its fields, escaped and encoded once.</summary>
    private sealed class FamilyJsonNames(NetlinkFamily family)
    {
        public JsonEncodedText Family { get; } = JsonEncodedText.Encode(family.Name);

        public JsonEncodedText[] Fields { get; } = [.. family.Fields.Select(f => JsonEncodedText.Encode(f.Name))];
    }
}
