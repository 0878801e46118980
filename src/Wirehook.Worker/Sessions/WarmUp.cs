using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;
using Wirehook.Scripting;

namespace Wirehook.Worker.Sessions;

/// <summary>
/// Takes a message through dissection and a script once, on a thread of its own, while the command line is still being read: loading code, linking it and
/// filling tables is most of what the first packet would otherwise wait for. It touches nothing of the run that follows.
/// </summary>
public static class WarmUp
{
    private const string Script = """
        var count = 0, bytes = 0, calls = {};
        function onPacketCaptured(info) { count++; bytes += info.length / 1000; }
        function onItemCaptured(data) {
          bytes += data.requestSize;
          if (data.protocol.name === "http" && data.response.status >= 400) count++;
          var key = data.dst.name + data.dst.port + " " + (data.request.path || "");
          calls[key] = (calls[key] || 0) + 1;
        }
        jobs.schedule("warm-up", "* * * * * *", function () { console.log(count, JSON.stringify(calls), Object.keys(calls).length); });
        """;

    /// <summary>Starts warming up and returns at once.</summary>
    public static void Begin() => new Thread(Run) { IsBackground = true, Name = "warm-up" }.Start();

    private static void Run()
    {
        try
        {
            var host = new ScriptHost(new ScriptHostOptions { Console = new Silence() });
            host.Load(new ScriptSource("warm-up.js", Script));
            var batch = new EventBatch();
            Dissect(new DissectionEngine(new DissectionOptions(), new LossLedger(), new BatchFiller(batch)));
            batch.AddPacket(new PacketHeader(default, 64, 64, LinkType.Ethernet));
            host.Run(batch);
        }
        catch (Exception)
        {
            // Whatever is wrong here shows again in the run itself, where it is reported.
        }
    }

    private static void Dissect(DissectionEngine engine)
    {
        var flow = new Flow(1, TransportProtocol.Tcp, new Endpoint(default, 40_000), new Endpoint(default, 80), default) { HandshakeSeen = true };
        if (engine.OnFlowStarted(flow) is not { } handler) return;
        handler.OnData(Direction.Forward, "GET /warm?up=1 HTTP/1.1\r\nHost: localhost\r\nUser-Agent: warm-up\r\n\r\n"u8, default);
        handler.OnData(Direction.Reverse, "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 2\r\n\r\nok"u8, default);
        handler.OnEnd(FlowEnd.Finished, default);
    }

    private sealed class Silence : IScriptConsole
    {
        public void Write(in ConsoleLine line)
        {
        }
    }

    private sealed class BatchFiller(EventBatch batch) : IItemSink
    {
        public void OnItem(Item item) => batch.AddItem(item, default);
    }
}
