namespace Wirehook.Dissection.Protocols.Nats;

/// <summary>What a protocol message does; the first word of its line.</summary>
internal enum NatsOperation : byte
{
    /// <summary>None that is known.</summary>
    Unknown,
    Info,
    Connect,
    Pub,
    HPub,
    Sub,
    Unsub,
    Msg,
    HMsg,
    Ping,
    Pong,
    Ok,
    Err,
}
