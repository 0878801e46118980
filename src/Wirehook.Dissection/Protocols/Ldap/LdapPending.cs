using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Framing;
using Wirehook.Dissection.Pairing;
using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Ldap;

/// <summary>A request that waits for its last response, with those that came before it.</summary>
internal sealed class LdapPending : PendingMessage
{
    /// <summary>The request.</summary>
    public required FramedMessage Message { get; set; }

    /// <summary>What the request asks for.</summary>
    public required LdapOperation Operation { get; init; }

    /// <summary>How often bytes were lost before it.</summary>
    public required int Losses { get; init; }

    /// <summary>Responses so far; null where there are none.</summary>
    public LdapParts? Parts { get; set; }

    /// <inheritdoc/>
    public override long Held => base.Held - Size + Message.Bytes.Length + (Parts?.Kept ?? 0);

    /// <inheritdoc/>
    internal override void Detach()
    {
        Message = Message.Detach();
        Parts?.Detach();
    }
}

/// <summary>The responses to one request before the last one: entries, references, intermediate ones.</summary>
internal sealed class LdapParts(int limit)
{
    private readonly List<ReadOnlyMemory<byte>> _messages = [];
    private int _detached;

    /// <summary>The messages that are kept.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Messages => _messages;

    /// <summary>Bytes that they take.</summary>
    public int Kept { get; private set; }

    /// <summary>Bytes on the wire of all of them.</summary>
    public long Size { get; private set; }

    /// <summary>Entries among them.</summary>
    public int Entries { get; private set; }

    /// <summary>References among them.</summary>
    public int References { get; private set; }

    /// <summary>Whether some are not kept as a whole.</summary>
    public bool Truncated { get; private set; }

    /// <summary>Whether bytes of one of them were not captured.</summary>
    public bool Broken { get; private set; }

    /// <summary>When the last of them came.</summary>
    public Timestamp Latest { get; private set; }

    /// <summary>Moves the messages to memory of their own, so that they hold no chunks that others have long left.</summary>
    public void Detach()
    {
        for (; _detached < _messages.Count; _detached++) _messages[_detached] = ByteArena.Detach(_messages[_detached]);
    }

    /// <summary>Adds one, and keeps it as far as the limit allows.</summary>
    public void Add(in FramedMessage message, LdapOperation operation, Timestamp timestamp)
    {
        Size += message.Size;
        Latest = timestamp;
        Broken |= message.Broken;
        if (operation == LdapOperation.SearchResultEntry) Entries++;
        else if (operation == LdapOperation.SearchResultReference) References++;
        Truncated |= message.Truncated || message.Bytes.Length > limit - Kept;
        if (message.Bytes.Length > limit - Kept) return;
        _messages.Add(message.Bytes);
        Kept += message.Bytes.Length;
    }
}
