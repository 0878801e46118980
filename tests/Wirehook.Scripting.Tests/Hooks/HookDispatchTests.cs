namespace Wirehook.Scripting.Tests.Hooks;

public class HookDispatchTests
{
    [Fact]
    public void Every_script_sees_every_event_in_load_order()
    {
        const string Code = "function onItemCaptured(data) { console.log(data.request.path); }";
        var bench = new ScriptBench().Load(Code, "b.js").Load(Code, "a.js");
        bench.Item(1, TrafficItems.Http("/one")).Item(2, TrafficItems.Http("/two"));
        Assert.Equal(["[b.js] /one", "[a.js] /one", "[b.js] /two", "[a.js] /two"], bench.Lines);
    }

    [Fact]
    public void A_hook_that_throws_is_reported_with_its_place_and_called_again()
    {
        var bench = new ScriptBench().Load("""
            var calls = 0;
            function onItemCaptured(data) {
              calls++;
              if (calls === 1) data.response.nothing.more;
              console.log(calls);
            }
            """).Load("function onItemCaptured(data) { console.log('other'); }", "b.js");
        bench.Item(1, TrafficItems.Http()).Item(2, TrafficItems.Http());
        Assert.Equal(4, bench.Lines.Length);
        Assert.Matches(@"^\[a\.js\] ERROR \(hook=onItemCaptured\) TypeError: Cannot read properties of undefined \(reading 'more'\) \(a\.js:4:\d+\)$", bench.Lines[0]);
        Assert.Equal(["[b.js] other", "[a.js] 2", "[b.js] other"], bench.Lines[1..]);
        var report = bench.Report("onItemCaptured");
        Assert.Equal((2, 1, 0), (report.Calls, report.Errors, report.Missed));
    }

    [Fact]
    public void A_repeated_error_is_printed_rarely_and_counted_always()
    {
        var bench = new ScriptBench().Load("function onPacketCaptured(info) { throw new Error('again ' + info.length); }");
        for (var i = 0; i < 100; i++) bench.Packet(i * 0.15, i);
        bench.Host.Finish();
        Assert.Equal(3, bench.Lines.Length);
        Assert.Contains("Error: again 0 (a.js:1:", bench.Lines[0], StringComparison.Ordinal);
        Assert.EndsWith("; 66 more times since it was last shown", bench.Lines[1], StringComparison.Ordinal);
        Assert.EndsWith("occurred 32 more times", bench.Lines[2], StringComparison.Ordinal);
        Assert.Equal(100, bench.Report("onPacketCaptured").Errors);
    }

    [Fact]
    public void Events_without_a_hook_are_not_wanted()
    {
        Assert.False(new ScriptBench().Host.WantsPackets);
        var packets = new ScriptBench().Load("function onPacketCaptured(info) {}").Host;
        Assert.Equal((true, false), (packets.WantsPackets, packets.WantsItems));
        var items = new ScriptBench().Load("this.onItemCaptured = function (data) {};").Host;
        Assert.Equal((false, true), (items.WantsPackets, items.WantsItems));
        Assert.False(items.WantsNetworkEvents);
        var network = new ScriptBench().Load("function onNetworkEvent(event) {}").Host;
        Assert.Equal((false, false, true), (network.WantsPackets, network.WantsItems, network.WantsNetworkEvents));
    }

    [Fact]
    public void A_hook_on_the_global_object_is_called_once_per_event()
    {
        var bench = new ScriptBench()
            .Load("this.onItemCaptured = function (data) { console.log('global'); };", "a.js")
            .Load("if (typeof onItemCaptured === 'function') console.log('seen');", "b.js");
        bench.Item(1, TrafficItems.Http());
        Assert.Equal(["[b.js] seen", "[a.js] global"], bench.Lines);
    }

    [Fact]
    public void A_hook_is_looked_up_at_every_call()
    {
        var bench = new ScriptBench().Load("""
            var onItemCaptured = function (data) {
              console.log('first');
              onItemCaptured = function () { console.log('second'); onItemCaptured = null; };
            };
            """);
        for (var i = 0; i < 4; i++) bench.Item(i, TrafficItems.Http());
        Assert.Equal(["[a.js] first", "[a.js] second"], bench.Lines);
    }

    [Fact]
    public void A_packet_that_a_script_keeps_stays_as_it_was()
    {
        var bench = new ScriptBench().Load("""
            var kept = [];
            function onPacketCaptured(info) {
              kept.push(info);
              if (kept.length === 3) console.log(kept.map(function (p) { return p.length; }).join(), JSON.stringify(kept[0]));
            }
            """);
        bench.Packet(1, 100).Packet(2, 200).Packet(3, 300);
        Assert.Equal("""[a.js] 100,200,300 {"captureLength":100,"length":100,"timestamp":"2023-03-01T02:11:31Z","truncated":false}""", Assert.Single(bench.Lines));
    }

    [Fact]
    public void Batches_show_packets_items_and_jobs_in_the_order_of_time()
    {
        var bench = new ScriptBench().Load("""
            function onPacketCaptured(info) { console.log('packet', info.length); }
            function onItemCaptured(data) { console.log('item', data.request.path); }
            jobs.schedule('tick', '*/2 * * * * *', function () { console.log('tick', new Date().toISOString()); });
            """);
        var batch = new EventBatch();
        batch.AddPacket(new(ScriptBench.At(1), 1, 1, Packets.LinkType.Ethernet));
        batch.AddItem(TrafficItems.Http("/x"), ScriptBench.At(1));
        batch.AddPacket(new(ScriptBench.At(2.5), 2, 2, Packets.LinkType.Ethernet));
        batch.AddItem(TrafficItems.Http("/y"), ScriptBench.At(4));
        batch.Reach(ScriptBench.At(7));
        bench.Host.Run(batch);
        Assert.Equal(
            [
                "[a.js] packet 1", "[a.js] item /x", "[a.js] tick 2023-03-01T02:11:32.000Z", "[a.js] packet 2",
                "[a.js] tick 2023-03-01T02:11:34.000Z", "[a.js] item /y", "[a.js] tick 2023-03-01T02:11:36.000Z",
            ],
            bench.Lines);
    }
}
