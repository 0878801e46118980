namespace Wirehook.Dissection.Protocols.Sctp;

/// <summary>What all chunks of one packet share (RFC 9260 §3.1).</summary>
/// <param name="VerificationTag">The number by which the receiver knows the association.</param>
/// <param name="Checksum">The checksum as sent.</param>
internal readonly record struct SctpHeader(uint VerificationTag, uint Checksum);
