using Wirehook.Dissection.Items;
using Wirehook.Dissection.Tests.Harness;
using Wirehook.Packets.Flows;
using Wirehook.Tests;

namespace Wirehook.Dissection.Tests.Protocols.Tls;

/// <summary>Segments of encrypted connections that were not captured: what comes behind them is read again, and nothing is joined that does not belong together.</summary>
public class TlsLossTests
{
    private static readonly string Folder = Path.Combine(RepositoryFiles.Root, "tests", "Wirehook.Dissection.Tests", "Protocols", "Tls", "captures");

    [Theory]
    [InlineData("curl-tls13")]
    [InlineData("node-tls12")]
    [InlineData("node-tls13")]
    [InlineData("dotnet-tls12")]
    public void Behind_any_lost_segment_of_application_data_the_records_open_again(string name)
    {
        var recording = CaptureRecording.Of(Path.Combine(Folder, name + ".pcap"));
        var whole = Http(new CaptureRun(recording).Play(recording.Calls));
        var (lost, felt) = (0, 0);
        for (var at = 0; at < recording.Calls.Count; at++)
        {
            if (!IsApplicationData(recording, at)) continue;
            lost++;
            var run = new CaptureRun(recording).Play(recording.Calls.Select((c, i) => i == at ? c with { Kind = FlowCallKind.Gap, Length = c.Data.Length, Data = [] } : c));
            var items = Http(run);
            // The message whose segment is lost is missing or alone, and one more pair perhaps undone by the doubt; tickets and goodbyes cost nothing.
            var kept = items.Count(i => whole.Contains(i));
            Assert.InRange(kept, whole.Count - 2, whole.Count);
            if (kept < whole.Count) felt++;
            Assert.Equal(0, run.Engine.Memory.Bytes);
        }

        Assert.True(felt >= 4, $"Only {felt} of {lost} lost segments were felt.");
    }

    [Fact]
    public void Damaged_bytes_cost_their_record_only()
    {
        var recording = CaptureRecording.Of(Path.Combine(Folder, "node-tls13.pcap"));
        var whole = Http(new CaptureRun(recording).Play(recording.Calls));
        var at = Enumerable.Range(0, recording.Calls.Count).Last(i => IsApplicationData(recording, i) && recording.Calls[i].Direction == Direction.Forward) - 4;
        while (!IsApplicationData(recording, at)) at--;
        byte[] damaged = [.. recording.Calls[at].Data[..^1], (byte)(recording.Calls[at].Data[^1] ^ 1)];
        var run = new CaptureRun(recording).Play(recording.Calls.Select((c, i) => i == at ? c with { Data = damaged } : c));
        Assert.InRange(Http(run).Count(i => whole.Contains(i)), whole.Count - 2, whole.Count - 1);
        Assert.Equal(1, run.Ledger.Counters.Single(c => c.Reason == "tls-record").Count);
    }

    [Fact]
    public void A_lost_hello_leaves_the_connection_closed_and_says_so()
    {
        var recording = CaptureRecording.Of(Path.Combine(Folder, "curl-tls13.pcap"));
        var first = recording.Calls.Select((c, i) => (c, i)).First(c => c.c.Kind == FlowCallKind.Data && c.c.Direction == Direction.Reverse).i;
        var run = new CaptureRun(recording).Play(recording.Calls.Select((c, i) => i == first ? c with { Kind = FlowCallKind.Gap, Length = c.Data.Length, Data = [] } : c));
        var item = TlsMessages.Json(run.Items.Single());
        Assert.Equal(("gap", "gap"), (item.GetProperty("decryption").GetProperty("state").GetString(), item.GetProperty("error").GetProperty("type").GetString()));
        Assert.True(run.Items[0].HasRequest);
    }

    private static bool IsApplicationData(CaptureRecording recording, int at)
    {
        var call = recording.Calls[at];
        if (call.Kind != FlowCallKind.Data || call.Data is not [23, ..]) return false;
        // The first records of type 23 of TLS 1.3 hold the rest of the handshake.
        return recording.Calls.Take(at).Count(c => c.Kind == FlowCallKind.Data && c.Flow == call.Flow && c.Direction == call.Direction) >= 2;
    }

    private static List<string> Http(CaptureRun run) => [.. run.Items.Where(i => i.Protocol.Name == "http").Select(Essence)];

    private static string Essence(Item item)
    {
        var json = TlsMessages.Json(item);
        return $"{json.GetProperty("src")} {json.GetProperty("timestamp")} {json.GetProperty("request")} {json.GetProperty("response")}";
    }
}
