using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>Checks what a program is to get as environment and arguments, and adds what the runner itself passes.</summary>
internal static class EnvironmentBlock
{
    /// <summary>The variable by which a run's descendants are recognised.</summary>
    public const string ExecutionVariable = "NLMON_EXECUTION_ID";

    /// <summary>The script's path: a script that is executed by descriptor cannot tell it from <c>$0</c>.</summary>
    public const string ScriptVariable = "NLMON_HOOK_SCRIPT";

    /// <summary>The kernel takes no single string of more than 32 pages (MAX_ARG_STRLEN in linux/binfmts.h).</summary>
    public const int MaximumStringBytes = 131_072;

    /// <summary>Bytes of environment and arguments together; the kernel takes a quarter of the stack limit, usually 2 MiB.</summary>
    public const int MaximumBytes = 1 << 20;

    private const int MaximumIdLength = 128;

    /// <summary>The strings <c>NAME=value</c>, or why they cannot be passed.</summary>
    /// <param name="request">The environment and the execution id.</param>
    /// <param name="script">The path of the script that is executed by descriptor; null for a shell command.</param>
    /// <param name="error">Why not; null where all is well.</param>
    public static List<string> Build(ProcessRequest request, string? script, out string? error)
    {
        var block = new List<string>(request.Environment.Count + 2);
        error = CheckId(request.ExecutionId);
        foreach (var (name, value) in request.Environment)
        {
            if (error is not null) return block;
            error = Check(name, value);
            if (name == ExecutionVariable || (name == ScriptVariable && script is not null)) continue;
            block.Add($"{name}={value}");
        }
        block.Add($"{ExecutionVariable}={request.ExecutionId}");
        if (script is not null) block.Add($"{ScriptVariable}={script}");
        error ??= CheckSizes(block, request);
        return block;
    }

    private static string? CheckId(string id)
    {
        // The id is written to the guardian's pipe as a word of a line and used by it in a pattern.
        var valid = id.Length is > 0 and <= MaximumIdLength && id.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_');
        return valid ? null : $"The execution id '{id}' is not made of 1 to {MaximumIdLength} letters, digits, '-' and '_'.";
    }

    private static string? Check(string name, string value)
    {
        var valid = name.Length > 0 && !char.IsAsciiDigit(name[0]) && name.All(c => char.IsAsciiLetterOrDigit(c) || c == '_');
        if (!valid) return $"The environment variable '{name}' has a name that a shell does not pass on; use letters, digits and '_'.";
        return value.Contains('\0') ? $"The environment variable {name} contains a NUL character." : null;
    }

    private static string? CheckSizes(List<string> block, ProcessRequest request)
    {
        long total = 0;
        foreach (var text in block.Concat(request.Arguments).Append(request.Script))
        {
            if (text.Contains('\0')) return "The script or an argument contains a NUL character.";
            var bytes = Encoding.UTF8.GetByteCount(text) + 1;
            if (bytes > MaximumStringBytes) return $"{Shorten(text)} has {bytes} bytes; the kernel takes at most {MaximumStringBytes} in one string.";
            total += bytes;
        }
        return total > MaximumBytes ? $"Environment and arguments have {total} bytes together; the limit is {MaximumBytes}." : null;
    }

    private static string Shorten(string text) => $"'{text[..Math.Min(text.Length, 24)]}…'";
}
