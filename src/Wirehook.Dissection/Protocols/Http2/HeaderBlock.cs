using Wirehook.Packets;

namespace Wirehook.Dissection.Protocols.Http2;

/// <summary>What is known of a header block besides its fields: which frames made it.</summary>
/// <param name="StreamId">The stream.</param>
/// <param name="Promised">The stream that a PUSH_PROMISE announces; 0 for HEADERS.</param>
/// <param name="EndStream">Whether the message ends with it.</param>
/// <param name="Size">Bytes of its frames.</param>
/// <param name="Started">When its first byte came.</param>
internal readonly record struct HeaderBlock(uint StreamId, uint Promised, bool EndStream, long Size, Timestamp Started);
