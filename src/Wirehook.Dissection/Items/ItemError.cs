using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Items;

/// <summary>Why an item is incomplete.</summary>
public sealed class ItemError : Record
{
    private ItemError(string type, string message)
    {
        (ErrorType, Message) = (type, message);
    }

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("ItemError", "Why an item is incomplete.",
    [
        new("type", "\"pair-not-found\" | \"gap\" | \"timeout\" | \"dissection\" | \"connection\"", "The kind of error.", static r => FieldValue.From(((ItemError)r).ErrorType)),
        new("msg", "string", "A sentence for people.", static r => FieldValue.From(((ItemError)r).Message)),
    ]);

    /// <summary>The kind of error, such as <c>pair-not-found</c>.</summary>
    public string ErrorType { get; }

    /// <summary>A sentence for people.</summary>
    public string Message { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    /// <summary>The other message of the pair never came, although the flow ended in order or the capture ended.</summary>
    public static ItemError PairNotFound(string message) => new("pair-not-found", message);

    /// <summary>Bytes of the stream are missing, so that the message or its partner is incomplete or unknown.</summary>
    public static ItemError Gap(string message) => new("gap", message);

    /// <summary>The other message of the pair did not come in time.</summary>
    public static ItemError Timeout(string message) => new("timeout", message);

    /// <summary>The message violates its protocol.</summary>
    public static ItemError Dissection(string message) => new("dissection", message);

    /// <summary>The connection broke before the message or its partner was complete.</summary>
    public static ItemError Connection(string message) => new("connection", message);
}
