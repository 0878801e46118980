using System.Buffers.Binary;
using System.Globalization;

namespace Wirehook.Dissection.Protocols.Dns;

/// <summary>LOC data in presentation format (RFC 1876 §3): latitude, longitude, altitude, size, horizontal and vertical precision.</summary>
internal static class DnsLocation
{
    private const long Equator = 1L << 31;

    /// <summary>Writes the data.</summary>
    public static void Write(ref DnsDataText text)
    {
        var data = text.Take(16);
        if (data.IsEmpty || data[0] != 0)
        {
            text.Fail();
            return;
        }

        Angle(ref text, BinaryPrimitives.ReadUInt32BigEndian(data[4..]), 'N', 'S');
        Angle(ref text, BinaryPrimitives.ReadUInt32BigEndian(data[8..]), 'E', 'W');
        text.Word(Metres(BinaryPrimitives.ReadUInt32BigEndian(data[12..]) - 10_000_000L));
        for (var i = 1; i < 4; i++) text.Word(Metres(Precision(data[i])));
    }

    private static void Angle(ref DnsDataText text, uint value, char positive, char negative)
    {
        var thousandths = Math.Abs(value - Equator);
        var (degrees, minutes, seconds) = (thousandths / 3_600_000, thousandths / 60_000 % 60, thousandths % 60_000);
        var side = value >= Equator ? positive : negative;
        text.Word(string.Create(CultureInfo.InvariantCulture, $"{degrees} {minutes} {seconds / 1000}.{seconds % 1000:D3} {side}"));
    }

    private static string Metres(long centimetres) =>
        string.Create(CultureInfo.InvariantCulture, $"{(centimetres < 0 ? "-" : "")}{Math.Abs(centimetres) / 100}.{Math.Abs(centimetres) % 100:D2}m");

    private static long Precision(byte value)
    {
        var result = (long)(value >> 4);
        for (var i = value & 0xF; i > 0; i--) result *= 10;
        return result;
    }
}
