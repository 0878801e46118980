using System.Runtime.InteropServices;
using System.Text;

namespace Wirehook.EventHooks.Running;

/// <summary>A NULL-terminated array of C strings in one block of native memory, as <c>execve</c> takes it.</summary>
internal sealed unsafe class NativeStrings : IDisposable
{
    private byte** _pointers;

    /// <summary>Copies the strings; none may contain NUL.</summary>
    public NativeStrings(IReadOnlyList<string> strings)
    {
        var table = (nuint)(sizeof(byte*) * (strings.Count + 1));
        nuint size = table;
        foreach (var text in strings) size += (nuint)Encoding.UTF8.GetByteCount(text) + 1;
        _pointers = (byte**)NativeMemory.Alloc(size);
        var next = (byte*)_pointers + table;
        var end = (byte*)_pointers + size;
        for (var i = 0; i < strings.Count; i++)
        {
            _pointers[i] = next;
            next += Encoding.UTF8.GetBytes(strings[i], new Span<byte>(next, (int)(end - next)));
            *next++ = 0;
        }
        _pointers[strings.Count] = null;
    }

    /// <summary>The array.</summary>
    public byte** Pointers => _pointers;

    /// <inheritdoc/>
    public void Dispose()
    {
        NativeMemory.Free(_pointers);
        _pointers = null;
    }
}
