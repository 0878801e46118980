using Wirehook.Dissection.Items;
using Wirehook.Dissection.Protobuf;
using Wirehook.Dissection.Secrets;

namespace Wirehook.Dissection.Engine;

/// <summary>Names and limits of dissection.</summary>
public sealed record DissectionOptions
{
    /// <summary>Name of the worker, the first part of every item's id.</summary>
    public string Worker { get; init; } = "127.0.0.1:8897";

    /// <summary>The machine on which the capture happened.</summary>
    public Node Node { get; init; } = new("127.0.0.1", "localhost");

    /// <summary>Whether the flows' bytes were encrypted on the wire and come decrypted.</summary>
    public bool Tls { get; init; }

    /// <summary>Names of the protocols whose items are made; null for <see cref="ProtocolRegistry.DefaultDissectorNames"/>.</summary>
    public IReadOnlyCollection<string>? Dissectors { get; init; }

    /// <summary>Nanoseconds of packet time between two records of a connection or flow that goes on; 0 for records at its beginning and end only.</summary>
    public long FlowRecordInterval { get; init; } = 10_000_000_000;

    /// <summary>Bytes of a message's body that are kept; the rest is counted and the body is marked as truncated.</summary>
    public int BodyLimit { get; init; } = 1 << 20;

    /// <summary>Bytes that a compressed body may expand to.</summary>
    public int DecodedBodyLimit { get; init; } = 4 << 20;

    /// <summary>Bytes that a message's head (start line and headers, or a length-prefixed frame's part that must be whole) may have.</summary>
    public int HeadLimit { get; init; } = 256 << 10;

    /// <summary>Bytes per direction that wait for a decision on the protocol.</summary>
    public int DetectionLimit { get; init; } = 16 << 10;

    /// <summary>Undigested bytes that one direction of a flow may hold.</summary>
    public int BufferLimit { get; init; } = 2 << 20;

    /// <summary>Messages per flow that wait for their partner; the oldest leaves unpaired beyond it.</summary>
    public int PendingLimit { get; init; } = 1024;

    /// <summary>Bytes of messages per flow that wait for their partner.</summary>
    public long PendingBytesLimit { get; init; } = 16 << 20;

    /// <summary>
    /// Bytes that all flows together may keep between packets: undigested bytes and messages that are incomplete or wait for their partner. DNS queries have a
    /// table of their own, with a bound of its own. Beyond the limit the oldest leave, and are counted.
    /// </summary>
    public long MemoryLimit { get; init; } = 64 << 20;

    /// <summary>Nanoseconds that a whole request waits for its response to begin; then it leaves with an error, and its response alone, should it come. 0 for no limit.</summary>
    public long RequestTimeout { get; init; } = 60_000_000_000;

    /// <summary>The TLS secrets that programs logged; null where none are given, and encrypted data stays unread.</summary>
    public KeyLog? Keys { get; init; }

    /// <summary>Nanoseconds that encrypted data waits for its secrets where they may still come.</summary>
    public long KeyWait { get; init; } = 10_000_000_000;

    /// <summary>Types of protocol buffers that are known; null for none.</summary>
    public ProtobufSchema? Protobuf { get; init; }
}
