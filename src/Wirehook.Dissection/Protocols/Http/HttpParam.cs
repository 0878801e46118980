using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Http;

/// <summary>One parameter of a form that a request carries.</summary>
public sealed class HttpParam : Record
{
    internal HttpParam(string name, string value, string? fileName = null, string? contentType = null)
    {
        (Name, Value, FileName, ContentType) = (name, value, fileName, contentType);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("HttpParam", "One parameter of a posted form.",
    [
        new("name", "string", "The parameter's name.", static r => FieldValue.From(((HttpParam)r).Name)),
        new("value", "string", "Its value as text.", static r => FieldValue.From(((HttpParam)r).Value)),
        new("fileName", "string", "Name of the uploaded file.", static r => FieldValue.From(((HttpParam)r).FileName), Optional: true),
        new("contentType", "string", "Media type of the uploaded file.", static r => FieldValue.From(((HttpParam)r).ContentType), Optional: true),
    ]);

    /// <summary>The parameter's name.</summary>
    public string Name { get; }

    /// <summary>Its value as text.</summary>
    public string Value { get; }

    /// <summary>Name of the uploaded file, or null.</summary>
    public string? FileName { get; }

    /// <summary>Media type of the uploaded file, or null.</summary>
    public string? ContentType { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
