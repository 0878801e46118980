namespace Wirehook.Netlink.Monitor;

/// <summary>The folder in which named namespaces live (ip-netns(8)).</summary>
internal static class NamespaceFolder
{
    /// <summary>Its path.</summary>
    public const string Path = "/run/netns";

    /// <summary>The names in it, in order; none where it does not exist or may not be read.</summary>
    public static IReadOnlyList<string> Names()
    {
        try
        {
            return Directory.Exists(Path) ? [.. Directory.EnumerateFiles(Path).Select(System.IO.Path.GetFileName).OfType<string>().Order(StringComparer.Ordinal)] : [];
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
