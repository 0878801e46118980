using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;

namespace Wirehook.Dissection.Pairing;

/// <summary>A whole message that waits for its partner; a protocol derives its own with what its items need. What it holds counts against the engine's memory.</summary>
internal abstract class PendingMessage : MemoryHolder
{
    /// <summary>What a message costs besides its bytes.</summary>
    private const int Overhead = 192;

    /// <summary>When the packet with its last byte was captured.</summary>
    public required Timestamp Timestamp { get; set; }

    /// <summary>Its bytes on the wire; grows while the message is incomplete.</summary>
    public required long Size { get; set; }

    /// <summary>What is wrong with the message itself, or null.</summary>
    public ItemError? Error { get; set; }

    /// <summary>Bytes that it keeps while it waits.</summary>
    public virtual long Held => Size + Overhead;

    /// <summary>Why it has left alone before its partner came; null while it waits.</summary>
    public ItemError? LeftBecause { get; internal set; }

    internal IPendingOwner? Owner { get; set; }

    /// <summary>Its place in the order of its flow's requests.</summary>
    internal long Order { get; set; }

    /// <summary>The key under which it waits, where requests and responses carry one.</summary>
    internal long PairingKey { get; set; }

    internal PendingMessage? Before { get; set; }

    internal PendingMessage? After { get; set; }

    /// <summary>What it keeps in chunks that others share moves to arrays of its own (<see cref="ByteArena.Detach"/>); it may be called again.</summary>
    internal abstract void Detach();

    internal sealed override void OnAged() => Detach();

    internal override void Release(Timestamp now) =>
        Owner?.Leave(this, ItemError.PairNotFound("The message left alone, because too many waited for their partner."));

    internal override void Expire(Timestamp now) => Owner?.Leave(this, ItemError.Timeout("No response came within the time limit."));
}

/// <summary>Whoever keeps pending messages: takes one out when memory or time runs out.</summary>
internal interface IPendingOwner
{
    /// <summary>The message leaves alone, now.</summary>
    void Leave(PendingMessage message, ItemError because);
}
