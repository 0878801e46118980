using System.Globalization;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Output;

/// <summary>Prints the events of a recording.</summary>
internal static class EventReplay
{
    private const int BatchSize = 1024;

    /// <summary>Prints until the end of the recording, or until nothing more is to be printed.</summary>
    /// <param name="path">The recording; <c>-</c> for standard input.</param>
    /// <param name="printer">Where events go.</param>
    /// <param name="initial">Whether what existed at the start comes as events.</param>
    /// <returns>The exit status.</returns>
    /// <exception cref="ConfigurationException">The file cannot be opened.</exception>
    public static int Run(string path, EventPrinter printer, bool initial)
    {
        using var recording = Open(path, new NetlinkEngine(new NetlinkEngineOptions { EmitInitial = initial }));
        var (batch, total) = (new List<NetworkEvent>(), 0L);
        var isMore = true;
        while (isMore && !printer.IsDone && !StandardOutput.IsClosed)
        {
            do isMore = recording.TryRead(batch);
            while (isMore && batch.Count < BatchSize);
            total += batch.Count;
            printer.Print(batch);
            batch.Clear();
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{recording.Frames} datagrams, {total} events, {printer.Printed} shown."));
        if (recording.OtherFrames > 0) Messages.Error(string.Create(CultureInfo.InvariantCulture, $"--replay {path}: {recording.OtherFrames} packets are not from netlink and were passed over."));
        var status = printer.Conclude();
        if (recording.Damage is not { } damage) return status;
        Messages.Error($"--replay {path}: {damage.Reason} (at byte {damage.Offset.ToString(CultureInfo.InvariantCulture)}).");
        return ExitCode.DamagedCapture;
    }

    private static NetlinkRecordingReader Open(string path, NetlinkEngine engine)
    {
        try
        {
            return path == "-" ? new NetlinkRecordingReader(Console.OpenStandardInput(), engine) : NetlinkRecordingReader.Open(path, engine);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"--replay {path}: {error.Message}");
        }
    }
}
