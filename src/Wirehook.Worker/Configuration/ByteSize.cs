using System.Globalization;

namespace Wirehook.Worker.Configuration;

/// <summary>Numbers of bytes as people write them: <c>65536</c>, <c>64KB</c>, <c>16MB</c>, <c>1GB</c>.</summary>
internal static class ByteSize
{
    private const long Most = 1L << 30;
    private static readonly (string Unit, int Shift)[] Units = [("KB", 10), ("MB", 20), ("GB", 30)];

    /// <summary>Reads one; units count 1024 and are written in any case. False where it is none, or more than 1 GB.</summary>
    public static bool TryParse(string text, out long bytes)
    {
        var (number, shift) = (text, 0);
        foreach (var (unit, unitShift) in Units)
        {
            if (text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) (number, shift) = (text[..^unit.Length].TrimEnd(), unitShift);
        }

        bytes = 0;
        if (!long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > Most >> shift) return false;
        bytes = count << shift;
        return true;
    }
}
