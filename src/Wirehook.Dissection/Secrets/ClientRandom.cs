using System.Runtime.InteropServices;

namespace Wirehook.Dissection.Secrets;

/// <summary>The 32 random bytes of a ClientHello: what a key log calls a connection by.</summary>
/// <param name="First">Bytes 0 to 7.</param>
/// <param name="Second">Bytes 8 to 15.</param>
/// <param name="Third">Bytes 16 to 23.</param>
/// <param name="Fourth">Bytes 24 to 31.</param>
internal readonly record struct ClientRandom(ulong First, ulong Second, ulong Third, ulong Fourth)
{
    /// <summary>Bytes of a client random.</summary>
    public const int Length = 32;

    /// <summary>Reads the random at the start of <paramref name="bytes"/>, which are at least <see cref="Length"/>.</summary>
    public static ClientRandom From(ReadOnlySpan<byte> bytes) => MemoryMarshal.Read<ClientRandom>(bytes);
}
