using System.Diagnostics;
using System.Globalization;
using Wirehook.EventHooks.Conditions;
using Wirehook.Netlink.Events;
using Wirehook.Packets;

// Time and bytes per evaluation of conditions, and time per compilation: the documented examples first, then what the language adds.
string[] conditions =
[
    "message_type == 17",
    "interface == 'eth0'",
    "interface =~ 'veth.*'",
    "(interface =~ 'veth.*' AND message_type == 16) OR event_type == 1",
    "message_type IN [16, 17, 20, 21]",
    "interface == 'eth0' AND message_type == 17",
    "interface =~ '^(eth|ens)[0-9]+$'",
    "interface ~= 'veth*'",
    "event == 'link.down'",
    "event IN [link.up, link.down]",
    "link.mtu > 9000",
    "rate(RTM_NEWLINK) > 100",
    "count(link.down by interface) within 1m >= 3",
    "event == 'link.down' for 5s",
];

var events = Enumerable.Range(0, 64).Select(MakeEvent).ToArray();
foreach (var text in conditions)
{
    var state = new ConditionState(Condition.Compile(text).Condition!);
    for (var i = 0; i < 40; i++) Run(state, 5_000);
}

Thread.Sleep(2000);
Console.WriteLine($"{"condition",-72} {"ns",8} {"bytes",6} {"compile µs",11}");
foreach (var text in conditions)
{
    var condition = Condition.Compile(text).Condition ?? throw new InvalidOperationException(text);
    var state = new ConditionState(condition);
    Thread.Sleep(100);
    var best = Enumerable.Range(0, 10).Select(_ => Run(state, 200_000)).MinBy(r => r.Nanoseconds);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text,-72} {best.Nanoseconds,8:0.0} {best.Bytes,6:0.##} {CompileTime(text),11:0.0}"));
}

Console.WriteLine($"{"refused",-72} {"",8} {"",6} {"refuse µs",11}");
foreach (var text in (string[])["link.mtuu > 9000", "interface == 'eth0", "interface =~ '('", "nothing.like.this == 1"])
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{text,-72} {"",8} {"",6} {CompileTime(text),11:0.0}"));

(double Nanoseconds, double Bytes) Run(ConditionState state, int rounds)
{
    var bytes = GC.GetAllocatedBytesForCurrentThread();
    var start = Stopwatch.GetTimestamp();
    var held = 0;
    for (var i = 0; i < rounds; i++)
    {
        if (state.Evaluate(events[i & 63]) == Truth.True) held++;
    }

    var elapsed = Stopwatch.GetElapsedTime(start);
    GC.KeepAlive(held);
    return (elapsed.TotalNanoseconds / rounds, (GC.GetAllocatedBytesForCurrentThread() - bytes) / (double)rounds);
}

static double CompileTime(string text)
{
    const int Rounds = 500;
    for (var i = 0; i < Rounds; i++) Condition.Compile(text);
    var start = Stopwatch.GetTimestamp();
    for (var i = 0; i < Rounds; i++) Condition.Compile(text);
    return Stopwatch.GetElapsedTime(start).TotalMicroseconds / Rounds;
}

static NetworkEvent MakeEvent(int i) => new()
{
    Sequence = i + 1,
    Timestamp = new Timestamp(1_700_000_000_000_000_000 + i * 1_000_000L),
    MessageType = (ushort)(i % 3 == 0 ? 17 : 16),
    MessageName = i % 3 == 0 ? "RTM_DELLINK" : "RTM_NEWLINK",
    Events = new[] { i % 3 == 0 ? "link.removed" : i % 5 == 0 ? "link.down" : "link.changed" },
    Interface = (i % 4) switch { 0 => "eth0", 1 => $"veth{i:x7}", 2 => "br0", _ => "wlan0" },
    InterfaceIndex = i + 1,
};
