namespace Wirehook.EventHooks.Running;

/// <summary>The time in which a launcher opens the descriptors that it has been told of.</summary>
/// <param name="control">The pipe that it was told by: without a reader as soon as it has opened everything, standard input last.</param>
/// <param name="text">What it reads.</param>
/// <param name="completed">Called at the end.</param>
internal sealed class Handover(Descriptor control, Descriptor text, Action completed) : IDisposable
{
    /// <summary>The descriptor that reports an error when the launcher has everything; -1 afterwards.</summary>
    public int Control => control.Value;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (!control.IsOpen) return;
        control.Dispose();
        text.Dispose();
        completed();
    }
}
