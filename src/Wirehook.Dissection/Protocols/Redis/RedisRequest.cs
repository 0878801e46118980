using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Redis;

/// <summary>A command that waits for its reply.</summary>
internal sealed class RedisRequest : PendingMessage
{
    /// <summary>The command.</summary>
    public required RedisBytes Content { get; set; }

    /// <summary>What the command does to the order of messages.</summary>
    public CommandTrait Trait { get; init; }

    /// <summary>Replies that follow the first one: a subscription has one for each channel.</summary>
    public int MoreReplies { get; init; }

    /// <inheritdoc/>
    public override long Held => base.Held - Size + Content.Bytes.Length;

    /// <inheritdoc/>
    internal override void Detach() => Content = Content with { Message = Content.Message.Detach() };

    /// <inheritdoc/>
    internal override void Expire(Timestamp now)
    {
        // The client said how long the reply may take.
        if (Trait is not (CommandTrait.Blocking or CommandTrait.Monitor)) base.Expire(now);
    }
}

/// <summary>A message and its notation.</summary>
/// <param name="Message">The message.</param>
/// <param name="Inline">Whether it is a line of words and not RESP.</param>
internal readonly record struct RedisBytes(FramedMessage Message, bool Inline)
{
    /// <summary>The kept bytes.</summary>
    public ReadOnlyMemory<byte> Bytes => Message.Bytes;
}
