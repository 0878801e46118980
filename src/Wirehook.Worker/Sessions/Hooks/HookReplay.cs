using Wirehook.EventHooks.Hooks;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Monitor;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Worker.Configuration;

namespace Wirehook.Worker.Sessions.Hooks;

/// <summary>Runs a recording's events through hooks: in order, none left out, waiting for whoever is slow.</summary>
internal static class HookReplay
{
    // How often a replay that waits for its last hooks looks whether it is to end.
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(100);

    /// <summary>Reads the file to its end and waits for the hooks.</summary>
    /// <param name="file">A recording of netlink messages.</param>
    /// <param name="sink">Takes the events.</param>
    /// <param name="hooks">Is waited for at the end.</param>
    /// <param name="cancellation">Ends early.</param>
    /// <returns>Why the file could not be read to its end; null otherwise.</returns>
    /// <exception cref="ConfigurationException">The file cannot be opened.</exception>
    public static string? Run(string file, INetworkEventSink sink, HookManager hooks, CancellationToken cancellation)
    {
        using var reader = Open(file);
        var batch = new List<NetworkEvent>();
        while (!cancellation.IsCancellationRequested && reader.TryRead(batch))
        {
            if (batch.Count == 0) continue;
            sink.OnEvents(batch);
            batch.Clear();
        }

        while (!cancellation.IsCancellationRequested && !hooks.WaitIdle(Look))
        {
        }

        return reader.Damage is { } damage ? $"{file}: at byte {damage.Offset}: {damage.Reason}" : null;
    }

    private static NetlinkRecordingReader Open(string file)
    {
        try
        {
            return NetlinkRecordingReader.Open(file, new NetlinkEngine(new NetlinkEngineOptions { EmitInitial = true }));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--replay {file}: {error.Message}");
        }
    }
}
