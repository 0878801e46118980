using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>A command that waits for its reply.</summary>
internal sealed class RedisRequest : PendingMessage
{
    /// <summary>The command.</summary>
    public required RedisBytes Content { get; init; }

    /// <summary>When the packet with its first byte was captured.</summary>
    public required Timestamp Started { get; init; }

    /// <summary>What the command does to the order of messages.</summary>
    public CommandTrait Trait { get; init; }

    /// <summary>Replies that follow the first one: a subscription has one for each channel.</summary>
    public int MoreReplies { get; init; }

    /// <inheritdoc/>
    public override long Held => base.Held - Size + Content.Bytes.Length;

    /// <inheritdoc/>
    internal override void Expire(Timestamp now)
    {
        // The client said how long the reply may take.
        if (Trait is not (CommandTrait.Blocking or CommandTrait.Monitor)) base.Expire(now);
    }
}

/// <summary>The bytes of one message, as far as they are kept.</summary>
/// <param name="Bytes">The message, or its beginning.</param>
/// <param name="Inline">Whether it is a line of words and not RESP.</param>
/// <param name="Truncated">Whether bytes of it were not kept, or not captured.</param>
internal readonly record struct RedisBytes(ReadOnlyMemory<byte> Bytes, bool Inline, bool Truncated);
