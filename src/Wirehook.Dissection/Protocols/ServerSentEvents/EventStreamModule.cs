using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protocols.Http;
using Wirehook.Dissection.Protocols.ServerSentEvents;
using Wirehook.Dissection.Records;

[assembly: ProtocolModule(typeof(EventStreamModule))]
[assembly: HttpPayload(typeof(EventStreamPayload))]

namespace Wirehook.Dissection.Protocols.ServerSentEvents;

/// <summary>Server-sent events: the metadata of their items. HTTP recognises the connections, <see cref="EventStreamPayload"/> the responses.</summary>
public sealed class EventStreamModule : ProtocolModule
{
    internal static Protocol ServerSentEvents { get; } = new()
    {
        Name = "sse",
        Version = "1",
        Abbreviation = "SSE",
        LongName = "Server-Sent Events",
        Macro = "sse",
        BackgroundColor = "#2b8a8a",
        ForegroundColor = "#ffffff",
        FontSize = 12,
        ReferenceLink = "https://html.spec.whatwg.org/multipage/server-sent-events.html",
        Ports = [],
        Layer4 = "tcp",
        Priority = 0,
    };

    /// <inheritdoc/>
    public override IReadOnlyList<Protocol> Protocols { get; } = [ServerSentEvents];

    /// <inheritdoc/>
    public override IReadOnlyList<RecordType> ItemTypes { get; } = [EventItem.RecordType];
}
