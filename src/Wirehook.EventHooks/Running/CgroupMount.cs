using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>Where a process's own cgroup is in the file system (cgroups(7), proc(5)).</summary>
internal static class CgroupMount
{
    /// <summary>The folder of the cgroup version 2 that a process is in; null where none is mounted.</summary>
    /// <param name="mountInfo">The text of <c>/proc/self/mountinfo</c>.</param>
    /// <param name="membership">The text of <c>/proc/self/cgroup</c>.</param>
    public static string? FindOwnFolder(string mountInfo, string membership)
    {
        var own = membership.Split('\n').FirstOrDefault(line => line.StartsWith("0::/", StringComparison.Ordinal))?[3..];
        if (own is null) return null;
        foreach (var line in mountInfo.Split('\n'))
        {
            var fields = line.Split(' ');
            var separator = Array.IndexOf(fields, "-");
            if (separator < 6 || separator + 1 >= fields.Length || fields[separator + 1] != "cgroup2") continue;
            if (Below(own, Unescape(fields[3])) is { } relative) return Unescape(fields[4]).TrimEnd('/') + relative;
        }
        return null;
    }

    private static string? Below(string path, string root)
    {
        if (root == "/") return path == "/" ? "" : path;
        if (path == root) return "";
        return path.StartsWith(root + "/", StringComparison.Ordinal) ? path[root.Length..] : null;
    }

    /// <summary>mountinfo writes blanks, tabs, line ends and backslashes as three octal digits.</summary>
    private static string Unescape(string text)
    {
        if (!text.Contains('\\')) return text;
        var plain = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var escaped = text[i] == '\\' && i + 3 < text.Length && text.AsSpan(i + 1, 3).IndexOfAnyExceptInRange('0', '7') < 0;
            plain.Append(escaped ? (char)(((text[i + 1] - '0') << 6) | ((text[i + 2] - '0') << 3) | (text[i + 3] - '0')) : text[i]);
            if (escaped) i += 3;
        }
        return plain.ToString();
    }
}
