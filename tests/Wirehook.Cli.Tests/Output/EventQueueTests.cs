using System.Text;
using Wirehook.Cli.Output;
using Wirehook.Netlink.Events;
using Wirehook.Packets;
using Wirehook.Worker.Configuration;

namespace Wirehook.Cli.Tests.Output;

/// <summary>What lies between the reader of network events and a slow output.</summary>
public sealed class EventQueueTests
{
    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(1);

    [Fact]
    public void What_does_not_fit_is_told_in_its_place()
    {
        var queue = new EventQueue(capacity: 3);
        queue.OnEvents(Events(1, 5));
        queue.OnEvents(Events(6, 2));
        Assert.True(queue.Take(Soon, out var taken));
        Assert.Equal([1, 2, 3, 7], taken.Select(e => e.Sequence));
        Assert.Equal(("monitor.dropped", 4), (taken[^1].Event, taken[^1].Lost));
        Assert.Equal(4, queue.Dropped);
        queue.OnEvents(Events(8, 2));
        Assert.True(queue.Take(Soon, out taken));
        Assert.Equal([8, 9], taken.Select(e => e.Sequence));
    }

    [Fact]
    public void What_waits_at_the_end_is_still_given()
    {
        var queue = new EventQueue();
        queue.OnEvents(Events(1, 2));
        queue.Complete();
        Assert.True(queue.Take(Soon, out var taken));
        Assert.Equal(2, taken.Count);
        Assert.False(queue.Take(Soon, out taken));
        Assert.Empty(taken);
    }

    [Fact]
    public void Empty_queue_waits_no_longer_than_it_may()
    {
        var queue = new EventQueue();
        Assert.True(queue.Take(Soon, out var taken));
        Assert.Empty(taken);
    }

    [Fact]
    public void Printer_stops_at_its_limit_and_where_writing_fails()
    {
        var output = new MemoryStream();
        var printer = new EventPrinter(output, new EventSelection(null, false, []), EventLines.Json, most: 3);
        printer.Print(Events(1, 5));
        Assert.True(printer.IsDone);
        Assert.Equal(3, Encoding.UTF8.GetString(output.ToArray()).Count(c => c == '\n'));

        var full = new EventPrinter(new FullDisk(), new EventSelection(null, false, []), EventLines.Plain, long.MaxValue);
        full.Print(Events(1, 5));
        Assert.True(full.IsDone);
        Assert.Equal("No space left", full.Failure);
    }

    [Fact]
    public void Selection_refuses_a_wrong_condition_and_hides_what_did_not_change()
    {
        var failure = Assert.Throws<ConfigurationException>(() => new EventSelection("link.mtuu == 1", false, []));
        Assert.Contains("^^^^^^^^^", failure.Message, StringComparison.Ordinal);
        var shown = new List<NetworkEvent>();
        var selection = new EventSelection("sequence > 2", hideUnchanged: true, []);
        foreach (var happened in Events(1, 4)) selection.Take(happened, shown);
        selection.Take(new NetworkEvent { Sequence = 5, Timestamp = default, Events = ["link.unchanged"] }, shown);
        Assert.Equal([3, 4], shown.Select(e => e.Sequence));
    }

    private static NetworkEvent[] Events(int first, int count) =>
        [.. Enumerable.Range(first, count).Select(i => new NetworkEvent { Sequence = i, Timestamp = new Timestamp(i * 1_000_000L), Events = ["link.changed"] })];

    private sealed class FullDisk : MemoryStream
    {
        public override void Write(ReadOnlySpan<byte> buffer) => throw new IOException("No space left");
    }
}
