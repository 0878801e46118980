using System.Globalization;

namespace Wirehook.Cli.Output;

/// <summary>Counts and times as people read them in tables.</summary>
internal static class Quantity
{
    /// <summary>A count with thousands: <c>12,345</c>.</summary>
    public static string Count(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A time in the unit that suits it: <c>0.4 ms</c>, <c>120 ms</c>, <c>2.5 s</c>, <c>30 s</c>.</summary>
    public static string Milliseconds(double milliseconds) => milliseconds switch
    {
        >= 1000 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.#} s"),
        >= 10 => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0} ms"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{milliseconds:0.#} ms"),
    };
}
