using System.Text;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Sip;

/// <summary>What requests and responses have in common, read when fields are asked for.</summary>
internal abstract class SipParts(SipMessage message) : Record
{
    private FieldMap? _headers;
    private SdpSession? _sdp;

    /// <summary>The message as captured.</summary>
    protected SipMessage Message { get; } = message;

    private FieldMap Headers => _headers ??= SipHeaders.Read(Message.Head.Span);

    private string ContentType => Text("content-type"u8, 'c');

    private SdpSession? Sdp => _sdp ??= ContentType.StartsWith("application/sdp", StringComparison.OrdinalIgnoreCase) && !Message.Body.IsEmpty ? new SdpSession(Message.Body.Span) : null;

    /// <summary>The fields that both have.</summary>
    protected static Field[] SharedFields() =>
    [
        new("sipVersion", "string", "Always `SIP/2.0`.", static _ => FieldValue.From("SIP/2.0")),
        new("headers", "{ [name: string]: string }", "Headers by name, short forms written out, repeated ones joined by a comma.", static r => FieldValue.From(((SipParts)r).Headers)),
        new("callId", "string", "Call-ID: the same in all messages of a call.", static r => FieldValue.From(((SipParts)r).Text("call-id"u8, 'i'))),
        new("cseq", "string", "CSeq: number and method of the request.", static r => FieldValue.From(((SipParts)r).Text("cseq"u8, '\0'))),
        new("from", "string", "The From header.", static r => FieldValue.From(((SipParts)r).Text("from"u8, 'f'))),
        new("to", "string", "The To header.", static r => FieldValue.From(((SipParts)r).Text("to"u8, 't'))),
        new("contentType", "string", "The Content-Type header; absent without body.", static r => ((SipParts)r).Optional(((SipParts)r).ContentType), Optional: true),
        new("body", "string", "The body, as text where it is valid UTF-8, otherwise in base64; absent where it is empty.", static r => ((SipParts)r).Body, Optional: true),
        new("encoding", "\"utf8\" | \"base64\"", "How `body` is given.", static r => ((SipParts)r).BodyEncoding, Optional: true),
        new("sdp", "SdpSession", "The body, where it describes a session (SDP).", static r => FieldValue.From(((SipParts)r).Sdp), Optional: true),
        new("retransmission", "boolean", "Present and true where the message came before.", static r => ((SipParts)r).Message.IsRetransmission ? FieldValue.From(true) : default, Optional: true),
        new("truncated", "boolean", "Present and true when part of the body is not there.", static r => ((SipParts)r).Message.IsTruncated ? FieldValue.From(true) : default, Optional: true),
    ];

    private FieldValue Body => Message.Body.IsEmpty ? default : FieldValue.From(PayloadText.Read(Message.Body.Span));

    private FieldValue BodyEncoding => Message.Body.IsEmpty ? default : FieldValue.From(PayloadText.EncodingOf(Message.Body.Span));

    private FieldValue Optional(string text) => Message.Body.IsEmpty && text.Length == 0 ? default : FieldValue.From(text);

    private string Text(ReadOnlySpan<byte> name, char compact) => HeaderLines.Decode(SipFraming.Find(Message.Head.Span, name, compact));
}

/// <summary>A request.</summary>
internal sealed class SipRequest(SipMessage message) : SipParts(message)
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SipRequest", "A SIP request.",
    [
        new("method", "string", "The method, such as `INVITE`.", static r => FieldValue.From(((SipRequest)r).Part(uri: false))),
        new("requestUri", "string", "Whom the request is for.", static r => FieldValue.From(((SipRequest)r).Part(uri: true))),
        .. SharedFields(),
    ], SdpSession.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Part(bool uri)
    {
        var line = SipStartLine.LineOf(Message.Head.Span);
        return SipStartLine.TrySplit(line, out var method, out var target) ? Encoding.UTF8.GetString(line[uri ? target : method]) : "";
    }
}

/// <summary>A response.</summary>
internal sealed class SipResponse(SipMessage message) : SipParts(message)
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("SipResponse", "A SIP response.",
    [
        new("status", "number", "The status code, such as 200.", static r => FieldValue.From(((SipResponse)r).Message.Status)),
        new("statusText", "string", "The text behind the status code.", static r => FieldValue.From(SipStartLine.ReasonOf(((SipResponse)r).Message.Head.Span))),
        .. SharedFields(),
    ], SdpSession.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
