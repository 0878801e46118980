using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.Amqp;

/// <summary>A method as the request or response of an item: its name, its arguments by name, and its content.</summary>
internal sealed class AmqpRecord(AmqpMessage? message) : Record
{
    private const string Empty = "empty";
    private static readonly Dictionary<AmqpMethod, Dictionary<string, int>> Places = AmqpMethods.All.ToDictionary(m => m, PlacesOf);
    private FieldValue[]? _arguments;
    private AmqpProperties? _properties;

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("AmqpMethod", "A method of AMQP with its arguments and content.",
    [
        new("method", "string", "Class and method, such as `basic publish`; `empty` for the answer that a method does not have.", static r => FieldValue.From(((AmqpRecord)r).Method)),
        new("body", "string", "The content's body in base64; absent where it is empty.", static r => ((AmqpRecord)r).BodyText, Optional: true) { Base64 = static r => ((AmqpRecord)r).Body },
        new("properties", "AmqpProperties", "The content's properties.", static r => FieldValue.From(((AmqpRecord)r).Properties), Optional: true),
        new("truncated", "boolean", "Present and true when part of the body is not there.", static r => ((AmqpRecord)r).Truncated, Optional: true),
        new("replyCode", "number", "The reply code, by its right name; the same as `relyCode`.", static r => ((AmqpRecord)r).Argument("relyCode"), Optional: true),
        .. AmqpArguments.Fields(static (r, name) => ((AmqpRecord)r).Argument(name)),
    ], AmqpProperties.RecordType);

    /// <inheritdoc/>
    public override RecordType Type => RecordType;

    private string Method => message?.Method.Name ?? Empty;

    private ReadOnlyMemory<byte> Body => message?.Body ?? default;

    private FieldValue BodyText => Body.IsEmpty ? FieldValue.Absent : FieldValue.From(Convert.ToBase64String(Body.Span));

    private FieldValue Truncated => message is { Truncated: true } ? FieldValue.From(true) : FieldValue.Absent;

    private AmqpProperties? Properties => message is null || message.Header.IsEmpty ? null : _properties ??= new AmqpProperties(message.Header);

    private static Dictionary<string, int> PlacesOf(AmqpMethod method)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < method.Arguments.Length; i++)
        {
            if (method.Arguments[i].Name.Length > 0) places.Add(method.Arguments[i].Name, i);
        }

        return places;
    }

    private FieldValue Argument(string name)
    {
        if (message is null || !Places[message.Method].TryGetValue(name, out var place)) return FieldValue.Absent;
        return (_arguments ??= AmqpArguments.Read(message.Method, message.Arguments.Span))[place];
    }
}
