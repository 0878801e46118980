using Wirehook.Dissection.Records;

namespace Wirehook.Dissection.Protocols.ServerSentEvents;

/// <summary>One event of an event stream (HTML standard §9.2).</summary>
public sealed class ServerSentEvent : Record
{
    internal ServerSentEvent(string name, string data, string id, bool truncated) => (Name, Data, Id, IsTruncated) = (name, data, id, truncated);

    /// <summary>The declaration of this record.</summary>
    public static RecordType RecordType { get; } = new("ServerSentEvent", "One event of an event stream.",
    [
        new("event", "string", "The event's type; `message` where the server names none.", static r => FieldValue.From(((ServerSentEvent)r).Name)),
        new("data", "string", "The event's data, its lines joined by line feeds.", static r => FieldValue.From(((ServerSentEvent)r).Data)),
        new("id", "string", "The id that the server gave last, or empty.", static r => FieldValue.From(((ServerSentEvent)r).Id)),
        new("truncated", "boolean", "Present and true when part of the event is not there.", static r => ((ServerSentEvent)r).IsTruncated ? FieldValue.From(true) : FieldValue.Absent, Optional: true),
    ]);

    /// <summary>The event's type.</summary>
    public string Name { get; }

    /// <summary>The event's data.</summary>
    public string Data { get; }

    /// <summary>The id that the server gave last, or empty.</summary>
    public string Id { get; }

    /// <summary>Whether part of the event is not there.</summary>
    public bool IsTruncated { get; }

    /// <inheritdoc/>
    public override RecordType Type => RecordType;
}
