using Wirehook.Netlink.Events;
using Wirehook.Netlink.Recording;
using Wirehook.Netlink.State;
using Wirehook.Packets;

namespace Wirehook.Netlink.Monitor;

/// <summary>What the namespaces of one reader share. Its thread alone uses it.</summary>
internal sealed class ReaderContext(MonitorOptions options, TimeProvider time, INetworkEventSink sink) : IDisposable
{
    private const int LargestBatch = 4096;
    private const long NanosecondsPerTick = 100;
    private readonly long _start = time.GetTimestamp();
    private readonly List<NetworkEvent> _output = [];

    /// <summary>Decodes and compares.</summary>
    public NetlinkEngine Engine { get; } = new(new NetlinkEngineOptions { EmitInitial = options.EmitInitial });

    /// <summary>Keeps the datagrams; null for none.</summary>
    public NetlinkRecorder? Recorder { get; } = options.Recorder;

    /// <summary>What is counted.</summary>
    public MonitorCounters Counters { get; } = new();

    /// <summary>What went wrong.</summary>
    public MonitorNotes Notes { get; } = new();

    /// <summary>Where announcements are received.</summary>
    public DatagramBuffer Announcements { get; } = new();

    /// <summary>Where answers to dumps are received: apart, because announcements that already wait are processed before an answer.</summary>
    public DatagramBuffer Answers { get; } = new();

    /// <summary>Events that the sink has not been given.</summary>
    public List<NetworkEvent> Output => _output;

    /// <summary>Monotonic time since the start.</summary>
    public TimeSpan Now => time.GetElapsedTime(_start);

    /// <summary>The wall clock.</summary>
    public Timestamp WallClock => new((time.GetUtcNow().UtcTicks - DateTime.UnixEpoch.Ticks) * NanosecondsPerTick);

    /// <summary>Gives events to the sink before they become many.</summary>
    public void DeliverMany()
    {
        if (_output.Count >= LargestBatch) Deliver();
    }

    /// <summary>Gives events to the sink.</summary>
    public void Deliver()
    {
        if (_output.Count == 0) return;
        Counters.AddEvents(_output.Count);
        try
        {
            sink.OnEvents(_output);
        }
        catch (Exception failure)
        {
            // Whatever a receiver does wrong, the kernel's buffer must go on being emptied.
            Counters.AddSinkFailure();
            Notes.Add($"A receiver of events failed: {failure.GetType().Name}: {failure.Message}");
        }

        _output.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Announcements.Dispose();
        Answers.Dispose();
    }
}
