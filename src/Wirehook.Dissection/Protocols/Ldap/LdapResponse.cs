using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>The responses to one request, read from their kept bytes when a field is asked for.</summary>
internal sealed class LdapResponse(FramedMessage message, LdapParts? parts) : Record
{
    private const byte ReferralTag = 0xa3;
    private const byte ResponseNameTag = 0x8a;
    private const byte ResponseValueTag = 0x8b;
    private bool _read;
    private string _typeName = "";
    private int _id;
    private long? _code;
    private string? _matchedDn;
    private string? _message;
    private List<FieldValue>? _referral;
    private string? _name;
    private string? _value;
    private List<FieldValue>? _controls;
    private List<FieldValue>? _entries;
    private List<FieldValue>? _references;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("LdapResponse", "The responses to an LDAP request.",
    [
        new("type", "string", "The last response as RFC 4511 names it, such as `searchResDone`; that of the parts where the last one was not seen.", static r => FieldValue.From(Of(r)._typeName)),
        new("messageId", "number", "The message's number.", static r => FieldValue.From(Of(r)._id)),
        new("resultCode", "number", "The result, 0 for success.", static r => Of(r)._code is { } code ? FieldValue.From(code) : FieldValue.Absent, Optional: true),
        new("resultName", "string", "The result's name, such as `noSuchObject`.", static r => FieldValue.From(Of(r)._code is { } code ? LdapNames.ResultName(code) : null), Optional: true),
        new("success", "boolean", "Whether the result is no error: success, a comparison's answer, a referral, or a bind that goes on.", static r => Of(r)._code is { } code ? FieldValue.From(code is 0 or 5 or 6 or 10 or 14) : FieldValue.Absent, Optional: true),
        new("matchedDN", "string", "The part of the name that exists.", static r => FieldValue.From(Of(r)._matchedDn), Optional: true),
        new("errorMessage", "string", "The server's message.", static r => FieldValue.From(Of(r)._message), Optional: true),
        new("referral", "string[]", "Where else to ask.", static r => FieldValue.From(Of(r)._referral), Optional: true),
        new("entries", "LdapEntry[]", "The entries found.", static r => FieldValue.From(Of(r)._entries), Optional: true),
        new("entryCount", "number", "How many entries came, those that are not kept included.", static r => ((LdapResponse)r).EntryCount, Optional: true),
        new("references", "string[]", "Where the search goes on.", static r => FieldValue.From(Of(r)._references), Optional: true),
        new("responseName", "string", "Object identifier of the extended response.", static r => FieldValue.From(Of(r)._name), Optional: true),
        new("responseValue", "string", "Value of the extended response, in base64.", static r => FieldValue.From(Of(r)._value), Optional: true),
        new("controls", "LdapControl[]", "The last response's controls.", static r => FieldValue.From(Of(r)._controls), Optional: true),
        new("truncated", "boolean", "Present and true when not everything is there.", static r => ((LdapResponse)r).Truncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ], LdapEntry.RecordType, LdapControl.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool Truncated => message.Truncated || parts is { Truncated: true };

    private FieldValue EntryCount
    {
        get
        {
            if (parts is not null) return FieldValue.From(parts.Entries);
            return Of(this)._typeName == "searchResDone" ? FieldValue.From(0) : FieldValue.Absent;
        }
    }

    /// <summary>The result code of a response that has one; -1 for others.</summary>
    public static long ReadResultCode(in LdapMessage response)
    {
        var reader = new BerReader(response.Content);
        return reader.NextTag == BerReader.Enumerated ? reader.TakeNumber(BerReader.Enumerated) : -1;
    }

    private static LdapResponse Of(Record record)
    {
        var response = (LdapResponse)record;
        if (response._read) return response;
        response._read = true;
        foreach (var part in response.Parts) response.ReadMessage(part.Span);
        response.ReadMessage(response.Last.Span);
        return response;
    }

    private IReadOnlyList<ReadOnlyMemory<byte>> Parts => parts?.Messages ?? [];

    private ReadOnlyMemory<byte> Last => message.Bytes;

    private void ReadMessage(ReadOnlySpan<byte> bytes)
    {
        if (!LdapMessage.TryRead(bytes, out var read)) return;
        (_typeName, _id) = (LdapMessage.NameOf(read.Operation), read.Id);
        _controls = LdapControl.ReadAll(read.Controls);
        switch (read.Operation)
        {
            case LdapOperation.SearchResultEntry:
                (_entries ??= []).Add(FieldValue.From(LdapEntry.Read(read.Content)));
                break;
            case LdapOperation.SearchResultReference:
                (_references ??= []).AddRange(LdapText.ListOf(read.Content));
                break;
            case LdapOperation.IntermediateResponse:
                var intermediate = new BerReader(read.Content);
                _name = LdapText.Of(intermediate.Take(0x80));
                _value = LdapText.Base64(intermediate.Take(0x81));
                break;
            default:
                ReadResult(read.Content);
                break;
        }
    }

    private void ReadResult(ReadOnlySpan<byte> content)
    {
        var reader = new BerReader(content);
        _code = reader.TakeNumber(BerReader.Enumerated);
        var matched = reader.Take(BerReader.OctetString);
        var text = reader.Take(BerReader.OctetString);
        _matchedDn = LdapText.Of(matched);
        _message = LdapText.Of(text);
        if (reader.NextTag == ReferralTag) _referral = LdapText.ListOf(reader.Take(ReferralTag));
        while (reader.TryRead(out var tag, out var value))
        {
            if (tag == ResponseNameTag) _name = LdapText.Of(value);
            else if (tag == ResponseValueTag) _value = LdapText.Base64(value);
        }
    }
}
