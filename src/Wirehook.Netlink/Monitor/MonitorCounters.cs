namespace Wirehook.Netlink.Monitor;

/// <summary>What the reader counts. Its thread alone writes; any thread reads.</summary>
internal sealed class MonitorCounters
{
    private long _events;
    private long _datagrams;
    private long _overruns;
    private long _lost;
    private long _resyncs;
    private long _failedDumps;
    private long _foreign;
    private long _sinkFailures;

    public long Events => Volatile.Read(ref _events);

    public long Datagrams => Volatile.Read(ref _datagrams);

    public long Overruns => Volatile.Read(ref _overruns);

    public long Lost => Volatile.Read(ref _lost);

    public long Resyncs => Volatile.Read(ref _resyncs);

    public long FailedDumps => Volatile.Read(ref _failedDumps);

    public long Foreign => Volatile.Read(ref _foreign);

    public long SinkFailures => Volatile.Read(ref _sinkFailures);

    public void AddEvents(int count) => Add(ref _events, count);

    public void AddDatagrams(int count) => Add(ref _datagrams, count);

    public void AddOverrun(long lost)
    {
        Add(ref _overruns, 1);
        Add(ref _lost, lost);
    }

    public void AddResync() => Add(ref _resyncs, 1);

    public void AddFailedDump() => Add(ref _failedDumps, 1);

    public void AddForeign() => Add(ref _foreign, 1);

    public void AddSinkFailure() => Add(ref _sinkFailures, 1);

    private static void Add(ref long counter, long amount) => Volatile.Write(ref counter, counter + amount);
}
