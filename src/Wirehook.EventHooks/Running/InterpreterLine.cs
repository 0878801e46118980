using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>The first line of a script (<c>#!</c>), read as the kernel reads it (fs/binfmt_script.c).</summary>
internal static class InterpreterLine
{
    /// <summary>The kernel looks at no more of a file.</summary>
    public const int MaximumLength = 256;

    /// <summary>The interpreter's path; null where the file does not begin with <c>#!</c>, or names none.</summary>
    public static string? Parse(ReadOnlySpan<byte> head)
    {
        if (!head.StartsWith("#!"u8)) return null;
        var line = head[2..];
        var end = line.IndexOf((byte)'\n');
        if (end >= 0) line = line[..end];
        line = line.Trim(" \t"u8);
        var gap = line.IndexOfAny((byte)' ', (byte)'\t');
        if (gap >= 0) line = line[..gap];
        return line.IsEmpty ? null : Encoding.UTF8.GetString(line);
    }

    /// <summary>Why a script with this first line cannot start; null where nothing speaks against it.</summary>
    public static string? Check(string script, ReadOnlySpan<byte> head, Func<string, bool> exists)
    {
        if (Parse(head) is not { } interpreter || exists(interpreter)) return null;
        return interpreter.EndsWith('\r')
            ? $"The first line of {script} ends with a carriage return, so that the interpreter '{interpreter.TrimEnd('\r')}\\r' is not found; mend it with: sed -i 's/\\r$//' {script}"
            : $"The interpreter {interpreter} that the first line of {script} asks for does not exist.";
    }
}
