using Wirehook.Packets;
using Wirehook.Packets.Flows;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>A query taken from <see cref="DnsPendingTable"/>. Its message is valid until the table takes another query.</summary>
internal readonly ref struct DnsPendingQuery
{
    /// <summary>The conversation that carried the query.</summary>
    public required DnsConversation Owner { get; init; }

    /// <summary>The message as captured.</summary>
    public required ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Where its records start.</summary>
    public required int QuestionsEnd { get; init; }

    /// <summary>Bytes of the message on the wire.</summary>
    public required int WireLength { get; init; }

    /// <summary>Who asked.</summary>
    public required Direction Direction { get; init; }

    /// <summary>When.</summary>
    public required Timestamp Timestamp { get; init; }
}
