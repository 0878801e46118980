using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>An entry of the directory: its name and attributes.</summary>
internal sealed class LdapEntry(string dn, FieldMap attributes, List<FieldValue>? binary) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("LdapEntry", "An entry of the directory.",
    [
        new("dn", "string", "Its distinguished name.", static r => FieldValue.From(((LdapEntry)r).Dn)),
        new("attributes", "{ [name: string]: string[] }", "Values by attribute.", static r => FieldValue.From(((LdapEntry)r).Attributes)),
        new("binary", "string[]", "Attributes whose values are in base64.", static r => FieldValue.From(((LdapEntry)r).Binary), Optional: true),
    ]);

    /// <summary>The distinguished name.</summary>
    public string Dn => dn;

    /// <summary>Values by attribute.</summary>
    public FieldMap Attributes => attributes;

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private List<FieldValue>? Binary => binary;

    /// <summary>Reads a name and a list of attributes, as SearchResultEntry and AddRequest have them.</summary>
    public static LdapEntry Read(ReadOnlySpan<byte> content)
    {
        var reader = new BerReader(content);
        var dn = LdapText.Of(reader.Take(BerReader.OctetString));
        var attributes = new Dictionary<string, FieldValue>(StringComparer.Ordinal);
        List<FieldValue>? binary = null;
        var list = new BerReader(reader.Take(BerReader.Sequence));
        while (list.TryRead(out _, out var attribute))
        {
            var parts = new BerReader(attribute);
            var name = LdapText.Of(parts.Take(BerReader.OctetString));
            if (!parts.TryRead(out _, out var values)) values = default;
            if (HasBinary(values)) (binary ??= []).Add(FieldValue.From(name));
            attributes[name] = FieldValue.From(ReadValues(values));
        }

        return new LdapEntry(dn, new FieldMap([.. attributes.Keys], [.. attributes.Values]), binary);
    }

    /// <summary>The values of one attribute; where one is no text, all are in base64.</summary>
    public static List<FieldValue> ReadValues(ReadOnlySpan<byte> values)
    {
        var (list, binary) = (new List<FieldValue>(), HasBinary(values));
        var reader = new BerReader(values);
        while (reader.TryRead(out _, out var value)) list.Add(FieldValue.From(binary ? Convert.ToBase64String(value) : LdapText.Of(value)));
        return list;
    }

    /// <summary>Whether one of the values is no text.</summary>
    public static bool HasBinary(ReadOnlySpan<byte> values)
    {
        var reader = new BerReader(values);
        while (reader.TryRead(out _, out var value))
        {
            if (!LdapText.IsText(value)) return true;
        }

        return false;
    }
}

/// <summary>One change of a modification.</summary>
internal sealed class LdapChange(string operation, string attribute, List<FieldValue> values, bool binary) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("LdapChange", "One change of a modification.",
    [
        new("operation", "string", "`add`, `delete`, `replace` or `increment`.", static r => FieldValue.From(((LdapChange)r).Operation)),
        new("attribute", "string", "The attribute.", static r => FieldValue.From(((LdapChange)r).Attribute)),
        new("values", "string[]", "Its values.", static r => FieldValue.From(((LdapChange)r).Values)),
        new("binary", "boolean", "Present and true where the values are in base64.", static r => ((LdapChange)r).Binary ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Operation => operation;

    private string Attribute => attribute;

    private List<FieldValue> Values => values;

    private bool Binary => binary;
}

/// <summary>A control of a message.</summary>
internal sealed class LdapControl(string type, bool critical, string? value) : Record
{
    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("LdapControl", "A control of an LDAP message.",
    [
        new("type", "string", "Its object identifier.", static r => FieldValue.From(((LdapControl)r).Identifier)),
        new("name", "string", "Its name, where it is well known.", static r => FieldValue.From(LdapNames.IdentifierName(((LdapControl)r).Identifier)), Optional: true),
        new("criticality", "boolean", "Whether the server must refuse what it does not know.", static r => FieldValue.From(((LdapControl)r).Critical)),
        new("value", "string", "Its value in base64.", static r => FieldValue.From(((LdapControl)r).Value), Optional: true),
    ]);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Identifier => type;

    private bool Critical => critical;

    private string? Value => value;

    /// <summary>The controls of a message; null where there are none.</summary>
    public static List<FieldValue>? ReadAll(ReadOnlySpan<byte> controls)
    {
        if (controls.IsEmpty) return null;
        var list = new List<FieldValue>();
        var reader = new BerReader(controls);
        while (reader.TryRead(out _, out var control))
        {
            var parts = new BerReader(control);
            var type = LdapText.Of(parts.Take(BerReader.OctetString));
            var critical = parts.Take(BerReader.Boolean) is [not 0, ..];
            list.Add(FieldValue.From(new LdapControl(type, critical, LdapText.Base64(parts.Take(BerReader.OctetString)))));
        }

        return list;
    }
}
