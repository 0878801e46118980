using System.Buffers.Text;
using System.Text;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>One protocol message. Its bytes are kept as sent; what they say is read when a field is asked for.</summary>
internal sealed class NatsMessage(ReadOnlyMemory<byte> bytes, int size) : Record
{
    private const int MostArguments = 5;
    private readonly ReadOnlyMemory<byte> _bytes = bytes;
    private readonly int _size = size;
    private Parts? _parts;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("NatsMessage", "A NATS protocol message.",
    [
        new("operation", "string", "What the message does, such as `PUB`; in upper case.", static r => FieldValue.From(((NatsMessage)r).Read().Operation)),
        new("subject", "string", "The subject.", static r => FieldValue.From(((NatsMessage)r).Read().Subject), Optional: true),
        new("replyTo", "string", "The subject on which an answer is expected.", static r => FieldValue.From(((NatsMessage)r).Read().ReplyTo), Optional: true),
        new("sid", "string", "The client's number of the subscription.", static r => FieldValue.From(((NatsMessage)r).Read().SubscriptionId), Optional: true),
        new("queueGroup", "string", "SUB: the queue group.", static r => FieldValue.From(((NatsMessage)r).Read().QueueGroup), Optional: true),
        new("maxMessages", "number", "UNSUB: after how many messages.", static r => Number(((NatsMessage)r).Read().MaxMessages), Optional: true),
        new("payloadSize", "number", "Bytes of the payload, without headers.", static r => Number(((NatsMessage)r).Read().PayloadSize), Optional: true),
        new("payload", "string", "The payload, as text where it is valid UTF-8, otherwise in base64.", static r => ((NatsMessage)r).Payload, Optional: true),
        new("encoding", "\"utf8\" | \"base64\"", "How `payload` is given.", static r => ((NatsMessage)r).PayloadEncoding, Optional: true),
        new("headers", "{ [name: string]: string }", "Headers by name, repeated ones joined by a comma.", static r => FieldValue.From(((NatsMessage)r).Read().Headers), Optional: true),
        new("status", "number", "The status of a message from the server itself, such as 503.", static r => Number(((NatsMessage)r).Read().Status), Optional: true),
        new("description", "string", "What the status means, such as `No Responders`.", static r => FieldValue.From(((NatsMessage)r).Read().Description), Optional: true),
        new("options", "string", "INFO, CONNECT: the options, as JSON text.", static r => FieldValue.From(((NatsMessage)r).Read().Options), Optional: true),
        new("message", "string", "-ERR: what is wrong.", static r => FieldValue.From(((NatsMessage)r).Read().Message), Optional: true),
        new("truncated", "boolean", "Present and true when part of the message is not there.", static r => ((NatsMessage)r).IsTruncated ? FieldValue.From(true) : default, Optional: true),
    ]);

    /// <summary>Whether part of the message is not kept.</summary>
    public bool IsTruncated => _bytes.Length < _size;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private FieldValue Payload => Read().Payload is { } payload ? FieldValue.From(PayloadText.Read(payload.Span)) : default;

    private FieldValue PayloadEncoding => Read().Payload is { } payload ? FieldValue.From(PayloadText.EncodingOf(payload.Span)) : default;

    /// <summary>The same message in memory of its own, so that it holds no chunk that others have long left.</summary>
    public NatsMessage Detach() => new(ByteArena.Detach(_bytes), _size);

    private static FieldValue Number(int? value) => value is { } number ? FieldValue.From(number) : default;

    private static string Text(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);

    private Parts Read()
    {
        if (_parts is not null) return _parts;
        var parts = _parts = new Parts();
        if (!NatsLine.TryRead(_bytes.Span, out var line)) return parts;
        parts.Operation = Text(line.Word).ToUpperInvariant();
        if (line.HasPayload) ReadPayload(parts, line);
        else ReadArguments(parts, line);
        return parts;
    }

    private void ReadPayload(Parts parts, in NatsLine line)
    {
        Span<Range> words = stackalloc Range[MostArguments];
        if (!line.TryReadSizes(words, out var count, out var headers, out var total)) return;
        parts.Subject = Text(line.Arguments[words[0]]);
        var numbered = line.Operation is NatsOperation.Msg or NatsOperation.HMsg;
        if (numbered) parts.SubscriptionId = Text(line.Arguments[words[1]]);
        if (count > (numbered ? 2 : 1)) parts.ReplyTo = Text(line.Arguments[words[count - 1]]);
        parts.PayloadSize = total - headers;
        var there = _bytes[line.Length..];
        there = there[..Math.Min(there.Length, total)];
        if (line.HasHeaders) ReadHeaders(parts, there.Span[..Math.Min(there.Length, headers)]);
        parts.Payload = there[Math.Min(there.Length, headers)..];
    }

    /// <summary>The version line, with a status behind it in messages of the server's own, and the headers (ADR-4 of NATS).</summary>
    private static void ReadHeaders(Parts parts, ReadOnlySpan<byte> headers)
    {
        var map = default(FieldMapBuilder);
        var lines = new HeaderLines(headers);
        while (lines.Next()) map.Append(Text(lines.Name), Text(lines.Value));

        parts.Headers = map.Build();
        var end = headers.IndexOf((byte)'\n');
        var version = (end < 0 ? headers : headers[..end]).TrimEnd((byte)'\r');
        var space = version.IndexOf((byte)' ');
        if (space < 0 || !Utf8Parser.TryParse(version[(space + 1)..], out int status, out var read)) return;
        parts.Status = status;
        if (version[(space + 1 + read)..].Trim((byte)' ') is { IsEmpty: false } description) parts.Description = Text(description);
    }

    private static void ReadArguments(Parts parts, in NatsLine line)
    {
        Span<Range> words = stackalloc Range[MostArguments];
        var count = NatsLine.Split(line.Arguments, words);
        switch (line.Operation)
        {
            case NatsOperation.Info or NatsOperation.Connect:
                parts.Options = Text(line.Arguments);
                break;
            case NatsOperation.Err:
                parts.Message = Text(line.Arguments.Trim((byte)'\''));
                break;
            case NatsOperation.Sub when count is 2 or 3:
                parts.Subject = Text(line.Arguments[words[0]]);
                if (count == 3) parts.QueueGroup = Text(line.Arguments[words[1]]);
                parts.SubscriptionId = Text(line.Arguments[words[count - 1]]);
                break;
            case NatsOperation.Unsub when count is 1 or 2:
                parts.SubscriptionId = Text(line.Arguments[words[0]]);
                if (count == 2 && Utf8Parser.TryParse(line.Arguments[words[1]], out int most, out _)) parts.MaxMessages = most;
                break;
            default:
                break;
        }
    }

    private sealed class Parts
    {
        public string Operation { get; set; } = "";

        public string? Subject { get; set; }

        public string? ReplyTo { get; set; }

        public string? SubscriptionId { get; set; }

        public string? QueueGroup { get; set; }

        public int? MaxMessages { get; set; }

        public int? PayloadSize { get; set; }

        public ReadOnlyMemory<byte>? Payload { get; set; }

        public FieldMap? Headers { get; set; }

        public int? Status { get; set; }

        public string? Description { get; set; }

        public string? Options { get; set; }

        public string? Message { get; set; }
    }
}
