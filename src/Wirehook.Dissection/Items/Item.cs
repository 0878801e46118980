using System.Globalization;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Records;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Items;

/// <summary>One dissected message or request/response pair: what <c>onItemCaptured(data)</c> gets. Fields are made when they are read.</summary>
public abstract class Item : Record
{
    private string? _id;

    /// <summary>An item of the flow of <paramref name="context"/>.</summary>
    /// <param name="context">The flow's context.</param>
    /// <param name="requestDirection">The direction in which the request travels: its sender is <c>src</c>.</param>
    /// <param name="timestamp">When the item's first message was captured.</param>
    protected Item(FlowContext context, Direction requestDirection, Timestamp timestamp)
    {
        (Context, RequestDirection, Timestamp) = (context, requestDirection, timestamp);
    }

    /// <summary><c>{worker}/{stream}-{index}</c>: the same on every read of the same capture.</summary>
    public string Id => _id ??= string.Create(CultureInfo.InvariantCulture, $"{Context.Worker}/{Context.Stream}-{Index}");

    /// <summary>Order of emission within the flow, from 0; set when the item is emitted.</summary>
    public long Index { get; internal set; }

    /// <summary>The flow that carried the item.</summary>
    public FlowContext Context { get; }

    /// <summary>The direction in which the request travels.</summary>
    public Direction RequestDirection { get; }

    /// <summary>When the item's first message was captured.</summary>
    public Timestamp Timestamp { get; }

    /// <summary>The request's sender.</summary>
    public ItemEndpoint Source => Context.EndpointOf(RequestDirection);

    /// <summary>The request's receiver.</summary>
    public ItemEndpoint Destination => Context.EndpointOf(RequestDirection ^ Direction.Reverse);

    /// <summary>Milliseconds from the request's first byte to the response's last; 0 where one of them is missing.</summary>
    public long ElapsedMilliseconds { get; init; }

    /// <summary>Bytes of the request on the wire; 0 where there is none.</summary>
    public long RequestSize { get; init; }

    /// <summary>Bytes of the response on the wire; 0 where there is none.</summary>
    public long ResponseSize { get; init; }

    /// <summary>Bytes of memory that it keeps, roughly: those on the wire, or what they expanded to before the item was made. What waits in queues is limited by it.</summary>
    public virtual long KeptBytes => RequestSize + ResponseSize;

    /// <summary>Why the item is incomplete, or null.</summary>
    public ItemError? Error { get; init; }

    /// <summary>Whether the item is marked as passed (green), by <c>test.pass</c>.</summary>
    public bool Passed { get; set; }

    /// <summary>Whether the item is marked as failed (red), by <c>test.fail</c>.</summary>
    public bool Failed { get; set; }

    /// <summary>The item's protocol.</summary>
    public abstract Protocol Protocol { get; }

    /// <summary>The request, or null where the item has none.</summary>
    public abstract Record? Request { get; }

    /// <summary>The response, or null where the item has none.</summary>
    public abstract Record? Response { get; }

    /// <summary>Whether the item carries a request whose bytes were all captured: what statistics count.</summary>
    public abstract bool HasRequest { get; }

    /// <summary>Whether the item carries a response whose bytes were all captured: what statistics count.</summary>
    public abstract bool HasResponse { get; }

    /// <summary>Declares a protocol's item type: the fields that all items share, with the types of its messages.</summary>
    /// <param name="name">The TypeScript interface name, such as <c>HttpItem</c>.</param>
    /// <param name="description">A sentence for the reference.</param>
    /// <param name="request">The request's type.</param>
    /// <param name="response">The response's type.</param>
    /// <param name="more">Fields of this protocol only.</param>
    public static RecordType Declare(string name, string description, RecordType request, RecordType response, params IEnumerable<Field> more) =>
        Declare(name, description, request, response, [], more);

    /// <summary>Declares a protocol's item type whose own fields name further record types.</summary>
    /// <param name="name">The TypeScript interface name.</param>
    /// <param name="description">A sentence for the reference.</param>
    /// <param name="request">The request's type.</param>
    /// <param name="response">The response's type.</param>
    /// <param name="references">Record types that the further fields name.</param>
    /// <param name="more">Fields of this protocol only.</param>
    public static RecordType Declare(string name, string description, RecordType request, RecordType response, RecordType[] references, params IEnumerable<Field> more) =>
        new(name, description, [.. SharedFields(request.Name, response.Name), .. more],
            [Protocol.RecordType, ItemEndpoint.RecordType, Node.RecordType, ItemError.RecordType, request, response, .. references]);

    private static Field[] SharedFields(string request, string response) =>
    [
        new("id", "string", "`{worker}/{stream}-{index}`: identifies the item.", static r => FieldValue.From(((Item)r).Id)),
        new("index", "number", "Order of the item within its stream, from 0.", static r => FieldValue.From(((Item)r).Index)),
        new("stream", "string", "The stream that carried the item, such as `000000000001.pcap`.", static r => FieldValue.From(((Item)r).Context.Stream)),
        new("worker", "string", "The worker that captured the item.", static r => FieldValue.From(((Item)r).Context.Worker)),
        new("node", "Node", "The machine on which the capture happened.", static r => FieldValue.From(((Item)r).Context.Node)),
        new("protocol", "Protocol", "The application protocol.", static r => FieldValue.From(((Item)r).Protocol)),
        new("tls", "boolean", "Whether the traffic was encrypted on the wire.", static r => FieldValue.From(((Item)r).Context.Tls)),
        new("src", "Endpoint", "The side that sent the request.", static r => FieldValue.From(((Item)r).Source)),
        new("dst", "Endpoint", "The side that got the request.", static r => FieldValue.From(((Item)r).Destination)),
        new("namespace", "string", "Kubernetes namespace, or empty.", static _ => FieldValue.From("")),
        new("outgoing", "boolean", "Whether the request leaves the cluster.", static _ => FieldValue.From(false)),
        new("timestamp", "number", "When the first message was captured, in milliseconds since 1970 UTC.", static r => FieldValue.From(((Item)r).Timestamp.UnixMilliseconds)),
        new("startTime", "string", "When the stream's first packet was captured, RFC 3339 with nanoseconds.", static r => FieldValue.From(((Item)r).Context.StartTime)),
        new("request", request, "The request; `{}` where it was not captured.", static r => FieldValue.From(((Item)r).Request ?? EmptyMessage.Instance)),
        new("response", response, "The response; `{}` where it was not captured.", static r => FieldValue.From(((Item)r).Response ?? EmptyMessage.Instance)),
        new("requestSize", "number", "Bytes of the request.", static r => FieldValue.From(((Item)r).RequestSize)),
        new("responseSize", "number", "Bytes of the response.", static r => FieldValue.From(((Item)r).ResponseSize)),
        new("elapsedTime", "number", "Milliseconds from the request's first byte to the response's last.", static r => FieldValue.From(((Item)r).ElapsedMilliseconds)),
        new("passed", "boolean", "Whether the item is marked green.", static r => FieldValue.From(((Item)r).Passed)),
        new("failed", "boolean", "Whether the item is marked red.", static r => FieldValue.From(((Item)r).Failed)),
        new("error", "ItemError", "Why the item is incomplete; only present then.", static r => FieldValue.From(((Item)r).Error), Optional: true),
    ];
}
