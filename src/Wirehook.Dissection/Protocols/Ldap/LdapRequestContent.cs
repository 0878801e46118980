using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>What a request says.</summary>
internal sealed class LdapRequestContent
{
    private const byte SimpleTag = 0x80;
    private const byte NewSuperiorTag = 0x80;

    public string TypeName { get; set; } = "";

    public string Summary { get; set; } = "";

    public int Id { get; private set; }

    public string Dn { get; private set; } = "";

    public long? Version { get; private set; }

    public string? Authentication { get; private set; }

    public string? Mechanism { get; set; }

    public string? Scope { get; private set; }

    public string? DerefAliases { get; private set; }

    public long? SizeLimit { get; private set; }

    public long? TimeLimit { get; private set; }

    public bool TypesOnly { get; private set; }

    public string? Filter { get; private set; }

    public List<FieldValue>? Attributes { get; private set; }

    public List<FieldValue>? Changes { get; private set; }

    public LdapEntry? Entry { get; private set; }

    public string? NewRdn { get; private set; }

    public bool? DeleteOldRdn { get; private set; }

    public string? NewSuperior { get; private set; }

    public string? Attribute { get; private set; }

    public string? Value { get; private set; }

    public long? AbandonedId { get; private set; }

    public string? RequestName { get; private set; }

    public string? RequestValue { get; private set; }

    public List<FieldValue>? Controls { get; private set; }

    /// <summary>Reads a message.</summary>
    public static LdapRequestContent Read(ReadOnlySpan<byte> bytes)
    {
        var content = new LdapRequestContent();
        if (!LdapMessage.TryRead(bytes, out var message)) return content;
        (content.TypeName, content.Id) = (LdapMessage.NameOf(message.Operation), message.Id);
        content.ReadOperation(message.Operation, message.Content);
        content.Controls = LdapControl.ReadAll(message.Controls);
        return content;
    }

    private void ReadOperation(LdapOperation operation, ReadOnlySpan<byte> content)
    {
        var reader = new BerReader(content);
        switch (operation)
        {
            case LdapOperation.BindRequest:
                ReadBind(content, ref reader);
                break;
            case LdapOperation.SearchRequest:
                ReadSearch(ref reader);
                break;
            case LdapOperation.ModifyRequest:
                ReadModify(ref reader);
                break;
            case LdapOperation.AddRequest:
                Entry = LdapEntry.Read(content);
                Summary = Dn = Entry.Dn;
                break;
            case LdapOperation.DeleteRequest:
                Summary = Dn = LdapText.Of(content);
                break;
            case LdapOperation.ModifyDnRequest:
                ReadModifyDn(ref reader);
                break;
            case LdapOperation.CompareRequest:
                ReadCompare(ref reader);
                break;
            case LdapOperation.AbandonRequest:
                AbandonedId = BerReader.ToNumber(content);
                Summary = AbandonedId.Value.ToString(System.Globalization.CultureInfo.InvariantCulture);
                break;
            case LdapOperation.ExtendedRequest:
                ReadExtended(ref reader);
                break;
        }
    }

    private void ReadBind(ReadOnlySpan<byte> content, ref BerReader reader)
    {
        Version = reader.TakeNumber();
        Dn = LdapText.Of(reader.Take(BerReader.OctetString));
        Authentication = reader.NextTag == SimpleTag ? "simple" : "sasl";
        if (Authentication == "sasl") Mechanism = LdapRequest.ReadMechanism(content);
        Summary = $"{Dn} {Mechanism ?? Authentication}".TrimStart();
    }

    private void ReadSearch(ref BerReader reader)
    {
        Dn = LdapText.Of(reader.Take(BerReader.OctetString));
        Scope = LdapNames.Scope(reader.TakeNumber(BerReader.Enumerated));
        DerefAliases = LdapNames.Aliases(reader.TakeNumber(BerReader.Enumerated));
        SizeLimit = reader.TakeNumber();
        TimeLimit = reader.TakeNumber();
        TypesOnly = reader.Take(BerReader.Boolean) is [not 0, ..];
        Filter = reader.TakeFilter();
        Attributes = LdapText.ListOf(reader.Take(BerReader.Sequence));
        Summary = $"{Dn} {Scope} {Filter}".TrimStart();
    }

    private void ReadModify(ref BerReader reader)
    {
        Summary = Dn = LdapText.Of(reader.Take(BerReader.OctetString));
        Changes = [];
        var list = new BerReader(reader.Take(BerReader.Sequence));
        while (list.TryRead(out _, out var change))
        {
            var parts = new BerReader(change);
            var operation = LdapNames.Change(parts.TakeNumber(BerReader.Enumerated));
            var attribute = new BerReader(parts.Take(BerReader.Sequence));
            var name = LdapText.Of(attribute.Take(BerReader.OctetString));
            if (!attribute.TryRead(out _, out var values)) values = default;
            Changes.Add(FieldValue.From(new LdapChange(operation, name, LdapEntry.ReadValues(values), LdapEntry.HasBinary(values))));
        }
    }

    private void ReadModifyDn(ref BerReader reader)
    {
        Dn = LdapText.Of(reader.Take(BerReader.OctetString));
        NewRdn = LdapText.Of(reader.Take(BerReader.OctetString));
        DeleteOldRdn = reader.Take(BerReader.Boolean) is [not 0, ..];
        if (reader.NextTag == NewSuperiorTag) NewSuperior = LdapText.Of(reader.Take(NewSuperiorTag));
        Summary = $"{Dn} {NewRdn} {NewSuperior}".TrimEnd();
    }

    private void ReadCompare(ref BerReader reader)
    {
        Dn = LdapText.Of(reader.Take(BerReader.OctetString));
        var assertion = new BerReader(reader.Take(BerReader.Sequence));
        Attribute = LdapText.Of(assertion.Take(BerReader.OctetString));
        Value = LdapText.Of(assertion.Take(BerReader.OctetString));
        Summary = $"{Dn} {Attribute}";
    }

    private void ReadExtended(ref BerReader reader)
    {
        RequestName = LdapText.Of(reader.Take(0x80));
        RequestValue = LdapText.Base64(reader.Take(0x81));
        Summary = LdapNames.IdentifierName(RequestName) ?? RequestName;
    }
}
