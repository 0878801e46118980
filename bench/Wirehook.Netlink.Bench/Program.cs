using System.Diagnostics;
using System.Globalization;
using Wirehook.Netlink.Bench;
using Wirehook.Netlink.Codec;
using Wirehook.Netlink.Events;
using Wirehook.Netlink.State;
using Wirehook.Packets;

// Decodes and compares made-up announcements as a reader would: datagrams in, batches of events out. Prints messages per second of processor time (which a busy
// machine disturbs less than the clock does), the same by the clock, and bytes allocated per message.
const int Rounds = 5;
const int Batch = 64;

var sets = new (string Name, Func<List<byte[]>> Make)[]
{
    ("200,000 routes added", () => Announcements.Routes(200_000, gateway: 1)),
    ("200,000 routes replaced", () => Announcements.Routes(200_000, gateway: 2)),
    ("200,000 routes unchanged", () => Announcements.Routes(200_000, gateway: 2)),
    ("200,000 link changes", () => Announcements.Links(200_000)),
};

for (var round = 1; round <= Rounds; round++)
{
    var engine = new NetlinkEngine(new());
    var ns = engine.AddNamespace("default", -1);
    foreach (var (name, make) in sets) Measure(engine, ns, round == Rounds ? name : null, make());
}

static void Measure(NetlinkEngine engine, NamespaceState ns, string? name, List<byte[]> datagrams)
{
    var events = new List<NetworkEvent>(Batch);
    var at = new Timestamp(1_700_000_000_000_000_000);
    GC.Collect();
    var bytes = GC.GetAllocatedBytesForCurrentThread();
    var collections = GC.CollectionCount(0);
    var watch = Stopwatch.StartNew();
    var before = Environment.CpuUsage.TotalTime;
    var count = 0L;
    for (var i = 0; i < datagrams.Count; i++)
    {
        engine.Process(ns, NetlinkProtocol.Route, datagrams[i], at, events);
        if (events.Count < Batch) continue;
        count += events.Count;
        events.Clear();
    }

    count += events.Count;
    watch.Stop();
    var used = Environment.CpuUsage.TotalTime - before;
    bytes = GC.GetAllocatedBytesForCurrentThread() - bytes;
    if (name is null) return;
    var speed = string.Create(CultureInfo.InvariantCulture, $"{count / used.TotalMicroseconds,6:F2} million messages per CPU second   {count / watch.Elapsed.TotalMicroseconds,6:F2} per second");
    var memory = string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / count,5:F0} bytes per message   {GC.CollectionCount(0) - collections} collections");
    Console.WriteLine($"{name,-26} {speed}   {memory}");
}
