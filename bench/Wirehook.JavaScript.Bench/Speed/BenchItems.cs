using System.Text;
using Wirehook.Dissection.Contract;
using Wirehook.Dissection.Engine;
using Wirehook.Dissection.Items;
using Wirehook.Packets;
using Wirehook.Packets.Flows;

/// <summary>HTTP items as the program makes them from traffic: about two thousand characters of JSON each.</summary>
internal static class BenchItems
{
    internal static IReadOnlyList<Item> Create(int count)
    {
        var items = new Collector();
        var engine = new DissectionEngine(new DissectionOptions(), new LossLedger(), items);
        var flow = new Flow(1, TransportProtocol.Tcp, new Endpoint(default, 40_000), new Endpoint(default, 80), default) { HandshakeSeen = true };
        var handler = engine.OnFlowStarted(flow)!;
        for (int i = 0; i < count; i++)
        {
            handler.OnData(Direction.Forward, Encoding.ASCII.GetBytes(Request(i)), default);
            handler.OnData(Direction.Reverse, Encoding.ASCII.GetBytes(Response(i)), default);
        }
        return items.Items;
    }

    internal static string Json(Item item)
    {
        var text = new StringBuilder();
        ItemJson.Write(item, text);
        return text.ToString();
    }

    private static string Request(int number) =>
        $"GET /products/{number % 50}/details?currency=eur HTTP/1.1\r\nHost: www.shop.example\r\nUser-Agent: Visitor/1.0\r\nAccept: text/html\r\n"
        + "Accept-Encoding: identity\r\nCookie: session=4f1c2a90b7d3; theme=dark\r\n\r\n";

    private static string Response(int number)
    {
        string body = $"<!doctype html><title>Product {number % 50}</title><p>Kettles, teapots, cups, sieves and trays: every one in stock.</p>".PadRight(240);
        return $"HTTP/1.1 {(number % 20 == 0 ? "500 Internal Server Error" : "200 OK")}\r\nServer: nginx/1.22.1\r\nDate: Fri, 20 Nov 2026 23:31:13 GMT\r\n"
            + $"Content-Type: text/html\r\nCache-Control: no-store\r\nContent-Length: {body.Length}\r\n\r\n{body}";
    }

    private sealed class Collector : IItemSink
    {
        internal List<Item> Items { get; } = [];

        public void OnItem(Item item) => Items.Add(item);
    }
}
