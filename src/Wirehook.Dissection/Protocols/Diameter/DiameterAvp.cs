using System.Buffers.Binary;

namespace Wirehook.Dissection.Protocols.Diameter;

/// <summary>An attribute-value pair's header (RFC 6733 §4.1).</summary>
/// <param name="Code">Its code.</param>
/// <param name="Flags">V for a vendor's, M for mandatory.</param>
/// <param name="Length">Bytes of header and value, without padding.</param>
/// <param name="Vendor">The vendor's number; 0 for none.</param>
internal readonly record struct DiameterAvp(uint Code, byte Flags, int Length, uint Vendor)
{
    private const byte VendorFlag = 0x80;
    private const byte ReservedFlags = 0x1F;

    /// <summary>Bytes before the value.</summary>
    public int HeaderLength => (Flags & VendorFlag) != 0 ? 12 : 8;

    /// <summary>Bytes up to the next AVP.</summary>
    public int PaddedLength => (Length + 3) & ~3;

    /// <summary>Reads the header of the AVP that begins <paramref name="data"/>; false where it cannot be one.</summary>
    /// <param name="data">Bytes from the AVP on.</param>
    /// <param name="room">Bytes that the AVP may have at most.</param>
    /// <param name="avp">The header.</param>
    public static bool TryRead(ReadOnlySpan<byte> data, int room, out DiameterAvp avp)
    {
        avp = default;
        if (data.Length < 8) return false;
        var flags = data[4];
        var length = (int)(BinaryPrimitives.ReadUInt32BigEndian(data[4..]) & 0xFF_FFFF);
        var isVendors = (flags & VendorFlag) != 0;
        if ((flags & ReservedFlags) != 0 || length > room || length < (isVendors ? 12 : 8)) return false;
        var vendor = isVendors && data.Length >= 12 ? BinaryPrimitives.ReadUInt32BigEndian(data[8..]) : 0;
        avp = new DiameterAvp(BinaryPrimitives.ReadUInt32BigEndian(data), flags, length, vendor);
        return true;
    }
}
