using System.Numerics;

namespace Wirehook.Netlink.Families;

/// <summary>Hashes of what identifies an object: quick, and spread over all bits.</summary>
internal static class IdentityHash
{
    private const ulong Odd = 0x9E37_79B9_7F4A_7C15;

    /// <summary>Hashes up to four numbers.</summary>
    public static int Of(ulong a, ulong b, ulong c = 0, ulong d = 0)
    {
        var hash = (a ^ 0x2545_F491_4F6C_DD1D) * Odd;
        hash = (BitOperations.RotateLeft(hash, 29) ^ b) * Odd;
        hash = (BitOperations.RotateLeft(hash, 29) ^ c) * Odd;
        hash = (BitOperations.RotateLeft(hash, 29) ^ d) * Odd;
        return (int)(hash ^ hash >> 32);
    }
}
