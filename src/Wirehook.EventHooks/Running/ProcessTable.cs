using System.Buffers.Text;
using System.Globalization;

namespace Wirehook.EventHooks.Running;

/// <summary>One line of the process table (<c>/proc/PID/stat</c>, proc(5)).</summary>
/// <param name="Id">Process id.</param>
/// <param name="Parent">Its parent.</param>
/// <param name="Session">Its session.</param>
/// <param name="IsDead">Whether it only waits to be waited for.</param>
/// <param name="StartTime">Clock ticks from boot to its start: with the id, the identity of a process.</param>
internal readonly record struct ProcessEntry(int Id, int Parent, int Session, bool IsDead, long StartTime);

/// <summary>Reads the process table.</summary>
internal static class ProcessTable
{
    private const int StatSize = 1024;
    private const int ChunkSize = 16 * 1024;
    private const int MaximumEnvironment = 4 << 20;
    private const int FieldsToStartTime = 19;

    private static readonly string OwnChildren = string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{Environment.ProcessId}/children");

    /// <summary>All processes.</summary>
    public static List<ProcessEntry> ReadAll()
    {
        var entries = new List<ProcessEntry>(256);
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(folder.AsSpan("/proc/".Length), NumberStyles.None, CultureInfo.InvariantCulture, out var id) && Read(id) is { } entry) entries.Add(entry);
        }
        return entries;
    }

    /// <summary>One process; null where there is none.</summary>
    public static ProcessEntry? Read(int id)
    {
        using var file = Descriptor.Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"), Libc.OpenReadOnly);
        Span<byte> buffer = stackalloc byte[StatSize];
        var length = file.IsOpen ? file.Read(buffer) : 0;
        return length > 0 ? Parse(id, buffer[..length]) : null;
    }

    /// <summary>Reads the text of a stat file; the command's name, in parentheses, may contain anything.</summary>
    public static ProcessEntry? Parse(int id, ReadOnlySpan<byte> stat)
    {
        var nameEnd = stat.LastIndexOf((byte)')');
        if (nameEnd < 0 || nameEnd + 2 >= stat.Length) return null;
        var rest = stat[(nameEnd + 2)..];
        var isDead = rest[0] is (byte)'Z' or (byte)'X';
        Span<long> numbers = stackalloc long[FieldsToStartTime + 1];
        for (var i = 0; i <= FieldsToStartTime; i++)
        {
            var end = rest.IndexOf((byte)' ');
            if (end < 0) return null;
            if (i > 0 && !Utf8Parser.TryParse(rest[..end], out numbers[i], out _)) numbers[i] = 0;
            rest = rest[(end + 1)..];
        }
        return new ProcessEntry(id, (int)numbers[1], (int)numbers[3], isDead, numbers[FieldsToStartTime]);
    }

    /// <summary>Wirehook's children that its main thread started or that were adopted, which is where the kernel puts orphans.</summary>
    public static List<int> ReadAdoptedOrOwn()
    {
        var children = new List<int>();
        using var file = Descriptor.Open(OwnChildren, Libc.OpenReadOnly);
        if (!file.IsOpen)
        {
            // A kernel without CONFIG_PROC_CHILDREN.
            foreach (var entry in ReadAll())
            {
                if (entry.Parent == Environment.ProcessId) children.Add(entry.Id);
            }
            return children;
        }
        ForEachNumber(file, children);
        return children;
    }

    /// <summary>Whether a process was started with this string in its environment; false where that cannot be read.</summary>
    /// <param name="process">Process id.</param>
    /// <param name="variable">The string <c>NAME=value</c>.</param>
    public static bool HasEnvironment(int process, ReadOnlySpan<byte> variable)
    {
        for (ReadOnlySpan<byte> rest = ReadEnvironment(process); !rest.IsEmpty; rest = AfterString(rest, out _))
        {
            AfterString(rest, out var entry);
            if (entry.SequenceEqual(variable)) return true;
        }
        return false;
    }

    /// <summary>Whether a process was started with a variable whose string begins so.</summary>
    /// <param name="process">Process id.</param>
    /// <param name="prefix">The beginning <c>NAME=</c>.</param>
    public static bool HasEnvironmentNamed(int process, ReadOnlySpan<byte> prefix)
    {
        for (ReadOnlySpan<byte> rest = ReadEnvironment(process); !rest.IsEmpty; rest = AfterString(rest, out _))
        {
            if (rest.StartsWith(prefix)) return true;
        }
        return false;
    }

    private static ReadOnlySpan<byte> AfterString(ReadOnlySpan<byte> strings, out ReadOnlySpan<byte> first)
    {
        var end = strings.IndexOf((byte)0);
        first = end < 0 ? strings : strings[..end];
        return end < 0 ? [] : strings[(end + 1)..];
    }

    private static ReadOnlySpan<byte> ReadEnvironment(int process)
    {
        using var file = Descriptor.Open(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/environ"), Libc.OpenReadOnly);
        if (!file.IsOpen) return [];
        var buffer = new byte[ChunkSize];
        var length = 0;
        for (int read; length < MaximumEnvironment && (read = file.Read(buffer.AsSpan(length))) > 0;)
        {
            length += read;
            if (length == buffer.Length) Array.Resize(ref buffer, length * 2);
        }
        return buffer.AsSpan(0, length);
    }

    private static void ForEachNumber(Descriptor file, List<int> numbers)
    {
        Span<byte> buffer = stackalloc byte[4096];
        var kept = 0;
        for (int read; (read = file.Read(buffer[kept..])) > 0;)
        {
            var text = buffer[..(kept + read)];
            for (int end; (end = text.IndexOf((byte)' ')) >= 0; text = text[(end + 1)..])
            {
                if (Utf8Parser.TryParse(text[..end], out int number, out _)) numbers.Add(number);
            }
            text.CopyTo(buffer);
            kept = text.Length;
        }
    }
}
