using System.Text.Json;

namespace Wirehook.Hub.Views;

/// <summary>Words of the API for values of enumerations: <c>DropOldest</c> is <c>drop_oldest</c>, as in the configuration.</summary>
internal static class Words
{
    /// <summary>The word for <paramref name="value"/>.</summary>
    public static string Of<T>(T value)
        where T : struct, Enum => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());
}
