using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>An LDAP request, read from its kept bytes when a field is asked for.</summary>
internal sealed class LdapRequest(FramedMessage message, string? opaqueMechanism) : Record
{
    private const byte SimpleTag = 0x80;
    private const byte SaslTag = 0xa3;
    private LdapRequestContent? _content;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("LdapRequest", "An LDAP request.",
    [
        new("type", "string", "The operation as RFC 4511 names it, such as `searchRequest`; `saslLayer` where an encrypted layer begins.", static r => FieldValue.From(Of(r).TypeName)),
        new("summary", "string", "The operation in a line.", static r => FieldValue.From(Of(r).Summary)),
        new("messageId", "number", "The message's number.", static r => FieldValue.From(Of(r).Id)),
        new("dn", "string", "The name that the operation is about: of the user, the base of the search, the entry.", static r => FieldValue.From(Of(r).Dn)),
        new("version", "number", "The protocol's version, of a bind.", static r => Number(Of(r).Version), Optional: true),
        new("authentication", "string", "`simple` or `sasl`, of a bind; passwords are left out.", static r => FieldValue.From(Of(r).Authentication), Optional: true),
        new("mechanism", "string", "The SASL mechanism.", static r => FieldValue.From(Of(r).Mechanism), Optional: true),
        new("scope", "string", "`baseObject`, `singleLevel` or `wholeSubtree`, of a search.", static r => FieldValue.From(Of(r).Scope), Optional: true),
        new("derefAliases", "string", "When the search follows aliases.", static r => FieldValue.From(Of(r).DerefAliases), Optional: true),
        new("sizeLimit", "number", "Most entries, 0 for no limit.", static r => Number(Of(r).SizeLimit), Optional: true),
        new("timeLimit", "number", "Most seconds, 0 for no limit.", static r => Number(Of(r).TimeLimit), Optional: true),
        new("typesOnly", "boolean", "Present and true where no values are asked for.", static r => Of(r).TypesOnly ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
        new("filter", "string", "The filter in the notation of RFC 4515.", static r => FieldValue.From(Of(r).Filter), Optional: true),
        new("attributes", "string[]", "The attributes that are asked for.", static r => FieldValue.From(Of(r).Attributes), Optional: true),
        new("changes", "LdapChange[]", "The changes, of a modification.", static r => FieldValue.From(Of(r).Changes), Optional: true),
        new("entry", "LdapEntry", "The new entry.", static r => FieldValue.From(Of(r).Entry), Optional: true),
        new("newRdn", "string", "The new name, relative to the parent.", static r => FieldValue.From(Of(r).NewRdn), Optional: true),
        new("deleteOldRdn", "boolean", "Whether the old name's values are removed.", static r => Of(r).DeleteOldRdn is { } delete ? FieldValue.From(delete) : FieldValue.Absent, Optional: true),
        new("newSuperior", "string", "The new parent.", static r => FieldValue.From(Of(r).NewSuperior), Optional: true),
        new("attribute", "string", "The attribute to compare.", static r => FieldValue.From(Of(r).Attribute), Optional: true),
        new("value", "string", "The value to compare with.", static r => FieldValue.From(Of(r).Value), Optional: true),
        new("abandonedId", "number", "The number of the request to abandon.", static r => Number(Of(r).AbandonedId), Optional: true),
        new("requestName", "string", "Object identifier of the extended operation.", static r => FieldValue.From(Of(r).RequestName), Optional: true),
        new("requestValue", "string", "Value of the extended operation, in base64.", static r => FieldValue.From(Of(r).RequestValue), Optional: true),
        new("controls", "LdapControl[]", "The message's controls.", static r => FieldValue.From(Of(r).Controls), Optional: true),
        new("truncated", "boolean", "Present and true when only the beginning is there.", static r => ((LdapRequest)r).Truncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ], LdapChange.RecordType, LdapEntry.RecordType, LdapControl.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private bool Truncated => message.Truncated;

    private LdapRequestContent Content => opaqueMechanism is null
        ? LdapRequestContent.Read(message.Bytes.Span)
        : new LdapRequestContent { TypeName = "saslLayer", Mechanism = opaqueMechanism, Summary = $"{opaqueMechanism} encrypted".TrimStart() };

    /// <summary>The mechanism that a bind request names; empty where it names none.</summary>
    public static string ReadMechanism(ReadOnlySpan<byte> bind)
    {
        var reader = new BerReader(bind);
        reader.Take(BerReader.Integer);
        reader.Take(BerReader.OctetString);
        if (reader.NextTag == SimpleTag) return "";
        var sasl = new BerReader(reader.Take(SaslTag));
        return LdapText.Of(sasl.Take(BerReader.OctetString));
    }

    /// <summary>Whether a message asks for TLS.</summary>
    public static bool IsStartTls(ReadOnlySpan<byte> request)
    {
        if (!LdapMessage.TryRead(request, out var read) || read.Operation != LdapOperation.ExtendedRequest) return false;
        var reader = new BerReader(read.Content);
        return reader.TryRead(out _, out var name) && LdapText.Of(name) == LdapNames.StartTls;
    }

    private static FieldValue Number(long? number) => number is { } value ? FieldValue.From(value) : FieldValue.Absent;

    private static LdapRequestContent Of(Record record)
    {
        var request = (LdapRequest)record;
        return request._content ??= request.Content;
    }
}
