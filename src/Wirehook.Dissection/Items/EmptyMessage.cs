using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>
/// The request or response that an item lacks, <c>{}</c> in JSON. It is an object and not null, so that a script's <c>data.response.status</c>
/// reads as undefined on an unpaired item and does not throw.
/// </summary>
public sealed class EmptyMessage : Record
{
    private EmptyMessage()
    {
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("EmptyMessage", "The message that an unpaired item lacks.", []);

    /// <summary>The one instance.</summary>
    public static EmptyMessage Instance { get; } = new();

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
