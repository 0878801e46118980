using System.Runtime.InteropServices;

namespace Wirehook.EventHooks.Running;

/// <summary>Where a program's standard output and error go: a pipe that is read as fast as it is written, or nowhere.</summary>
internal sealed unsafe class OutputPipe : IDisposable
{
    private readonly Descriptor _reading;
    private readonly Descriptor _writing;

    private OutputPipe(Descriptor reading, Descriptor writing) => (_reading, _writing) = (reading, writing);

    /// <summary>The descriptor that the program gets.</summary>
    public int Writing => _writing.Value;

    /// <summary>The descriptor to poll; negative where there is nothing to read any more.</summary>
    public int Reading => _reading.Value;

    /// <summary>Creates it; null with the reason.</summary>
    /// <param name="capture">Whether anything is to be read.</param>
    /// <param name="account">The user who may open it anew as /dev/stdout; null for Wirehook's own.</param>
    /// <param name="error">Why not.</param>
    public static OutputPipe? Create(bool capture, UserAccount? account, out string? error)
    {
        error = null;
        if (!capture) return new OutputPipe(new Descriptor(-1), Descriptor.Open("/dev/null", Libc.OpenWriteOnly));
        var ends = stackalloc int[2];
        if (Libc.Pipe(ends, Libc.OpenCloseOnExec) != 0)
        {
            error = $"No pipe for the output: {Libc.LastError()}.";
            return null;
        }
        _ = Libc.Control(ends[0], Libc.SetFlags, Libc.OpenNonBlocking);
        if (account is { } owner) _ = Libc.ChangeOwner(ends[1], owner.Id, owner.Group);
        return new OutputPipe(new Descriptor(ends[0]), new Descriptor(ends[1]));
    }

    /// <summary>Closes the program's end here, so that the pipe ends with the last process that has it.</summary>
    public void CloseWriting() => _writing.Dispose();

    /// <summary>Reads once; false where nothing is there now, or ever again.</summary>
    public bool Read(Span<byte> buffer, CapturedOutput? output)
    {
        if (!_reading.IsOpen) return false;
        var read = _reading.Read(buffer);
        if (read > 0)
        {
            output?.Add(buffer[..read]);
            return true;
        }
        if (read == 0 || Marshal.GetLastPInvokeError() is not (Libc.Again or Libc.Interrupted)) _reading.Dispose();
        return false;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _reading.Dispose();
        _writing.Dispose();
    }
}
