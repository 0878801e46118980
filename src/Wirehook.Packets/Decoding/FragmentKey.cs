namespace Wirehook.Packets.Decoding;

/// <summary>Which datagram a fragment belongs to (RFC 791 §3.2; RFC 8200 §4.5, where the protocol plays no part and is the fragment header's own).</summary>
/// <param name="Source">Sender.</param>
/// <param name="Destination">Receiver.</param>
/// <param name="Identification">The sender's number for the datagram.</param>
/// <param name="Protocol">The protocol of an IPv4 datagram.</param>
internal readonly record struct FragmentKey(IpAddress Source, IpAddress Destination, uint Identification, byte Protocol);

/// <summary>Where a fragment lies in its datagram.</summary>
/// <param name="Offset">Its first byte.</param>
/// <param name="MoreFollow">Whether it is not the last.</param>
/// <param name="Protocol">The protocol that it names; the first fragment's counts.</param>
internal readonly record struct FragmentSpan(int Offset, bool MoreFollow, byte Protocol);
