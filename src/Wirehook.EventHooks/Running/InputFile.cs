namespace Wirehook.EventHooks.Running;

/// <summary>What a program reads on its standard input: a file in memory, so that nobody has to write while it runs, or waits when it never reads.</summary>
internal static class InputFile
{
    private const uint CloseOnExec = 1;

    /// <summary>Creates it, opened for reading from its beginning; null with the reason.</summary>
    public static Descriptor? Create(ReadOnlySpan<byte> input, out string? error)
    {
        using var file = new Descriptor(Libc.CreateMemoryFile("wirehook-input", CloseOnExec));
        // Opened again: a position of its own, and no way for the program to write.
        var result = file.IsOpen && file.WriteAll(input, 0) ? Descriptor.Open($"/proc/self/fd/{file.Value}", Libc.OpenReadOnly) : null;
        error = result is { IsOpen: true } ? null : $"No file for the input: {Libc.LastError()}.";
        return error is null ? result : null;
    }
}
