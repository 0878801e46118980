using System.Text;

namespace Wirehook.EventHooks.Configuration;

/// <summary>Puts the values of environment variables in the place of <c>${NAME}</c> and <c>${NAME:-default}</c>.</summary>
internal static class VariableExpansion
{
    /// <summary>Expands <paramref name="text"/> once: what a variable holds is not expanded again.</summary>
    /// <param name="text">The text.</param>
    /// <param name="variable">The value of a variable; null where it is not set.</param>
    /// <param name="missing">Told the names of variables that are neither set nor have a default; they become empty.</param>
    public static string Expand(string text, Func<string, string?> variable, Action<string> missing)
    {
        var result = new StringBuilder(text.Length);
        var position = 0;
        while (position < text.Length)
        {
            var start = text.IndexOf("${", position, StringComparison.Ordinal);
            var end = start < 0 ? -1 : text.IndexOf('}', start);
            if (end < 0) break;
            result.Append(text, position, start - position);
            result.Append(Value(text[(start + 2)..end], variable, missing));
            position = end + 1;
        }

        return result.Append(text, position, text.Length - position).ToString();
    }

    private static string Value(string reference, Func<string, string?> variable, Action<string> missing)
    {
        var separator = reference.IndexOf(":-", StringComparison.Ordinal);
        var name = separator < 0 ? reference : reference[..separator];
        var value = variable(name);
        // As in the shell, an empty variable takes the default too.
        if (separator >= 0) return string.IsNullOrEmpty(value) ? reference[(separator + 2)..] : value;
        if (value is null) missing(name);
        return value ?? "";
    }
}
